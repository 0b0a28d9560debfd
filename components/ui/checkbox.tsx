'use client'

import { Check } from 'lucide-react'
import { Checkbox as Radix } from 'radix-ui'
import { useId } from 'react'

/** For what takes effect with the rest of a form, or narrows a list. */
export function Checkbox({
  label,
  isChecked,
  onChange,
}: {
  readonly label: string
  readonly isChecked: boolean
  readonly onChange: (isChecked: boolean) => void
}) {
  const id = useId()
  return (
    <span className="inline-flex min-h-6 items-center gap-2">
      <Radix.Root
        id={id}
        checked={isChecked}
        onCheckedChange={(next) => onChange(next === true)}
        className="flex size-4 shrink-0 cursor-pointer items-center justify-center rounded-[4px] border border-control bg-sheet data-[state=checked]:border-river data-[state=checked]:bg-river"
      >
        <Radix.Indicator>
          <Check aria-hidden="true" className="size-3 stroke-[2.5] text-on-river" />
        </Radix.Indicator>
      </Radix.Root>
      <label htmlFor={id} className="cursor-pointer">
        {label}
      </label>
    </span>
  )
}
