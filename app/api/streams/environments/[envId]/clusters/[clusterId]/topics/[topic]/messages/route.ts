import { parsePositions } from '@/lib/format/messages'
import { eventStreamHeaders } from '@/lib/queries/event-output'
import { openMessageStream } from '@/lib/queries/message-stream'
import { openStream } from '@/lib/queries/open-streams'
import { refusal, routeCluster } from '@/lib/queries/route-access'
import { describeTopic } from '@/lib/queries/topics'

interface Context {
  readonly params: Promise<{ envId: string; clusterId: string; topic: string }>
}

/**
 * The live feed of a topic's messages page as server-sent events, from the given positions on. Ends
 * when the browser goes away; that closes the fetches parked at the broker.
 */
export async function GET(request: Request, { params }: Context): Promise<Response> {
  const { topic, ...at } = await params
  const access = await routeCluster(at)
  if (access instanceof Response) return access
  const from = parsePositions(new URL(request.url).searchParams.get('from') ?? '')
  if (from === null) return refusal('INVALID_INPUT')
  const described = await describeTopic(access.cluster, topic)
  if ('error' in described) return Response.json({ error: described.error }, { status: 503 })
  if (described.ok === null) return refusal('NOT_FOUND')
  if (!openStream(access.session.sessionId)) return refusal('TOO_MANY_STREAMS')
  const stream = openMessageStream({ access, topic, from, signal: request.signal })
  return new Response(stream, { headers: eventStreamHeaders })
}
