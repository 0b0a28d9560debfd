import { readMessage } from '@/lib/queries/messages'
import { kafkaRefusal, refusal, routeCluster } from '@/lib/queries/route-access'

interface Context {
  readonly params: Promise<{
    envId: string
    clusterId: string
    topic: string
    partition: string
    offset: string
  }>
}

/** One record, with `whole` all of it: a list holds only the beginning of large ones. */
export async function GET(request: Request, { params }: Context): Promise<Response> {
  const { topic, partition, offset, ...at } = await params
  const access = await routeCluster(at)
  if (access instanceof Response) return access
  if (!/^\d{1,7}$/.test(partition) || !/^\d{1,15}$/.test(offset)) return refusal('NOT_FOUND')
  const place = { partition: Number(partition), offset: Number(offset) }
  const part = new URL(request.url).searchParams.has('whole') ? 'whole' : 'opened'
  const read = await readMessage(access.cluster, topic, place, part)
  if ('error' in read) return kafkaRefusal(read.error)
  return read.ok === null ? refusal('NOT_FOUND') : Response.json(read.ok)
}
