'use client'

import { useState } from 'react'
import { changePassword } from '../../lib/actions/account.ts'
import { DialogForm } from '../forms/dialog-form.tsx'
import { useSubmit } from '../forms/submit.tsx'
import { TextField } from '../ui/field.tsx'
import { showToast } from '../ui/toasts.ts'
import { CurrentPasswordField } from './password-field.tsx'

export function ChangePassword({ onClose }: { readonly onClose: () => void }) {
  const [currentPassword, setCurrent] = useState('')
  const [password, setPassword] = useState('')
  const { submit, isBusy, error } = useSubmit(changePassword, () => {
    onClose()
    showToast({ text: 'Password changed. Your other sessions are signed out.' })
  })
  return (
    <DialogForm
      title="Change password"
      consequence="You stay signed in here. Every other session of yours ends."
      action="Change password"
      isBusy={isBusy}
      error={error}
      onSubmit={() => void submit({ currentPassword, password })}
      onClose={onClose}
    >
      <CurrentPasswordField
        value={currentPassword}
        onChange={setCurrent}
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
    </DialogForm>
  )
}
