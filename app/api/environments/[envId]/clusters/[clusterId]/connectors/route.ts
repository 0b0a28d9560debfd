import { listConnectors } from '@/lib/queries/connectors'
import { connectorRefusal, routeCluster } from '@/lib/queries/route-access'

interface Context {
  readonly params: Promise<{ envId: string; clusterId: string }>
}

/** The connectors of a cluster with state and rates as of now. */
export async function GET(_request: Request, { params }: Context): Promise<Response> {
  const access = await routeCluster(await params)
  if (access instanceof Response) return access
  const connectors = await listConnectors(access.cluster)
  if ('error' in connectors) return connectorRefusal(connectors.error)
  return Response.json({ connectors: connectors.ok })
}
