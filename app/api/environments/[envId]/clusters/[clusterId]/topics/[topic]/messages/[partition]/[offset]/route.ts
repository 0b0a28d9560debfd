import { readMessage } from '@/lib/queries/messages'
import { refusal, routeCluster } from '@/lib/queries/route-access'

interface Context {
  readonly params: Promise<{
    envId: string
    clusterId: string
    topic: string
    partition: string
    offset: string
  }>
}

/** One record, whole: a list holds only the beginning of large ones. */
export async function GET(_request: Request, { params }: Context): Promise<Response> {
  const { topic, partition, offset, ...at } = await params
  const access = await routeCluster(at)
  if (access instanceof Response) return access
  if (!/^\d{1,7}$/.test(partition) || !/^\d{1,15}$/.test(offset)) return refusal('NOT_FOUND')
  const place = { partition: Number(partition), offset: Number(offset) }
  const read = await readMessage(access.cluster, topic, place)
  if ('ok' in read) return read.ok === null ? refusal('NOT_FOUND') : Response.json(read.ok)
  return read.error.code === 'UNKNOWN_TOPIC_OR_PARTITION'
    ? refusal('NOT_FOUND')
    : Response.json({ error: read.error }, { status: 503 })
}
