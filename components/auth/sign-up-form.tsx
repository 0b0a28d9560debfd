'use client'

import Link from 'next/link'
import { type FormEvent, useState } from 'react'
import { signUp } from '../../lib/actions/account.ts'
import type { ActionError } from '../../lib/actions/result.ts'
import { Button } from '../ui/button.tsx'
import { TextField } from '../ui/field.tsx'
import { Note } from '../ui/note.tsx'
import { PasswordField } from './password-field.tsx'
import { signIn } from './sign-in.ts'

export function SignUpForm({
  returnTo,
  signInHref,
}: {
  readonly returnTo: string
  readonly signInHref: string
}) {
  const [fields, setFields] = useState({ name: '', email: '', password: '' })
  const [error, setError] = useState<ActionError>()
  const [isBusy, setBusy] = useState(false)
  const input = (name: keyof typeof fields) => ({
    name,
    value: fields[name],
    error: error?.fields?.[name],
    onChange: (event: { target: { value: string } }) =>
      setFields((current) => ({ ...current, [name]: event.target.value })),
  })

  async function submit(event: FormEvent) {
    event.preventDefault()
    if (isBusy) return
    setBusy(true)
    const result = await signUp(fields)
    if ('ok' in result) {
      const problem = await signIn(fields)
      location.assign(problem === null ? returnTo : signInHref)
      return
    }
    setError(result.error)
    setBusy(false)
  }

  return (
    <form onSubmit={submit} className="flex flex-col gap-4" noValidate>
      {error !== undefined && error.fields === undefined ? (
        <Note kind="error">{error.message}</Note>
      ) : null}
      <TextField label="Full name" autoComplete="name" isLarge autoFocus {...input('name')} />
      <TextField label="Email" type="email" autoComplete="username" isLarge {...input('email')} />
      <PasswordField
        label="Password"
        autoComplete="new-password"
        hint="At least 8 characters."
        {...input('password')}
      />
      <Button type="submit" tone="primary" size="large" isBusy={isBusy} className="mt-1 w-full">
        Sign up
      </Button>
      <p className="text-ink-2">
        Have an account?{' '}
        <Link href={signInHref} className="font-[560] text-river hover:underline">
          Log in
        </Link>
      </p>
    </form>
  )
}
