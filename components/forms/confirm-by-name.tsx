'use client'

import { type ReactNode, useState } from 'react'
import type { ActionError } from '../../lib/actions/result.ts'
import { TextField } from '../ui/field.tsx'
import { DialogForm } from './dialog-form.tsx'

/** Asks for the name of what is to be deleted; the action is open once it is typed. */
export function ConfirmByName({
  isOpen,
  onOpenChange,
  title,
  consequence,
  name,
  action,
  isBusy,
  error,
  onConfirm,
}: {
  readonly isOpen: boolean
  readonly onOpenChange: (isOpen: boolean) => void
  readonly title: string
  readonly consequence: ReactNode
  readonly name: string
  /** The button's words, e.g. “Delete topic”. */
  readonly action: string
  readonly isBusy: boolean
  readonly error: ActionError | undefined
  readonly onConfirm: (typed: string) => void
}) {
  const [typed, setTyped] = useState('')
  return (
    <DialogForm
      {...{ isOpen, title, consequence, action, isBusy, error }}
      isDanger
      disabledReason={typed === name ? undefined : `Type ${name} first`}
      onSubmit={() => onConfirm(typed)}
      onClose={() => onOpenChange(false)}
    >
      <TextField
        label={`Type ${name} to confirm`}
        isMono
        autoComplete="off"
        spellCheck={false}
        value={typed}
        onChange={(event) => setTyped(event.target.value)}
        error={error?.fields?.confirmation}
      />
    </DialogForm>
  )
}
