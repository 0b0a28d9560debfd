import { liveMinutesMax, timeRanges } from '@/lib/format/time-ranges'
import { connectorShows, readConnectorPage } from '@/lib/queries/connector-page'
import { connectorRefusal, refusal, routeCluster } from '@/lib/queries/route-access'

interface Context {
  readonly params: Promise<{ envId: string; clusterId: string; connector: string }>
}

/** What a page of a connector (`show`) shows as of now, with series over `minutes`. */
export async function GET(request: Request, { params }: Context): Promise<Response> {
  // Unlike those of a page, the segments of a route handler come decoded.
  const { connector, ...at } = await params
  const access = await routeCluster(at)
  if (access instanceof Response) return access
  const query = new URL(request.url).searchParams
  const show = connectorShows.find((name) => name === (query.get('show') ?? 'overview'))
  const minutes = Number(query.get('minutes') ?? liveMinutesMax)
  if (show === undefined || !timeRanges.some((range) => range.minutes === minutes)) {
    return refusal('INVALID_INPUT')
  }
  const page = await readConnectorPage(access.cluster, connector, { show, minutes })
  if ('error' in page) return connectorRefusal(page.error)
  return page.ok === null ? refusal('NOT_FOUND') : Response.json(page.ok)
}
