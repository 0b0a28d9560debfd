import { parseMetricAsked, readMetric } from '@/lib/queries/metrics-explorer'
import { refusal, routeCluster } from '@/lib/queries/route-access'

interface Context {
  readonly params: Promise<{ envId: string; clusterId: string }>
}

/** A metric of a cluster over time, one line for each resource. */
export async function GET(request: Request, { params }: Context): Promise<Response> {
  const access = await routeCluster(await params)
  if (access instanceof Response) return access
  const asked = parseMetricAsked(new URL(request.url).searchParams)
  if (asked === null) return refusal('INVALID_INPUT')
  const read = await readMetric(access.cluster, asked)
  return 'ok' in read
    ? Response.json(read.ok)
    : Response.json({ error: read.error }, { status: 503 })
}
