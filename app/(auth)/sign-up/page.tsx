import type { Metadata } from 'next'
import { redirect } from 'next/navigation'
import { SignUpForm } from '@/components/auth/sign-up-form'
import { Note } from '@/components/ui/note'
import { readSession } from '@/lib/auth/session'
import { consoleSettings } from '@/lib/env'
import { productErrors } from '@/lib/errors'
import { paths, safeReturnPath } from '@/lib/paths'

export const metadata: Metadata = { title: 'Sign up' }

interface Props {
  readonly searchParams: Promise<{ to?: string | string[] }>
}

export default async function SignUpPage({ searchParams }: Props) {
  const { to } = await searchParams
  const returnTo = safeReturnPath(typeof to === 'string' ? to : null)
  if ((await readSession()) !== null) redirect(returnTo)
  return (
    <>
      <h1 className="text-sign-in tracking-[-0.015em]">Sign up</h1>
      <p className="mt-1 mb-6 text-ink-2">
        An account on this machine: no card, no mail to confirm. It stays in your data folder.
      </p>
      {consoleSettings().signUpOpen ? (
        <SignUpForm returnTo={returnTo} signInHref={paths.signIn(returnTo)} />
      ) : (
        <Note kind="caution">{productErrors.SIGN_UP_CLOSED.sentence}</Note>
      )}
    </>
  )
}
