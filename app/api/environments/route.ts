import { readSession } from '@/lib/auth/session'
import { readLiveCards } from '@/lib/queries/live'
import { refusal } from '@/lib/queries/route-access'

/** The live figures of all clusters of the caller, once: for a tab that may not hold a stream open. */
export async function GET(): Promise<Response> {
  const session = await readSession()
  if (session === null) return refusal('NOT_SIGNED_IN')
  const read = await readLiveCards(session)
  return 'ok' in read
    ? Response.json(read.ok)
    : Response.json({ error: read.error }, { status: 503 })
}
