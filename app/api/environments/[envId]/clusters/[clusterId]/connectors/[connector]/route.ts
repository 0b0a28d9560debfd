import { connectorAt } from '@/lib/connector-at'
import { connectorShows, readConnectorPage } from '@/lib/queries/connector-page'
import { connectorRefusal, refusal, routeCluster } from '@/lib/queries/route-access'

interface Context {
  readonly params: Promise<{ envId: string; clusterId: string; connector: string }>
}

/** What a page of a connector (`show`) shows, as of now. */
export async function GET(request: Request, { params }: Context): Promise<Response> {
  const { connector, ...at } = connectorAt(await params)
  const access = await routeCluster(at)
  if (access instanceof Response) return access
  const asked = new URL(request.url).searchParams.get('show') ?? 'overview'
  const show = connectorShows.find((name) => name === asked)
  if (show === undefined) return refusal('INVALID_INPUT')
  const page = await readConnectorPage(access.cluster, connector, show)
  if ('error' in page) return connectorRefusal(page.error)
  return page.ok === null ? refusal('NOT_FOUND') : Response.json(page.ok)
}
