import { readSession } from '@/lib/auth/session'
import { readLearn } from '@/lib/queries/learn'
import { refusal } from '@/lib/queries/route-access'

/** How far the caller is in the tutorial, for the Learn panel. */
export async function GET(): Promise<Response> {
  const session = await readSession()
  return session === null ? refusal('NOT_SIGNED_IN') : Response.json(await readLearn(session))
}
