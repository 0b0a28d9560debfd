'use client'

import { TextField } from '../ui/field.tsx'

/** The password that proves who is asking. */
export function CurrentPasswordField({
  value,
  onChange,
  error,
}: {
  readonly value: string
  readonly onChange: (value: string) => void
  readonly error: string | undefined
}) {
  return (
    <TextField
      label="Current password"
      type="password"
      autoComplete="current-password"
      value={value}
      onChange={(event) => onChange(event.target.value)}
      error={error}
    />
  )
}
