import { once } from 'node:events'
import { connect } from 'node:net'
import { connect as connectTls } from 'node:tls'
import { createClient, type KafkaClient } from '../../../broker/protocol/client.ts'
import { ApiVersions } from '../../../broker/protocol/messages/api-versions.ts'

/** Where to connect, and as whom. */
export interface SignInTarget {
  readonly port: number
  readonly key: string
  readonly secret: string
  /** What a client by TLS trusts, PEM. */
  readonly authority: string
}

/**
 * Connects as clients do: ApiVersions, then SASL/PLAIN. Rejects where any of it fails.
 */
export async function signIn(target: SignInTarget, isTls: boolean): Promise<KafkaClient> {
  const address = { host: '127.0.0.1', port: target.port }
  const socket = isTls
    ? connectTls({ ...address, ca: target.authority, servername: 'localhost' })
    : connect({ ...address, noDelay: true })
  await once(socket, isTls ? 'secureConnect' : 'connect')
  const client = createClient(socket, { clientId: 'bench' })
  try {
    const { errorCode } = await client.send(ApiVersions, 3, {
      clientSoftwareName: 'bench',
      clientSoftwareVersion: '1',
    })
    if (errorCode !== 0) throw new Error(`ApiVersions was answered with ${errorCode}`)
    await client.authenticate(target.key, target.secret)
  } catch (error) {
    client.close()
    throw error
  }
  return client
}
