import { consoleDb } from '../db.ts'
import { verifyPassword } from './password.ts'
import type { SignedIn } from './session.ts'
import { createSignInAttempts } from './sign-in-attempts.ts'

/**
 * Asks again who is there, before what a person left at an open screen could lose: the password, the
 * account. As many tries as signing in has, so that an open session is no way to guess it.
 */
export async function checkCurrentPassword(
  session: SignedIn,
  password: string,
): Promise<'right' | 'wrong' | 'too many attempts'> {
  const attempt = { email: session.email, address: 'signed in' }
  if (!attempts.begin(attempt)) return 'too many attempts'
  const user = await consoleDb().user.findUnique({ where: { id: session.userId } })
  if (!(await verifyPassword(user?.passwordHash, password))) return 'wrong'
  attempts.succeeded(attempt)
  return 'right'
}

const attempts = createSignInAttempts(Date.now)
