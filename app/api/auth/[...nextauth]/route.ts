import NextAuth from 'next-auth'
import { authOptions } from '@/lib/auth/options'
import { isSameOrigin } from '@/lib/auth/same-origin'
import { refusal } from '@/lib/queries/route-access'

/**
 * next-auth's endpoints that our sign-in form uses. The others do not exist: signing out is an
 * action that deletes the session row, and nothing asks for a session over HTTP.
 */
const served = {
  GET: new Set(['csrf']),
  POST: new Set(['callback/credentials']),
}

interface Context {
  readonly params: Promise<{ nextauth: string[] }>
}

async function answer(request: Request, context: Context): Promise<Response> {
  const method = request.method === 'POST' ? 'POST' : 'GET'
  const { nextauth } = await context.params
  if (!served[method].has(nextauth.join('/'))) return new Response(null, { status: 404 })
  // next-auth itself asks only for a token that it hands out to everybody.
  if (method === 'POST' && !isSameOrigin(request.headers)) return refusal('WRONG_ORIGIN')
  return NextAuth(authOptions())(request, context)
}

export { answer as GET, answer as POST }
