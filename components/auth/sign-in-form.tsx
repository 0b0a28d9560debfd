'use client'

import Link from 'next/link'
import { type FormEvent, useState } from 'react'
import { Button } from '../ui/button.tsx'
import { TextField } from '../ui/field.tsx'
import { Note } from '../ui/note.tsx'
import { PasswordField } from './password-field.tsx'
import { signIn } from './sign-in.ts'

export interface SignInFormProps {
  /** A path of this console. */
  readonly returnTo: string
  readonly signUpHref: string | null
  /** Sentences by error code. */
  readonly sentences: Readonly<Record<string, string>>
}

export function SignInForm({ returnTo, signUpHref, sentences }: SignInFormProps) {
  const [email, setEmail] = useState('')
  const [password, setPassword] = useState('')
  const [problem, setProblem] = useState<string>()
  const [isBusy, setBusy] = useState(false)

  async function submit(event: FormEvent) {
    event.preventDefault()
    if (isBusy) return
    setBusy(true)
    const code = await signIn({ email, password })
    if (code === null) {
      // A full load: nothing of the signed-out pages may stay in the router's cache.
      location.assign(returnTo)
      return
    }
    setProblem(sentences[code] ?? 'The console does not answer. Try again in a few seconds.')
    setBusy(false)
  }

  return (
    <form onSubmit={submit} className="flex flex-col gap-4" noValidate>
      {problem === undefined ? null : <Note kind="error">{problem}</Note>}
      <TextField
        label="Email"
        type="email"
        name="email"
        autoComplete="username"
        isLarge
        autoFocus
        value={email}
        onChange={(event) => setEmail(event.target.value)}
      />
      <PasswordField
        label="Password"
        name="password"
        autoComplete="current-password"
        value={password}
        onChange={(event) => setPassword(event.target.value)}
      />
      <Button type="submit" tone="primary" size="large" isBusy={isBusy} className="mt-1 w-full">
        Log in
      </Button>
      {signUpHref === null ? null : (
        <p className="text-ink-2">
          New here?{' '}
          <Link href={signUpHref} className="font-[560] text-river hover:underline">
            Sign up and try it
          </Link>
          . The account stays in your data folder.
        </p>
      )}
      <noscript>Signing in needs JavaScript.</noscript>
    </form>
  )
}
