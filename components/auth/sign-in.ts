/**
 * Signs in through next-auth's endpoints; resolves with a code of lib/errors.ts, or null when it
 * worked. The session cookie comes with the answer.
 */
export async function signIn(credentials: {
  readonly email: string
  readonly password: string
}): Promise<string | null> {
  try {
    const csrf = await fetch('/api/auth/csrf').then((answer) => answer.json())
    const answer = await fetch('/api/auth/callback/credentials', {
      method: 'POST',
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
      body: new URLSearchParams({ ...credentials, csrfToken: csrf.csrfToken, json: 'true' }),
    })
    const { url } = await answer.json()
    return new URL(url).searchParams.get('error')
  } catch {
    return 'UNREACHABLE'
  }
}
