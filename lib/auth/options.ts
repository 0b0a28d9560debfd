import type { NextAuthOptions } from 'next-auth'
import CredentialsProvider from 'next-auth/providers/credentials'
import { canonicalEmail } from '../accounts.ts'
import { consoleDb } from '../db.ts'
import { consoleSettings } from '../env.ts'
import { paths } from '../paths.ts'
import { cookieNames, sessionSecondsMax } from './cookie-names.ts'
import { verifyPassword } from './password.ts'
import { newSessionId } from './session-id.ts'
import { createSignInAttempts, machineAt } from './sign-in-attempts.ts'

/**
 * Signing in with next-auth's credentials. The token in the cookie holds the id of a session row and
 * nothing else of worth: `session.ts` looks the row up at every request, and signing out deletes it.
 */
export function authOptions(): NextAuthOptions {
  const names = cookieNames()
  const cookie = { httpOnly: true, sameSite: 'lax', path: '/', secure: names.secure } as const
  return {
    secret: consoleSettings().sessionSecret,
    session: { strategy: 'jwt', maxAge: sessionSecondsMax },
    pages: { signIn: paths.signIn() },
    useSecureCookies: names.secure,
    cookies: {
      sessionToken: { name: names.session, options: cookie },
      csrfToken: { name: names.csrf, options: cookie },
      callbackUrl: { name: names.callback, options: cookie },
    },
    providers: [
      CredentialsProvider({
        credentials: { email: { type: 'email' }, password: { type: 'password' } },
        authorize: (credentials, request) =>
          signIn({
            email: String(credentials?.email ?? ''),
            password: String(credentials?.password ?? ''),
            address: machineAt(String(request.headers?.['x-tributary-address'] ?? '')),
          }),
      }),
    ],
    callbacks: {
      // `user` is there only while signing in: `authorize` has made the session row.
      jwt: ({ token, user }) => (user === undefined ? token : { sid: user.id }),
    },
  }
}

const attempts = createSignInAttempts(Date.now)

/** Resolves with the new session's id as the "user" that next-auth puts into the token. */
async function signIn({
  email,
  password,
  address,
}: Record<'email' | 'password' | 'address', string>) {
  const attempt = { email: canonicalEmail(email).slice(0, 320), address }
  // next-auth hands an error's message to the sign-in page as `error`: a code of lib/errors.ts.
  if (!attempts.begin(attempt)) throw new Error('TOO_MANY_ATTEMPTS')
  const user = await consoleDb().user.findUnique({ where: { email: attempt.email } })
  if (!(await verifyPassword(user?.passwordHash, password)) || user === null) {
    throw new Error('WRONG_CREDENTIALS')
  }
  attempts.succeeded(attempt)
  return { id: await openSession(user.id) }
}

async function openSession(userId: string): Promise<string> {
  const nowMs = Date.now()
  const db = consoleDb()
  await db.session.deleteMany({ where: { expiresMs: { lt: BigInt(nowMs) } } })
  const session = await db.session.create({
    data: {
      id: newSessionId(),
      userId,
      createdMs: BigInt(nowMs),
      expiresMs: BigInt(nowMs + sessionSecondsMax * 1000),
    },
  })
  return session.id
}
