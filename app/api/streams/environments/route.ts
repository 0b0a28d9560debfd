import { readSession } from '@/lib/auth/session'
import { eventStreamHeaders } from '@/lib/queries/event-output'
import { openCardsStream } from '@/lib/queries/live-stream'
import { openStream } from '@/lib/queries/open-streams'
import { refusal } from '@/lib/queries/route-access'

/** The live figures of all clusters of the caller, as their cards show them. */
export async function GET(request: Request): Promise<Response> {
  const session = await readSession()
  if (session === null) return refusal('NOT_SIGNED_IN')
  if (!openStream(session.sessionId)) return refusal('TOO_MANY_STREAMS')
  const stream = openCardsStream({ session, signal: request.signal })
  return new Response(stream, { headers: eventStreamHeaders })
}
