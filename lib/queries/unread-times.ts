import {
  type ConsumerGroup,
  type GroupPartition,
  messagesBehind,
  type TopicPartitionName,
} from '../format/consumer-groups.ts'
import type { ClusterClient } from '../kafka/cluster-client.ts'

/** When the first message that a group has yet to read in a partition was written. */
export interface UnreadTime extends TopicPartitionName {
  /** The time that the record carries; null where there is none any more. */
  readonly writtenMs: number | null
}

/** One batch is read from each partition: a few where nobody asks, more where somebody does. */
const partitionsMax = { furthest: 12, all: 100 } as const

/** Connections to each node that are used at the same time. */
const readsAtOnce = 8

/** Of the partitions that are behind, those furthest behind, in the group's order. */
export async function readUnreadTimes(
  client: Pick<ClusterClient, 'readPartitionRange'>,
  { partitions }: ConsumerGroup,
  times: 'all' | undefined,
): Promise<readonly UnreadTime[]> {
  const chosen = partitions
    .filter((partition) => (messagesBehind(partition) ?? 0) > 0)
    .sort((a, b) => (messagesBehind(b) ?? 0) - (messagesBehind(a) ?? 0))
    .slice(0, partitionsMax[times ?? 'furthest'])
  const read: UnreadTime[] = []
  const next = chosen.values()
  const work = async () => {
    for (const at of next) {
      // A topic may be deleted at this very moment: then nothing is known of it.
      const writtenMs = await firstUnread(client, at).catch(() => null)
      read.push({ topic: at.topic, partition: at.partition, writtenMs })
    }
  }
  await Promise.all(Array.from({ length: readsAtOnce }, work))
  return read
}

/** Of those behind the commit that retention and compaction have left. */
async function firstUnread(
  client: Pick<ClusterClient, 'readPartitionRange'>,
  { topic, partition, committed, start, end }: GroupPartition,
): Promise<number | null> {
  if (end === null) return null
  const fromOffset = Math.max(committed ?? 0, start ?? 0)
  const [record] = await client.readPartitionRange({
    ...{ topic, partition, fromOffset, toOffset: end },
    ...{ keep: 'oldest', recordsMax: 1 },
  })
  return record?.timestampMs ?? null
}
