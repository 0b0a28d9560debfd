'use client'

import { type ReactNode, useState } from 'react'
import type { ActionError } from '../../lib/actions/result.ts'
import { DialogForm } from './dialog-form.tsx'
import { TypedNameField } from './typed-name-field.tsx'

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
      <TypedNameField name={name} typed={typed} onType={setTyped} error={error} />
    </DialogForm>
  )
}
