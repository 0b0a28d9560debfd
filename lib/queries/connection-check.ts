import 'server-only'
import type { ConnectionAttemptsView } from '../../broker/rules/connection-attempts.ts'
import { brokerControl } from '../broker-control.ts'
import { failed } from '../errors.ts'
import type { FromServices } from './live.ts'
import type { OwnCluster } from './ownership.ts'

/** What reached the Kafka ports with a key, and from the viewer's own machine without any. */
export type ConnectionCheck = ConnectionAttemptsView

/** `viewer` is the address that the person's browser comes from. An empty key is one of no connection. */
export async function readConnectionCheck(
  cluster: OwnCluster,
  { key, viewer }: { readonly key: string; readonly viewer: string },
): Promise<FromServices<ConnectionCheck>> {
  const answer = await brokerControl().connectionAttempts(cluster.id, { key, viewer })
  if (!answer.ok) return failed('BROKER_UNREACHABLE')
  return { ok: key === '' ? { ...answer.value, attempts: [] } : answer.value }
}
