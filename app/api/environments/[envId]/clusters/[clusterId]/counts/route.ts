import { readCounts } from '@/lib/queries/cluster-counts'
import { routeCluster } from '@/lib/queries/route-access'

interface Context {
  readonly params: Promise<{ envId: string; clusterId: string }>
}

/** How many topics, connectors and clients there are, for the cluster's navigation. */
export async function GET(_request: Request, { params }: Context): Promise<Response> {
  const access = await routeCluster(await params)
  return access instanceof Response ? access : Response.json(await readCounts(access.cluster))
}
