'use client'

import { RadioGroup as Radix } from 'radix-ui'

/** Two to four exclusive views or forms of one thing. */
export function Segmented<Value extends string>({
  label,
  options,
  value,
  onChange,
  isLarge = false,
}: {
  readonly label: string
  readonly options: readonly {
    readonly value: Value
    readonly label: string
    /** Why it cannot be chosen; say it in a sentence beside the control as well. */
    readonly disabledReason?: string
  }[]
  readonly value: Value
  readonly onChange: (value: Value) => void
  /** As high as the fields beside it. */
  readonly isLarge?: boolean
}) {
  return (
    <Radix.Root
      aria-label={label}
      orientation="horizontal"
      value={value}
      onValueChange={(next) => {
        const option = options.find((candidate) => candidate.value === next)
        if (option !== undefined) onChange(option.value)
      }}
      className="inline-flex rounded-md border border-line-2 bg-paper p-0.5"
    >
      {options.map((option) => (
        <Radix.Item
          key={option.value}
          value={option.value}
          disabled={option.disabledReason !== undefined}
          title={option.disabledReason}
          className={`${isLarge ? 'h-[26px] text-body' : 'h-6 text-label'} cursor-pointer rounded-[4px] px-2.5 font-[540] text-ink-2 hover:text-ink disabled:cursor-not-allowed disabled:text-ink-3 focus-visible:outline-none focus-visible:shadow-[0_0_0_2px_var(--river)] data-[state=checked]:bg-sheet data-[state=checked]:text-ink data-[state=checked]:shadow-[0_0_0_1px_var(--line-2)]`}
        >
          {option.label}
        </Radix.Item>
      ))}
    </Radix.Root>
  )
}
