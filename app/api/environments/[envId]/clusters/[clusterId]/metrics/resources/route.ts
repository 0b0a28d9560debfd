import { findMetricResources, parseResourcesAsked } from '@/lib/queries/metrics-explorer'
import { refusal, routeCluster } from '@/lib/queries/route-access'

interface Context {
  readonly params: Promise<{ envId: string; clusterId: string }>
}

/** What there are measurements of in a cluster: topics, clients or connectors. */
export async function GET(request: Request, { params }: Context): Promise<Response> {
  const access = await routeCluster(await params)
  if (access instanceof Response) return access
  const asked = parseResourcesAsked(new URL(request.url).searchParams)
  if (asked === null) return refusal('INVALID_INPUT')
  const found = await findMetricResources(access.cluster, asked)
  return 'ok' in found
    ? Response.json(found.ok)
    : Response.json({ error: found.error }, { status: 503 })
}
