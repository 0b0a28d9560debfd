import { readResetPlan } from '@/lib/queries/offset-reset'
import { kafkaRefusal, refusal, routeCluster } from '@/lib/queries/route-access'

interface Context {
  readonly params: Promise<{ envId: string; clusterId: string }>
}

/** What a reset of the group's offsets would do, as of now. */
export async function GET(request: Request, { params }: Context): Promise<Response> {
  const access = await routeCluster(await params)
  if (access instanceof Response) return access
  const { group = '', ...query } = Object.fromEntries(new URL(request.url).searchParams)
  const read = await readResetPlan(access.cluster, group, query)
  if ('error' in read) return kafkaRefusal(read.error)
  return read.ok === null ? refusal('NOT_FOUND') : Response.json(read.ok)
}
