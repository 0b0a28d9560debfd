import 'server-only'
import { cookies } from 'next/headers'
import { redirect } from 'next/navigation'
import { decode } from 'next-auth/jwt'
import { cache } from 'react'
import { consoleDb } from '../db.ts'
import { consoleSettings } from '../env.ts'
import { paths } from '../paths.ts'
import { cookieNames } from './cookie-names.ts'

/** Who is asking. */
export interface SignedIn {
  readonly sessionId: string
  readonly userId: string
  readonly email: string
  readonly name: string
}

/** The session of this request, or null; its row is looked up once per request. */
export const readSession = cache(async (): Promise<SignedIn | null> => {
  const token = (await cookies()).get(cookieNames().session)?.value
  if (token === undefined) return null
  const sessionId = await sessionIdIn(token)
  return sessionId === null ? null : findSession(sessionId)
})

/** For pages: the session, or away to the sign-in page, which comes back to `returnTo`. */
export async function requireSession(returnTo: string): Promise<SignedIn> {
  return (await readSession()) ?? redirect(paths.signIn(returnTo))
}

/** Ends the session: its cookie opens nothing from here on, wherever it was copied to. */
export async function endSession(session: SignedIn): Promise<void> {
  await consoleDb().session.deleteMany({ where: { id: session.sessionId } })
  const names = cookieNames()
  const jar = await cookies()
  for (const name of [names.session, names.csrf, names.callback]) jar.delete(name)
}

async function sessionIdIn(token: string): Promise<string | null> {
  try {
    const claims = await decode({ token, secret: consoleSettings().sessionSecret })
    return typeof claims?.sid === 'string' ? claims.sid : null
  } catch {
    // Whatever does not decrypt with our secret (another installation's, a forged one) is no session.
    return null
  }
}

/** The session of this id, while its row is there and in time. */
export async function findSession(sessionId: string): Promise<SignedIn | null> {
  const row = await consoleDb().session.findUnique({
    where: { id: sessionId },
    include: { user: { select: { email: true, name: true } } },
  })
  if (row === null || row.expiresMs < BigInt(Date.now())) return null
  return { sessionId, userId: row.userId, email: row.user.email, name: row.user.name }
}
