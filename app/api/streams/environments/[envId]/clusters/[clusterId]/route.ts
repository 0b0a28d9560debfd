import { eventStreamHeaders } from '@/lib/queries/event-output'
import { parseLiveAsked } from '@/lib/queries/live'
import { openLiveStream } from '@/lib/queries/live-stream'
import { openStream } from '@/lib/queries/open-streams'
import { refusal, routeCluster } from '@/lib/queries/route-access'

interface Context {
  readonly params: Promise<{ envId: string; clusterId: string }>
}

/** The live figures of a cluster's page as server-sent events. */
export async function GET(request: Request, { params }: Context): Promise<Response> {
  const access = await routeCluster(await params)
  if (access instanceof Response) return access
  const asked = parseLiveAsked(new URL(request.url).searchParams)
  if (asked === null) return refusal('INVALID_INPUT')
  if (!openStream(access.session.sessionId)) return refusal('TOO_MANY_STREAMS')
  const stream = openLiveStream({ access, asked, signal: request.signal })
  return new Response(stream, { headers: eventStreamHeaders })
}
