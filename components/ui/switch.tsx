'use client'

import { Switch as Radix } from 'radix-ui'
import { useId } from 'react'

/** For what takes effect at once. */
export function Switch({
  label,
  isOn,
  onChange,
}: {
  readonly label: string
  readonly isOn: boolean
  readonly onChange: (isOn: boolean) => void
}) {
  const id = useId()
  return (
    <span className="inline-flex items-center gap-2 align-middle">
      <Radix.Root
        id={id}
        checked={isOn}
        onCheckedChange={onChange}
        className="relative h-[18px] w-8 cursor-pointer rounded-full bg-control transition-colors duration-[80ms] data-[state=checked]:bg-river"
      >
        <Radix.Thumb className="block size-3.5 translate-x-0.5 rounded-full bg-sheet transition-transform duration-[80ms] data-[state=checked]:translate-x-4" />
      </Radix.Root>
      <label htmlFor={id} className="cursor-pointer text-ink-2">
        {label}
      </label>
    </span>
  )
}
