import { parseView } from '@/lib/format/message-view'
import { parsePositions } from '@/lib/format/messages'
import { readMessages, readMessagesSince, readMoreMessages } from '@/lib/queries/messages'
import type { OwnCluster } from '@/lib/queries/ownership'
import { kafkaRefusal, refusal, routeCluster } from '@/lib/queries/route-access'

interface Context {
  readonly params: Promise<{ envId: string; clusterId: string; topic: string }>
}

/**
 * Messages of a topic: the first page of a view (`jump`, `partitions`, `max`), the page `before` or
 * `after` given positions, or, for a tab that may not hold a stream open, what came since (`from`).
 */
export async function GET(request: Request, { params }: Context): Promise<Response> {
  const { topic, ...at } = await params
  const access = await routeCluster(at)
  if (access instanceof Response) return access
  const read = await readAs(access.cluster, topic, new URL(request.url).searchParams)
  if (read === null) return refusal('INVALID_INPUT')
  return 'ok' in read ? Response.json(read.ok) : kafkaRefusal(read.error)
}

async function readAs(cluster: OwnCluster, topic: string, query: URLSearchParams) {
  const view = parseView((name) => query.get(name))
  for (const name of ['from', 'before', 'after'] as const) {
    const text = query.get(name)
    if (text === null) continue
    const cursor = parsePositions(text)
    if (cursor === null) return null
    if (name === 'from') return readMessagesSince(cluster, topic, cursor)
    const direction = name === 'before' ? 'backwards' : 'forwards'
    return readMoreMessages(cluster, topic, { cursor, direction, max: view.max })
  }
  return readMessages(cluster, topic, view)
}
