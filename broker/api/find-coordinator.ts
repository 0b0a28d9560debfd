// FindCoordinator (key 10), versions 0–6.
//
// Says which node coordinates a group. Groups are spread over the nodes by a hash of their id; as all
// nodes share one store, any of them answers for any group.
// v1 adds the key type; v3 is flexible; v4 takes many keys (KIP-699); v6 knows share groups (KIP-932).
// Differs from Kafka: transactional ids are answered TRANSACTIONAL_ID_AUTHORIZATION_FAILED until this
// broker has transactions, and share groups INVALID_REQUEST, as by a broker that has them turned off.
import { errorCode, type KafkaErrorName } from '../errors.ts'
import { FindCoordinator } from '../protocol/messages/find-coordinator.ts'
import { handler, type NodeAddress } from './handler.ts'

const GROUP = 0
const TRANSACTION = 1

export const findCoordinator = handler(FindCoordinator, (ctx, request) => {
  const find = (key: string) => {
    const found = answerFor(key, request.keyType, ctx.connection.nodes)
    return { ...found, errorCode: errorCode(found.error) }
  }
  if (ctx.apiVersion >= 4) {
    const coordinators = request.coordinatorKeys.map((key) => ({ key, ...find(key) }))
    // The fields of earlier versions are not written.
    return { coordinators, errorCode: 0, nodeId: -1, host: '', port: -1 }
  }
  return find(request.key)
})

/** The node that coordinates a group, for every connection and broker start the same. */
export function coordinatorOf(
  groupId: string,
  nodes: readonly NodeAddress[],
): NodeAddress | undefined {
  let hash = 0
  for (let at = 0; at < groupId.length; at++) hash = (hash * 31 + groupId.charCodeAt(at)) >>> 0
  return nodes[hash % nodes.length]
}

interface Found {
  readonly error: KafkaErrorName
  readonly errorMessage: string | null
  readonly nodeId: number
  readonly host: string
  readonly port: number
}

function answerFor(key: string, keyType: number, nodes: readonly NodeAddress[]): Found {
  if (keyType === TRANSACTION) {
    return notFound(
      'TRANSACTIONAL_ID_AUTHORIZATION_FAILED',
      'Transactions are not available in this cluster yet.',
    )
  }
  if (keyType !== GROUP) {
    return notFound('INVALID_REQUEST', `There are no coordinators for keys of type ${keyType}.`)
  }
  const node = coordinatorOf(key, nodes)
  return node === undefined
    ? notFound('COORDINATOR_NOT_AVAILABLE', 'No node is there to coordinate.')
    : { error: 'NONE', errorMessage: null, ...node }
}

function notFound(error: KafkaErrorName, errorMessage: string): Found {
  return { error, errorMessage, nodeId: -1, host: '', port: -1 }
}
