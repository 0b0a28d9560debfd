'use client'

import type { FormEvent, ReactNode } from 'react'
import type { ActionError } from '../../lib/actions/result.ts'
import { Button } from '../ui/button.tsx'
import { Dialog } from '../ui/dialog.tsx'
import { FormError } from './submit.tsx'

/** A dialog with fields, *Cancel*, and the action at its right. */
export function DialogForm({
  isOpen = true,
  title,
  consequence,
  action,
  isDanger = false,
  disabledReason,
  isBusy,
  error,
  onSubmit,
  onClose,
  children,
}: {
  /** Absent where it is rendered only while it is open. */
  readonly isOpen?: boolean
  readonly title: string
  readonly consequence: ReactNode
  /** The button's words, e.g. “Delete topic”. */
  readonly action: string
  readonly isDanger?: boolean
  /** Why the action is not open yet; Enter does nothing then, either. */
  readonly disabledReason?: string | undefined
  readonly isBusy: boolean
  readonly error: ActionError | undefined
  readonly onSubmit: () => void
  readonly onClose: () => void
  readonly children: ReactNode
}) {
  function submit(event: FormEvent) {
    event.preventDefault()
    if (disabledReason === undefined) onSubmit()
  }
  return (
    <Dialog
      isOpen={isOpen}
      onOpenChange={(opens) => opens || onClose()}
      title={title}
      consequence={consequence}
    >
      <form onSubmit={submit} noValidate className="flex flex-col gap-4">
        <FormError error={error} />
        {children}
        <div className="flex justify-end gap-2">
          <Button onClick={onClose}>Cancel</Button>
          <Button
            type="submit"
            tone={isDanger ? 'danger-filled' : 'primary'}
            isBusy={isBusy}
            disabledReason={disabledReason}
          >
            {action}
          </Button>
        </div>
      </form>
    </Dialog>
  )
}
