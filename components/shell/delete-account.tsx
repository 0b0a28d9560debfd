'use client'

import { useState } from 'react'
import { deleteAccount } from '../../lib/actions/account.ts'
import { DialogForm } from '../forms/dialog-form.tsx'
import { useSubmit } from '../forms/submit.tsx'
import { CurrentPasswordField } from './password-field.tsx'
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
  return (
    <DialogForm
      title="Delete your account?"
      consequence={
        <>
          The account <b className="font-[580] text-ink">{email}</b> and its sessions go. Where
          nobody else belongs to your organization, its environments and clusters go too, with every
          topic, message and API key. This cannot be undone.
        </>
      }
      action="Delete account"
      isDanger
      disabledReason={currentPassword === '' ? 'Enter your current password first.' : undefined}
      isBusy={isBusy}
      error={error}
      onSubmit={() => void submit({ currentPassword })}
      onClose={onClose}
    >
      <CurrentPasswordField
        value={currentPassword}
        onChange={setCurrent}
        error={error?.fields?.currentPassword}
      />
    </DialogForm>
  )
}
