'use client'

import { type FormEvent, useState } from 'react'
import { deleteAccount } from '../../lib/actions/account.ts'
import { FormError, useSubmit } from '../forms/submit.tsx'
import { Button } from '../ui/button.tsx'
import { Dialog } from '../ui/dialog.tsx'
import { TextField } from '../ui/field.tsx'
import { leave } from './sign-out.ts'

export function DeleteAccount({
  email,
  onClose,
}: {
  readonly email: string
  readonly onClose: () => void
}) {
  const [currentPassword, setCurrent] = useState('')
  const { submit, isBusy, error } = useSubmit(deleteAccount, leave)

  function send(event: FormEvent) {
    event.preventDefault()
    void submit({ currentPassword })
  }

  return (
    <Dialog
      isOpen
      onOpenChange={(isOpen) => isOpen || onClose()}
      title="Delete your account?"
      consequence={
        <>
          The account <b className="font-[580] text-ink">{email}</b> and its sessions go. Where
          nobody else belongs to your organization, its environments and clusters go too, with every
          topic, message and API key. This cannot be undone.
        </>
      }
    >
      <form onSubmit={send} noValidate className="flex flex-col gap-4">
        <FormError error={error} />
        <TextField
          label="Current password"
          type="password"
          autoComplete="current-password"
          value={currentPassword}
          onChange={(event) => setCurrent(event.target.value)}
          error={error?.fields?.currentPassword}
        />
        <div className="flex justify-end gap-2">
          <Button onClick={onClose}>Cancel</Button>
          <Button
            type="submit"
            tone="danger-filled"
            isBusy={isBusy}
            disabledReason={
              currentPassword === '' ? 'Enter your current password first.' : undefined
            }
          >
            Delete account
          </Button>
        </div>
      </form>
    </Dialog>
  )
}
