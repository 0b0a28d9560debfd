import { readClients } from '@/lib/queries/clients'
import { routeCluster } from '@/lib/queries/route-access'

interface Context {
  readonly params: Promise<{ envId: string; clusterId: string }>
}

/** Connected producers and consumers of a cluster. */
export async function GET(_request: Request, { params }: Context): Promise<Response> {
  const access = await routeCluster(await params)
  if (access instanceof Response) return access
  const read = await readClients(access.cluster)
  return 'ok' in read
    ? Response.json(read.ok)
    : Response.json({ error: read.error }, { status: 503 })
}
