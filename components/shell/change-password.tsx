'use client'

import { type FormEvent, useState } from 'react'
import { changePassword } from '../../lib/actions/account.ts'
import { FormError, useSubmit } from '../forms/submit.tsx'
import { Button } from '../ui/button.tsx'
import { Dialog } from '../ui/dialog.tsx'
import { TextField } from '../ui/field.tsx'
import { showToast } from '../ui/toasts.ts'

export function ChangePassword({ onClose }: { readonly onClose: () => void }) {
  const [currentPassword, setCurrent] = useState('')
  const [password, setPassword] = useState('')
  const { submit, isBusy, error } = useSubmit(changePassword, () => {
    onClose()
    showToast({ text: 'Password changed. Your other sessions are signed out.' })
  })

  function send(event: FormEvent) {
    event.preventDefault()
    void submit({ currentPassword, password })
  }

  return (
    <Dialog
      isOpen
      onOpenChange={(isOpen) => isOpen || onClose()}
      title="Change password"
      consequence="You stay signed in here. Every other session of yours ends."
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
        <TextField
          label="New password"
          type="password"
          autoComplete="new-password"
          hint="8 characters or more."
          value={password}
          onChange={(event) => setPassword(event.target.value)}
          error={error?.fields?.password}
        />
        <div className="flex justify-end gap-2">
          <Button onClick={onClose}>Cancel</Button>
          <Button type="submit" tone="primary" isBusy={isBusy}>
            Change password
          </Button>
        </div>
      </form>
    </Dialog>
  )
}
