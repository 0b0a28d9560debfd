/** A browser's worth of cookies for tests that need pages by the hundred and no browser. */
export interface HttpSession {
  fetch(path: string, init?: RequestInit): Promise<Response>
  /** As the `Cookie` header would carry them. */
  cookies(): string
}

export function createHttpSession(consoleUrl: string): HttpSession {
  const jar = new Map<string, string>()
  const cookies = () => [...jar].map(([name, value]) => `${name}=${value}`).join('; ')
  return {
    cookies,
    async fetch(path, init = {}) {
      const headers = new Headers(init.headers)
      headers.set('cookie', cookies())
      // What a browser adds by itself to a request of the page's own.
      if (init.method === 'POST') headers.set('origin', consoleUrl)
      const response = await fetch(new URL(path, consoleUrl), {
        redirect: 'manual',
        ...init,
        headers,
      })
      for (const line of response.headers.getSetCookie()) {
        const [pair = ''] = line.split(';')
        const at = pair.indexOf('=')
        jar.set(pair.slice(0, at), pair.slice(at + 1))
      }
      return response
    },
  }
}

/** Signs in through the endpoint that the sign-in form uses; throws where it is refused. */
export async function signIn(consoleUrl: string, email: string, password: string) {
  const session = createHttpSession(consoleUrl)
  const csrf = await session.fetch('/api/auth/csrf')
  const { csrfToken }: { csrfToken: string } = await csrf.json()
  const response = await session.fetch('/api/auth/callback/credentials', {
    method: 'POST',
    body: new URLSearchParams({ csrfToken, email, password, json: 'true' }),
  })
  if (!response.ok) throw new Error(`Sign-in of ${email} was answered ${response.status}`)
  return session
}
