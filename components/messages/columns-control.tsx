'use client'

import { Columns3 } from 'lucide-react'
import { Popover } from 'radix-ui'
import type { MessageRow } from '../../lib/format/messages.ts'
import { Button } from '../ui/button.tsx'
import { Checkbox } from '../ui/checkbox.tsx'
import { observedPaths } from './row-text.ts'

/** Which fields of JSON values have columns of their own, from those that the rows have. */
export function ColumnsControl({
  rows,
  columns,
  onChoose,
}: {
  readonly rows: readonly MessageRow[]
  readonly columns: readonly string[]
  readonly onChoose: (columns: readonly string[]) => void
}) {
  return (
    <Popover.Root>
      <Popover.Trigger asChild>
        <Button size="medium" icon={<Columns3 aria-hidden="true" />}>
          Columns{columns.length > 0 ? ` ${columns.length}` : ''}
        </Button>
      </Popover.Trigger>
      <Popover.Portal>
        <Popover.Content
          align="start"
          sideOffset={4}
          aria-label="Columns"
          className="z-50 flex max-h-[360px] w-72 flex-col gap-1 overflow-y-auto rounded-lg bg-sheet p-3 shadow-pop"
        >
          <Choices rows={rows} columns={columns} onChoose={onChoose} />
        </Popover.Content>
      </Popover.Portal>
    </Popover.Root>
  )
}

/** Mounted while open: going through the rows costs something. */
function Choices({ rows, columns, onChoose }: Parameters<typeof ColumnsControl>[0]) {
  const paths = [...new Set([...columns, ...observedPaths(rows)])]
  if (paths.length === 0) {
    return (
      <p className="text-ink-2">
        None of the rows shown has a JSON object as its value, so there are no fields to choose.
      </p>
    )
  }
  return (
    <>
      <p className="pb-1 text-label text-ink-2">Fields of the values shown</p>
      {paths.map((path) => (
        <span key={path} className="font-mono text-label break-all">
          <Checkbox
            label={path}
            isChecked={columns.includes(path)}
            onChange={(isChecked) =>
              onChoose(isChecked ? [...columns, path] : columns.filter((other) => other !== path))
            }
          />
        </span>
      ))}
      {columns.length > 0 ? (
        <span className="pt-2">
          <Button size="small" onClick={() => onChoose([])}>
            Remove all columns
          </Button>
        </span>
      ) : null}
    </>
  )
}
