import { parsePartitions } from '@/lib/format/message-view'
import { parsePositions } from '@/lib/format/messages'
import { openSearch } from '@/lib/queries/message-search'
import { refusal, routeCluster } from '@/lib/queries/route-access'

interface Context {
  readonly params: Promise<{ envId: string; clusterId: string; topic: string }>
}

/**
 * A search through a topic: lines of JSON as they are found (`SearchEvent`), from the beginning or
 * from given positions. Ends when the browser goes away.
 */
export async function GET(request: Request, { params }: Context): Promise<Response> {
  const { topic, ...at } = await params
  const access = await routeCluster(at)
  if (access instanceof Response) return access
  const query = new URL(request.url).searchParams
  const from = query.get('from')
  if (from !== null && parsePositions(from) === null) return refusal('INVALID_INPUT')
  const partitions = parsePartitions(query.get('partitions') ?? '')
  const search = await openSearch(
    access.cluster,
    {
      topic,
      query: query.get('q') ?? '',
      ...(partitions !== null && { partitions: [...partitions] }),
      from: from === null ? { kind: 'beginning' } : { kind: 'offsets', positions: from },
    },
    request.signal,
  )
  if (search instanceof Response) return search
  return new Response(search, {
    headers: {
      'content-type': 'application/x-ndjson; charset=utf-8',
      'cache-control': 'no-store, no-transform',
      'x-accel-buffering': 'no',
    },
  })
}
