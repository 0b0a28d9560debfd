import { parsePositions } from '@/lib/format/messages'
import { readMessages } from '@/lib/queries/messages'
import { refusal, routeCluster } from '@/lib/queries/route-access'

interface Context {
  readonly params: Promise<{ envId: string; clusterId: string; topic: string }>
}

/** What came after the given positions, once: for a tab that may not hold a stream open. */
export async function GET(request: Request, { params }: Context): Promise<Response> {
  const { topic, ...at } = await params
  const access = await routeCluster(at)
  if (access instanceof Response) return access
  const from = parsePositions(new URL(request.url).searchParams.get('from') ?? '')
  if (from === null) return refusal('INVALID_INPUT')
  const read = await readMessages(access.cluster, topic, from)
  if ('ok' in read) return Response.json(read.ok)
  return read.error.code === 'UNKNOWN_TOPIC_OR_PARTITION'
    ? refusal('NOT_FOUND')
    : Response.json({ error: read.error }, { status: 503 })
}
