import { Metadata } from '../../broker/protocol/messages/metadata.ts'
import type { ClusterAddress } from './cluster-address.ts'
import { openConnection } from './connection.ts'
import { asKafkaFailure } from './failure.ts'

/** What the broker's lists call us for the moment that it takes. */
const clientId = 'tributary-key-check'

/**
 * The cluster that an API key belongs to: signs in with it and asks. Null where the key or its secret
 * is wrong; rejects with a `KafkaFailure` where the broker does not answer.
 */
export async function findKeyCluster(
  { bootstrap, authority }: Pick<ClusterAddress, 'bootstrap' | 'authority'>,
  { key, secret }: { readonly key: string; readonly secret: string },
): Promise<string | null> {
  const [node] = bootstrap
  if (node === undefined) throw new Error('A cluster has at least one node.')
  const trust = authority === undefined ? {} : { authority }
  const address = { bootstrap, username: key, password: secret, clientId, ...trust }
  try {
    const connection = await openConnection(address, node)
    try {
      return (await connection.call(Metadata, { topics: [] })).clusterId ?? null
    } finally {
      connection.close()
    }
  } catch (error) {
    const failure = asKafkaFailure(error)
    if (failure?.code === 'SASL_AUTHENTICATION_FAILED') return null
    throw failure ?? error
  }
}
