import type { Admin } from 'kafkajs'
import { Partitioners } from 'kafkajs'
import { kafkajsWithKey } from '../../support/kafkajs-with-key.ts'
import type { KeyFile } from '../../support/key-file.ts'
import type { FollowedRecord } from '../jvm/followed-topics.ts'
import type { InputRecord } from './topologies.ts'

/** Writes records with the times that they say, where Java's default partitioner puts them. */
export async function produceAt(
  key: KeyFile,
  topic: string,
  records: readonly InputRecord[],
): Promise<void> {
  const producer = kafkajsWithKey(key).producer({
    createPartitioner: Partitioners.DefaultPartitioner,
  })
  await producer.connect()
  const messages = records.map(({ key: ofRecord, value, timestampMs }) => ({
    key: ofRecord,
    value,
    timestamp: `${timestampMs}`,
  }))
  await producer.send({ topic, messages })
  await producer.disconnect()
}

/** Every record as `key=value`, in order. */
export function asStream(records: readonly FollowedRecord[]): readonly string[] {
  return records.map(({ key, value }) => `${key}=${textOf(value)}`).sort()
}

/** What a table holds, of which these are the updates: `key=value`, in order. */
export function asTable(records: readonly FollowedRecord[]): readonly string[] {
  const latest = new Map(records.map(({ key, value }) => [key, value]))
  return [...latest]
    .flatMap(([key, value]) => (value === null ? [] : `${key}=${textOf(value)}`))
    .sort()
}

/** Java's Long is eight bytes, of which the first is zero as long as one counts in the real world. */
function textOf(value: Buffer | null): string {
  return value?.length === 8 && value[0] === 0 ? `${value.readBigInt64BE()}` : `${value}`
}

/** Resolves when a group has committed the end of every partition of these topics. */
export async function committedAll(
  admin: Admin,
  groupId: string,
  topics: readonly string[],
): Promise<void> {
  const deadline = Date.now() + 60_000
  for (;;) {
    const left = await uncommitted(admin, groupId, topics)
    if (left === 0) return
    if (Date.now() > deadline) throw new Error(`${groupId} has not committed ${left} records`)
  }
}

/** How many records of these topics a group would read again, were it to start now. */
export async function uncommitted(
  admin: Admin,
  groupId: string,
  topics: readonly string[],
): Promise<number> {
  const committed = await admin.fetchOffsets({ groupId, topics: [...topics] })
  let left = 0
  for (const topic of topics) {
    for (const { partition, high } of await admin.fetchTopicOffsets(topic)) {
      const own = committed
        .find((each) => each.topic === topic)
        ?.partitions.find((each) => each.partition === partition)
      left += Number(high) - Math.max(0, Number(own?.offset ?? 0))
    }
  }
  return left
}

/**
 * Resolves when DeleteRecords has taken what is in these topics now. Streams purges what it has read
 * only along with a commit, so that there has to be something to commit until then.
 */
export async function purged(
  admin: Admin,
  topics: readonly string[],
  feed: () => Promise<void>,
): Promise<void> {
  const offsets = () => Promise.all(topics.map((topic) => admin.fetchTopicOffsets(topic)))
  const before = (await offsets()).flat()
  const deadline = Date.now() + 60_000
  for (;;) {
    await feed()
    const now = (await offsets()).flat()
    if (before.every(({ high }, index) => Number(now[index]?.low) >= Number(high))) return
    if (Date.now() > deadline) throw new Error(`Not purged: ${JSON.stringify({ before, now })}`)
  }
}
