import type { KafkaClient } from '../../../broker/protocol/client.ts'
import { Metadata } from '../../../broker/protocol/messages/metadata.ts'
import { connectKafka } from '../../support/kafka-connection.ts'

/** A topic, and how to sign in. */
export interface TopicTarget {
  readonly port: number
  readonly key: string
  readonly secret: string
  readonly topic: string
}

/** A signed-in connection to the node that leads a partition of the topic. */
export async function connectLeader(target: TopicTarget, partition: number): Promise<KafkaClient> {
  const any = await connectKafka(target)
  const { brokers, topics } = await any.send(Metadata, 9, { topics: [{ name: target.topic }] })
  any.close()
  const leaderId = topics[0]?.partitions.find((each) => each.partitionIndex === partition)?.leaderId
  const leader = brokers.find((broker) => broker.nodeId === leaderId)
  if (leader === undefined) throw new Error(`Nobody leads partition ${partition}`)
  return connectKafka({ ...target, port: leader.port })
}
