'use client'

import type { ActionError } from '../../lib/actions/result.ts'
import { TextField } from '../ui/field.tsx'

/** Where somebody types the name of what they are about to endanger; the action checks it again. */
export function TypedNameField({
  name,
  typed,
  onType,
  error,
}: {
  readonly name: string
  readonly typed: string
  readonly onType: (typed: string) => void
  readonly error: ActionError | undefined
}) {
  return (
    <TextField
      label={`Type ${name} to confirm`}
      isMono
      autoComplete="off"
      spellCheck={false}
      value={typed}
      onChange={(event) => onType(event.target.value)}
      error={error?.fields?.confirmation}
    />
  )
}
