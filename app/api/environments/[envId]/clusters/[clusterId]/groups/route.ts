import { readGroups } from '@/lib/queries/groups'
import { kafkaRefusal, routeCluster } from '@/lib/queries/route-access'

interface Context {
  readonly params: Promise<{ envId: string; clusterId: string }>
}

/** Consumer groups whose id contains `q`, and members and lag of the one called `group`. */
export async function GET(request: Request, { params }: Context): Promise<Response> {
  const access = await routeCluster(await params)
  if (access instanceof Response) return access
  const query = new URL(request.url).searchParams
  const read = await readGroups(access.cluster, {
    q: query.get('q') ?? '',
    group: query.get('group') ?? undefined,
    times: query.get('times') === 'all' ? 'all' : undefined,
  })
  return 'ok' in read ? Response.json(read.ok) : kafkaRefusal(read.error)
}
