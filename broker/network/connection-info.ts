import type { ConnectionInfo, NodeAddress } from '../api/handler.ts'
import type { Connection, ConnectionOptions } from './connection.ts'

/** What requests may know of their connection; the nodes are asked for when one needs them. */
export function infoOf(
  { signIn }: Connection,
  { id, nodeId, nodes, answerMemory }: ConnectionOptions,
  told: {
    readonly address: string
    readonly closed: AbortSignal
    readonly askedName: () => string | null
    readonly software: () => ConnectionInfo['software']
  },
): ConnectionInfo {
  let known: readonly NodeAddress[] | undefined
  return {
    id,
    nodeId,
    address: told.address,
    closed: told.closed,
    answers: answerMemory,
    get nodes() {
      known ??= nodes(signIn.identity, told.askedName())
      return known
    },
    get software() {
      return told.software()
    },
  }
}
