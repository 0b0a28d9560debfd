import { minutesMax } from '@/lib/format/time-ranges'
import { noteSeenRate } from '@/lib/queries/learn'
import { parseLiveAsked, readLive } from '@/lib/queries/live'
import { refusal, routeCluster } from '@/lib/queries/route-access'

interface Context {
  readonly params: Promise<{ envId: string; clusterId: string }>
}

/** The live figures of a cluster, once: for a tab without a stream, and for ranges beyond its hour. */
export async function GET(request: Request, { params }: Context): Promise<Response> {
  const access = await routeCluster(await params)
  if (access instanceof Response) return access
  const asked = parseLiveAsked(new URL(request.url).searchParams, minutesMax)
  if (asked === null) return refusal('INVALID_INPUT')
  const read = await readLive(access.cluster, asked)
  if ('error' in read) return Response.json({ error: read.error }, { status: 503 })
  await noteSeenRate(access.session, access.cluster.id, read.ok)
  return Response.json(read.ok)
}
