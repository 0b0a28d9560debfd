'use client'

import { ChevronDown } from 'lucide-react'
import { Popover } from 'radix-ui'
import { useState } from 'react'
import { parsePartitions } from '../../lib/format/message-view.ts'
import { formatPlural } from '../../lib/format/numbers.ts'
import { Button } from '../ui/button.tsx'
import { Checkbox } from '../ui/checkbox.tsx'
import { TextField } from '../ui/field.tsx'

/** A list of hundreds would be no help; beyond it numbers are typed. */
const listedMax = 64

/** Which partitions are read: all of them, or those that are checked or typed. */
export function PartitionControl({
  count,
  chosen,
  onChoose,
}: {
  readonly count: number
  /** Null for all. */
  readonly chosen: readonly number[] | null
  readonly onChoose: (partitions: readonly number[] | null) => void
}) {
  const [text, setText] = useState<string | null>(null)
  const shown = text ?? chosen?.join(',') ?? ''
  const typed = shown === '' ? null : parsePartitions(shown)
  const isWrong = shown !== '' && (typed === null || typed.some((partition) => partition >= count))

  function choose(partitions: readonly number[] | null) {
    setText(null)
    const isAll = partitions === null || partitions.length === 0 || partitions.length === count
    onChoose(isAll ? null : [...partitions].sort((a, b) => a - b))
  }

  return (
    <Popover.Root>
      <Popover.Trigger
        aria-label="Partitions"
        className="field flex h-8 cursor-pointer items-center gap-2 border-line-2 px-2.5 text-body hover:bg-hover"
      >
        {chosen === null
          ? 'All partitions'
          : chosen.length <= 3
            ? `Partition ${chosen.join(', ')}`
            : formatPlural(chosen.length, 'partition')}
        <ChevronDown aria-hidden="true" className="size-3.5 text-ink-3" />
      </Popover.Trigger>
      <Popover.Portal>
        <Popover.Content
          align="start"
          sideOffset={4}
          aria-label="Partitions"
          className="z-50 flex max-h-[360px] w-60 flex-col gap-3 overflow-y-auto rounded-lg bg-sheet p-3 shadow-pop"
        >
          <Checkbox
            label="All partitions"
            isChecked={chosen === null}
            onChange={() => choose(null)}
          />
          {count > 1 && count <= listedMax ? (
            <div className="grid grid-cols-2 gap-x-4 border-t border-line pt-2">
              {Array.from({ length: count }, (_, partition) => (
                <Checkbox
                  key={partition}
                  label={`Partition ${partition}`}
                  isChecked={chosen?.includes(partition) ?? false}
                  onChange={(isChecked) =>
                    choose(
                      isChecked
                        ? [...(chosen ?? []), partition]
                        : (chosen ?? []).filter((other) => other !== partition),
                    )
                  }
                />
              ))}
            </div>
          ) : null}
          {count > listedMax ? (
            <form
              className="flex flex-col items-start gap-2"
              onSubmit={(event) => {
                event.preventDefault()
                if (!isWrong) choose(typed)
              }}
            >
              <TextField
                label="Partition numbers"
                hint="Such as 0,17,404."
                error={isWrong ? `There are partitions 0 to ${count - 1}.` : undefined}
                isMono
                value={shown}
                onChange={(event) => setText(event.target.value)}
              />
              <Button type="submit" size="small">
                Show
              </Button>
            </form>
          ) : null}
        </Popover.Content>
      </Popover.Portal>
    </Popover.Root>
  )
}
