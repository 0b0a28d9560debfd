import type { Metadata } from 'next'
import { redirect } from 'next/navigation'
import { SignInForm } from '@/components/auth/sign-in-form'
import { readSession } from '@/lib/auth/session'
import { consoleSettings } from '@/lib/env'
import { productErrors } from '@/lib/errors'
import { paths, safeReturnPath } from '@/lib/paths'

export const metadata: Metadata = { title: 'Sign in' }

interface Props {
  readonly searchParams: Promise<{ to?: string | string[] }>
}

export default async function SignInPage({ searchParams }: Props) {
  const { to } = await searchParams
  const returnTo = safeReturnPath(typeof to === 'string' ? to : null)
  if ((await readSession()) !== null) redirect(returnTo)
  return (
    <>
      <h1 className="text-sign-in tracking-[-0.015em]">Sign in</h1>
      <p className="mt-1 mb-6 text-ink-2">Kafka on this machine, with the console you know.</p>
      <SignInForm
        returnTo={returnTo}
        signUpHref={consoleSettings().signUpOpen ? paths.signUp(returnTo) : null}
        sentences={{
          WRONG_CREDENTIALS: productErrors.WRONG_CREDENTIALS.sentence,
          TOO_MANY_ATTEMPTS: productErrors.TOO_MANY_ATTEMPTS.sentence,
        }}
      />
    </>
  )
}
