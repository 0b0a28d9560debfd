import { parsePartitions } from '@/lib/format/message-view'
import { parsePlaces } from '@/lib/format/messages'
import {
  type ExportFormat,
  exportFormats,
  exportStream,
  rowsAt,
  rowsFound,
} from '@/lib/queries/message-export'
import { kafkaRefusal, refusal, routeCluster } from '@/lib/queries/route-access'
import { describeTopic } from '@/lib/queries/topics'

interface Context {
  readonly params: Promise<{ envId: string; clusterId: string; topic: string }>
}

/**
 * Messages as a file, streamed: those at given places, or all that match `q` (everything where it is
 * empty). Cancelling the download ends the reading.
 */
export async function GET(request: Request, { params }: Context): Promise<Response> {
  const { topic, ...at } = await params
  const access = await routeCluster(at)
  if (access instanceof Response) return access
  const query = new URL(request.url).searchParams
  const format = query.get('format') ?? ''
  if (!isFormat(format)) return refusal('INVALID_INPUT')
  const described = await describeTopic(access.cluster, topic)
  if ('error' in described) return kafkaRefusal(described.error)
  if (described.ok === null) return refusal('NOT_FOUND')
  const listed = query.get('places')
  const places = parsePlaces(listed ?? '')
  if (listed !== null && places === null) return refusal('INVALID_INPUT')
  const partitions = parsePartitions(query.get('partitions') ?? '')
  const rows =
    places === null
      ? await rowsFound(
          access.cluster,
          {
            topic,
            query: query.get('q') ?? '',
            ...(partitions !== null && { partitions: [...partitions] }),
          },
          request.signal,
        )
      : rowsAt(access.cluster, topic, places, request.signal)
  if (rows instanceof Response) return rows
  return new Response(exportStream(rows, format), {
    headers: {
      'content-type': exportFormats[format].type,
      // A topic's name holds letters, digits, dots, dashes and underscores only.
      'content-disposition': `attachment; filename="${topic}.${format}"`,
      'cache-control': 'no-store, no-transform',
      'x-accel-buffering': 'no',
    },
  })
}

function isFormat(format: string): format is ExportFormat {
  return Object.hasOwn(exportFormats, format)
}
