import { findJumpTargets } from '@/lib/queries/places'
import { routeCluster } from '@/lib/queries/route-access'

interface Context {
  readonly params: Promise<{ envId: string; clusterId: string }>
}

/** Topics and API keys that match `q`, for the command palette. */
export async function GET(request: Request, { params }: Context): Promise<Response> {
  const access = await routeCluster(await params)
  if (access instanceof Response) return access
  const text = new URL(request.url).searchParams.get('q') ?? ''
  return Response.json(await findJumpTargets(access.cluster, text))
}
