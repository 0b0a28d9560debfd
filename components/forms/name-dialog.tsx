'use client'

import { type FormEvent, type ReactNode, useState } from 'react'
import type { ActionError } from '../../lib/actions/result.ts'
import { Button } from '../ui/button.tsx'
import { Dialog } from '../ui/dialog.tsx'
import { TextField } from '../ui/field.tsx'
import { FormError } from './submit.tsx'

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

  function submit(event: FormEvent) {
    event.preventDefault()
    onSave(text)
  }

  return (
    <Dialog
      isOpen
      onOpenChange={(isOpen) => {
        if (!isOpen) onClose()
      }}
      title={title}
      consequence={consequence}
    >
      <form onSubmit={submit} noValidate className="flex flex-col gap-4">
        <FormError error={error} />
        <TextField
          label={label}
          autoComplete="off"
          value={text}
          onChange={(event) => setText(event.target.value)}
          onFocus={(event) => event.target.select()}
          error={error?.fields?.[field]}
        />
        <div className="flex justify-end gap-2">
          <Button onClick={onClose}>Cancel</Button>
          <Button type="submit" tone="primary" isBusy={isBusy}>
            {action}
          </Button>
        </div>
      </form>
    </Dialog>
  )
}
