import { readConnectionCheck } from '@/lib/queries/connection-check'
import { routeCluster } from '@/lib/queries/route-access'

interface Context {
  readonly params: Promise<{ envId: string; clusterId: string }>
}

/** What reached the Kafka ports with one key of a cluster, and from the caller's own machine. */
export async function GET(request: Request, { params }: Context): Promise<Response> {
  const access = await routeCluster(await params)
  if (access instanceof Response) return access
  const key = new URL(request.url).searchParams.get('key') ?? ''
  const viewer = request.headers.get('x-tributary-address') ?? ''
  const read = await readConnectionCheck(access.cluster, { key, viewer })
  return 'ok' in read
    ? Response.json(read.ok)
    : Response.json({ error: read.error }, { status: 503 })
}
