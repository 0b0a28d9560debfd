import { connect, type Socket } from 'node:net'
import { connect as connectTls } from 'node:tls'
import { type ClientOptions, createClient, type KafkaClient } from '../../broker/protocol/client.ts'
import { ApiVersions } from '../../broker/protocol/messages/api-versions.ts'
import type { Api, RequestToSend, ResponseReceived } from '../../broker/protocol/schema.ts'
import {
  type ClusterAddress,
  clientId,
  dialledAddress,
  type NodeAddress,
} from './cluster-address.ts'
import { failureOfCode, unreachable } from './failure.ts'

/** One signed-in connection to one node. */
export interface Connection {
  /** Calls an API in the newest version that both sides know. */
  call<A extends Api>(
    api: A,
    request: RequestToSend<A>,
    options?: CallOptions,
  ): Promise<ResponseReceived<A>>
  close(): void
  readonly isOpen: () => boolean
}

export interface CallOptions {
  /** Use no newer version than this one. */
  readonly versionMax?: number
  /** How long the broker was asked to wait before it answers. */
  readonly waitMs?: number
}

/**
 * Connecting, signing in and every answer take milliseconds on one machine; a node that takes this
 * long hangs, and a page must not hang with it. A fetch that waits at the broker gets its wait on top.
 */
const answerMsMax = 6000

/** Opens a connection and signs in. Rejects with a `KafkaFailure`; aborting closes the socket. */
export async function openConnection(
  cluster: ClusterAddress,
  node: NodeAddress,
  signal?: AbortSignal,
): Promise<Connection> {
  const socket = await connectSocket(dialledAddress(cluster, node), cluster.authority, signal)
  const client = createClient(socket, {
    clientId: cluster.clientId ?? clientId,
  } satisfies ClientOptions)
  let isOpen = true
  void client.closed.then(() => {
    isOpen = false
  })
  try {
    const versions = await inTime(client, 0, async () => {
      await client.authenticate(cluster.username, cluster.password)
      return readVersions(client, cluster.software ?? clientId)
    })
    return {
      call: (api, request, options) => callApi(client, versions, { api, request, ...options }),
      close: client.close,
      isOpen: () => isOpen,
    }
  } catch (error) {
    client.close()
    throw connectionFailure(error)
  }
}

type Versions = ReadonlyMap<number, { readonly min: number; readonly max: number }>

async function readVersions(client: KafkaClient, name: string): Promise<Versions> {
  const answer = await client.send(ApiVersions, 3, {
    clientSoftwareName: name,
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
  { api, request, versionMax, waitMs = 0 }: { api: A; request: RequestToSend<A> } & CallOptions,
): Promise<ResponseReceived<A>> {
  const offered = versions.get(api.key)
  const newest = Math.min(offered?.max ?? -1, api.versions.max)
  const version = Math.min(newest, versionMax ?? newest)
  if (version < Math.max(offered?.min ?? 0, api.versions.min)) throw failureOfCode(35)
  try {
    return await inTime(client, waitMs, () => client.send(api, version, request))
  } catch (error) {
    throw connectionFailure(error)
  }
}

/** Ends the connection where `work` takes too long; what waits for it then fails as unreachable. */
async function inTime<Value>(
  client: KafkaClient,
  waitMs: number,
  work: () => Promise<Value>,
): Promise<Value> {
  const timer = setTimeout(() => client.close(), waitMs + answerMsMax)
  try {
    return await work()
  } finally {
    clearTimeout(timer)
  }
}

function connectSocket(
  { host, port }: NodeAddress,
  authority: string | undefined,
  signal?: AbortSignal,
): Promise<Socket> {
  return new Promise((resolve, reject) => {
    const stream = connect({ host, port, noDelay: true, ...(signal && { signal }) })
    const socket =
      authority === undefined ? stream : connectTls({ socket: stream, host, ca: authority })
    socket.setTimeout(answerMsMax, () => socket.destroy(new Error('The node does not answer.')))
    socket.once(authority === undefined ? 'connect' : 'secureConnect', () => {
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
