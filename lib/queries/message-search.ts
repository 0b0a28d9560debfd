import 'server-only'
import type { SearchBody } from '../../broker/rules/services-control.ts'
import { productErrors } from '../errors.ts'
import { servicesControl } from '../services-control.ts'
import type { OwnCluster } from './ownership.ts'

/**
 * Begins a search in the services process. Resolves with its lines of JSON, or with the answer for
 * the browser where it was refused. Aborting `signal` ends it there.
 */
export async function openSearch(
  cluster: OwnCluster,
  body: Omit<SearchBody, 'clusterId'>,
  signal: AbortSignal,
): Promise<ReadableStream<Uint8Array> | Response> {
  const answer = await servicesControl().openSearch({ ...body, clusterId: cluster.id }, signal)
  if (answer.ok) return answer.value
  const { code } = answer
  const message =
    code === 'UNREACHABLE' ? productErrors.SERVICES_UNREACHABLE.sentence : answer.message
  return Response.json({ error: { code, message } }, { status: statuses[code] ?? 503 })
}

const statuses: Readonly<Record<string, number>> = {
  INVALID_QUERY: 422,
  INVALID_REQUEST: 422,
  UNKNOWN_TOPIC_OR_PARTITION: 404,
  TOO_MANY_SEARCHES: 429,
}
