import { minutesIn, readClusterLag, readGroupLag } from '@/lib/queries/group-lag'
import { refusal, routeCluster } from '@/lib/queries/route-access'

interface Context {
  readonly params: Promise<{ envId: string; clusterId: string }>
}

/** Lag over time: of the group that is named, or of every group over the last hour. */
export async function GET(request: Request, { params }: Context): Promise<Response> {
  const access = await routeCluster(await params)
  if (access instanceof Response) return access
  const query = new URL(request.url).searchParams
  const group = query.get('group')
  const minutes = minutesIn(query.get('minutes'))
  if (minutes === null) return refusal('INVALID_INPUT')
  const read =
    group === null
      ? await readClusterLag(access.cluster)
      : await readGroupLag(access.cluster, { group, minutes })
  return 'ok' in read
    ? Response.json(read.ok)
    : Response.json({ error: read.error }, { status: 503 })
}
