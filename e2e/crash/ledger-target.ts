import type { KafkaClient } from '../../broker/protocol/client.ts'
import { Metadata } from '../../broker/protocol/messages/metadata.ts'
import { connectKafka } from '../support/kafka-connection.ts'

/** Where the ledger's records go. The ports stay the same through every restart. */
export interface LedgerTarget {
  readonly ports: readonly number[]
  readonly key: string
  readonly secret: string
  readonly topic: string
}

/** A signed-in connection to the first node. */
export function connectAny(target: LedgerTarget): Promise<KafkaClient> {
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
