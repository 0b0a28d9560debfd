'use client'

import { type FormEvent, type ReactNode, useState } from 'react'
import type { ActionError } from '../../lib/actions/result.ts'
import { Button } from '../ui/button.tsx'
import { Dialog } from '../ui/dialog.tsx'
import { TextField } from '../ui/field.tsx'
import { FormError } from './submit.tsx'

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
  const isMatch = typed === name

  function submit(event: FormEvent) {
    event.preventDefault()
    if (isMatch) onConfirm(typed)
  }

  return (
    <Dialog isOpen={isOpen} onOpenChange={onOpenChange} title={title} consequence={consequence}>
      <form onSubmit={submit} className="flex flex-col gap-4">
        <FormError error={error} />
        <TextField
          label={`Type ${name} to confirm`}
          isMono
          autoComplete="off"
          spellCheck={false}
          value={typed}
          onChange={(event) => setTyped(event.target.value)}
          error={error?.fields?.confirmation}
        />
        <div className="flex justify-end gap-2">
          <Button onClick={() => onOpenChange(false)}>Cancel</Button>
          <Button
            type="submit"
            tone="danger-filled"
            aria-disabled={!isMatch}
            title={isMatch ? undefined : `Type ${name} first`}
            isBusy={isBusy}
          >
            {action}
          </Button>
        </div>
      </form>
    </Dialog>
  )
}
