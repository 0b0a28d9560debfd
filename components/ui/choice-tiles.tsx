'use client'

import { Check } from 'lucide-react'
import { RadioGroup as Radix } from 'radix-ui'
import { useId } from 'react'

export interface Choice<Value extends string> {
  readonly value: Value
  readonly title: string
  readonly detail?: string
  readonly note?: string
}

/** A radio group of tiles: the chosen one has border, tint and check. */
export function ChoiceTiles<Value extends string>({
  label,
  choices,
  value,
  onChange,
  columns = 3,
}: {
  readonly label: string
  readonly choices: readonly Choice<Value>[]
  readonly value: Value
  readonly onChange: (value: Value) => void
  readonly columns?: 2 | 3
}) {
  const labelId = useId()
  return (
    <div className="flex flex-col gap-1.5">
      <div id={labelId} className="text-field-label font-[580]">
        {label}
      </div>
      <Radix.Root
        aria-labelledby={labelId}
        value={value}
        onValueChange={(next) => {
          const choice = choices.find((candidate) => candidate.value === next)
          if (choice !== undefined) onChange(choice.value)
        }}
        className={`grid gap-2.5 max-sm:grid-cols-1 ${columns === 2 ? 'grid-cols-2' : 'grid-cols-3'}`}
      >
        {choices.map((choice) => (
          <Tile key={choice.value} choice={choice} />
        ))}
      </Radix.Root>
    </div>
  )
}

function Tile({ choice }: { readonly choice: Choice<string> }) {
  return (
    <Radix.Item
      value={choice.value}
      className="group relative flex cursor-pointer flex-col gap-0.5 rounded-lg border border-line-2 bg-sheet px-3.5 py-3 text-left hover:bg-hover data-[state=checked]:border-river data-[state=checked]:bg-river-tint data-[state=checked]:shadow-[inset_0_0_0_1px_var(--river)] focus-visible:data-[state=checked]:shadow-[inset_0_0_0_1px_var(--river),0_0_0_2px_var(--sheet),0_0_0_4px_var(--river)]"
    >
      <span className="pr-6 font-[580]">{choice.title}</span>
      {choice.detail === undefined ? null : (
        <span className="text-label text-ink-2">{choice.detail}</span>
      )}
      {choice.note === undefined ? null : (
        <span className="text-label text-ink-3">{choice.note}</span>
      )}
      <Check
        aria-hidden="true"
        className="absolute top-3 right-3 hidden size-4 text-river group-data-[state=checked]:block"
      />
    </Radix.Item>
  )
}
