import type { KafkaClient } from '../../broker/protocol/client.ts'
import { ListOffsets } from '../../broker/protocol/messages/list-offsets.ts'

const EARLIEST = -2
const LATEST = -1

/** Where a partition begins. */
export function logStartOf(client: KafkaClient, topic: string, partition: number): Promise<number> {
  return offsetOf(client, { topic, partition, timestamp: EARLIEST })
}

/** One past the last record that can be read. */
export function highWatermarkOf(client: KafkaClient, topic: string, partition: number) {
  return offsetOf(client, { topic, partition, timestamp: LATEST })
}

async function offsetOf(
  client: KafkaClient,
  asked: { topic: string; partition: number; timestamp: number },
): Promise<number> {
  const { topic: name, partition: partitionIndex, timestamp } = asked
  const answer = await client.send(ListOffsets, 5, {
    replicaId: -1,
    isolationLevel: 0,
    topics: [{ name, partitions: [{ partitionIndex, timestamp }] }],
  })
  const found = answer.topics[0]?.partitions[0]
  if (found === undefined || found.errorCode !== 0) {
    throw new Error(`ListOffsets of ${name}-${partitionIndex} was answered ${found?.errorCode}`)
  }
  return found.offset
}
