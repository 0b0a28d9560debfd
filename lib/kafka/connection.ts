import { connect, type Socket } from 'node:net'
import { type ClientOptions, createClient, type KafkaClient } from '../../broker/protocol/client.ts'
import { ApiVersions } from '../../broker/protocol/messages/api-versions.ts'
import type { Api, RequestToSend, ResponseReceived } from '../../broker/protocol/schema.ts'
import { type ClusterAddress, clientId, type NodeAddress } from './cluster-address.ts'
import { failureOfCode, unreachable } from './failure.ts'

/** One signed-in connection to one node. */
export interface Connection {
  /** Calls an API in the newest version that both sides know, at most `versionMax`. */
  call<A extends Api>(
    api: A,
    request: RequestToSend<A>,
    versionMax?: number,
  ): Promise<ResponseReceived<A>>
  close(): void
  readonly isOpen: () => boolean
}

/** Connecting and signing in take milliseconds on one machine; a node that hangs is down. */
const connectMsMax = 5000

/** Opens a connection and signs in. Rejects with a `KafkaFailure`; aborting closes the socket. */
export async function openConnection(
  cluster: ClusterAddress,
  node: NodeAddress,
  signal?: AbortSignal,
): Promise<Connection> {
  const socket = await connectSocket(node, signal)
  const client = createClient(socket, { clientId } satisfies ClientOptions)
  let isOpen = true
  void client.closed.then(() => {
    isOpen = false
  })
  try {
    await client.authenticate(cluster.username, cluster.password)
    const versions = await readVersions(client)
    return {
      call: (api, request, versionMax) => callApi(client, versions, api, request, versionMax),
      close: client.close,
      isOpen: () => isOpen,
    }
  } catch (error) {
    client.close()
    throw connectionFailure(error)
  }
}

type Versions = ReadonlyMap<number, { readonly min: number; readonly max: number }>

async function readVersions(client: KafkaClient): Promise<Versions> {
  const answer = await client.send(ApiVersions, 3, {
    clientSoftwareName: clientId,
    clientSoftwareVersion: '1',
  })
  if (answer.errorCode !== 0) throw failureOfCode(answer.errorCode)
  return new Map(
    answer.apiKeys.map(({ apiKey, minVersion, maxVersion }) => [
      apiKey,
      { min: minVersion, max: maxVersion },
    ]),
  )
}

async function callApi<A extends Api>(
  client: KafkaClient,
  versions: Versions,
  api: A,
  request: RequestToSend<A>,
  versionMax = Number.POSITIVE_INFINITY,
): Promise<ResponseReceived<A>> {
  const offered = versions.get(api.key)
  const version = Math.min(offered?.max ?? -1, api.versions.max, versionMax)
  if (version < Math.max(offered?.min ?? 0, api.versions.min)) throw failureOfCode(35)
  try {
    return await client.send(api, version, request)
  } catch (error) {
    throw connectionFailure(error)
  }
}

function connectSocket({ host, port }: NodeAddress, signal?: AbortSignal): Promise<Socket> {
  return new Promise((resolve, reject) => {
    const socket = connect({ host, port, noDelay: true, ...(signal && { signal }) })
    socket.setTimeout(connectMsMax, () => socket.destroy(new Error('The node does not answer.')))
    socket.once('connect', () => {
      socket.setTimeout(0)
      resolve(socket)
    })
    socket.once('error', () => reject(unreachable()))
  })
}

/** A refused sign-in or an ended connection as a failure; anything else is a defect and stays. */
function connectionFailure(error: unknown): unknown {
  if (!(error instanceof Error)) return error
  if (error.name === 'ConnectionEnded') return unreachable()
  const isRefusal = error.name === 'SignInError' && 'errorCode' in error
  return isRefusal ? failureOfCode(Number(error.errorCode), error.message) : error
}
