import { once } from 'node:events'
import { connect } from 'node:net'
import { createClient, type KafkaClient } from '../../broker/protocol/client.ts'

export interface KafkaAddress {
  readonly port: number
  readonly key: string
  readonly secret: string
}

/** A signed-in connection to one node; rejects where nobody listens or the key is refused. */
export async function connectKafka(address: KafkaAddress): Promise<KafkaClient> {
  const socket = connect({ port: address.port, host: '127.0.0.1', noDelay: true })
  await once(socket, 'connect')
  const client = createClient(socket, { clientId: 'e2e' })
  await client.authenticate(address.key, address.secret)
  return client
}
