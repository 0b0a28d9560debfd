'use client'

import { type ReactNode, useState } from 'react'
import type { ActionError } from '../../lib/actions/result.ts'
import { TextField } from '../ui/field.tsx'
import { DialogForm } from './dialog-form.tsx'

/** Asks for one line of text: the name or the description of something. Render it while it is open. */
export function NameDialog({
  title,
  consequence,
  label,
  field,
  initial,
  action,
  isBusy,
  error,
  onSave,
  onClose,
}: {
  readonly title: string
  readonly consequence: ReactNode
  readonly label: string
  /** What the action calls the field: its error stands there. */
  readonly field: 'name' | 'description'
  readonly initial: string
  /** The button's words, e.g. “Rename”. */
  readonly action: string
  readonly isBusy: boolean
  readonly error: ActionError | undefined
  readonly onSave: (text: string) => void
  readonly onClose: () => void
}) {
  const [text, setText] = useState(initial)

  return (
    <DialogForm
      {...{ title, consequence, action, isBusy, error, onClose }}
      onSubmit={() => onSave(text)}
    >
      <TextField
        label={label}
        autoComplete="off"
        value={text}
        onChange={(event) => setText(event.target.value)}
        onFocus={(event) => event.target.select()}
        error={error?.fields?.[field]}
      />
    </DialogForm>
  )
}
