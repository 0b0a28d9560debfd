import type { KafkaClient } from '../../broker/protocol/client.ts'
import { Metadata } from '../../broker/protocol/messages/metadata.ts'
import { Produce } from '../../broker/protocol/messages/produce.ts'
import { connectKafka } from './kafka-connection.ts'
import type { KeyFile } from './key-file.ts'

/** Writes a batch, byte for byte, to partition 0 of a topic: what no client library would send. */
export async function produceBatch(file: KeyFile, topic: string, batch: Uint8Array) {
  const { key, secret } = file
  const port = Number(file.bootstrapServer.split(':')[1])
  const first = await connectKafka({ port, key, secret })
  const leaderPort = await leaderOf(first, topic)
  first.close()
  const leader = await connectKafka({ port: leaderPort, key, secret })
  const answer = await leader.send(Produce, 9, {
    acks: -1,
    timeoutMs: 5000,
    topicData: [{ name: topic, partitionData: [{ index: 0, records: [batch] }] }],
  })
  leader.close()
  const written = answer.responses[0]?.partitionResponses[0]
  if (written === undefined || written.errorCode !== 0) {
    throw new Error(`The broker answered ${written?.errorCode}: ${written?.errorMessage}`)
  }
}

async function leaderOf(client: KafkaClient, name: string): Promise<number> {
  const answer = await client.send(Metadata, 9, {
    topics: [{ name }],
    allowAutoTopicCreation: false,
  })
  const leaderId = answer.topics[0]?.partitions[0]?.leaderId
  const leader = answer.brokers.find(({ nodeId }) => nodeId === leaderId)
  if (leader === undefined) throw new Error(`${name} has no leader`)
  return leader.port
}
