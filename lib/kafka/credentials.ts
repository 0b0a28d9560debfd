import { createHmac } from 'node:crypto'
import type { ClusterAddress } from './cluster-address.ts'

/**
 * How the console signs in to a tenant of our broker: as the internal principal `console.<lkc>`, whose
 * password both sides compute from the installation's internal key. The broker accepts it from
 * loopback only, in plaintext whatever its ports accept, and what it reads counts in no metric.
 */
export function internalAddress(
  clusterId: string,
  { internalKey, kafkaPorts }: { internalKey: Uint8Array; kafkaPorts: readonly number[] },
): ClusterAddress {
  const username = `console.${clusterId}`
  const password = createHmac('sha256', internalKey).update(username).digest('hex')
  return {
    bootstrap: kafkaPorts.map((port) => ({ host: '127.0.0.1', port })),
    isOwnBroker: true,
    username,
    password,
  }
}
