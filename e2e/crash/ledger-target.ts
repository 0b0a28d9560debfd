import { ConnectionEnded, type KafkaClient } from '../../broker/protocol/client.ts'
import { Metadata } from '../../broker/protocol/messages/metadata.ts'
import { connectKafka } from '../support/kafka-connection.ts'

/** The nodes and who signs in. The ports stay the same through every restart; node 1 is first. */
export interface ClusterTarget {
  readonly ports: readonly number[]
  readonly key: string
  readonly secret: string
}

/** Where a ledger's records go. */
export interface LedgerTarget extends ClusterTarget {
  readonly topic: string
}

/** A signed-in connection to the first node. */
export function connectAny(target: ClusterTarget): Promise<KafkaClient> {
  const [port = 0] = target.ports
  return connectKafka({ ...target, port })
}

/** A signed-in connection to the node that leads a partition of the topic. */
export async function connectLeader(target: LedgerTarget, partition: number): Promise<KafkaClient> {
  const any = await connectAny(target)
  const { brokers, topics } = await any.send(Metadata, 9, { topics: [{ name: target.topic }] })
  any.close()
  const leaderId = topics[0]?.partitions.find((each) => each.partitionIndex === partition)?.leaderId
  const leader = brokers.find((broker) => broker.nodeId === leaderId)
  if (leader === undefined) throw new Error(`Nobody leads partition ${partition}`)
  return connectKafka({ ...target, port: leader.port })
}

/** Signed-in connections to all nodes, for one use of them. */
export async function withNodes<T>(
  target: ClusterTarget,
  use: (nodes: Nodes) => Promise<T>,
): Promise<T> {
  const clients: KafkaClient[] = []
  try {
    for (const port of target.ports) clients.push(await connectKafka({ ...target, port }))
    const [any] = clients
    if (any === undefined) throw new Error('There are no nodes.')
    return await use({ any, byId: (nodeId) => clients[nodeId - 1] ?? any })
  } finally {
    for (const client of clients) client.close()
  }
}

export interface Nodes {
  readonly any: KafkaClient
  byId(nodeId: number): KafkaClient
}

/** By a reset where the broker dies after the kernel took the connection and before it did itself. */
const failuresToConnect: readonly unknown[] = ['ECONNREFUSED', 'ECONNRESET']

/** Whether the product is down or went down: anything else is a breach of the protocol. */
export function isDisconnection(error: unknown): boolean {
  if (error instanceof ConnectionEnded) return true
  return error instanceof Error && 'code' in error && failuresToConnect.includes(error.code)
}
