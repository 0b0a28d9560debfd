import { randomUUID } from 'node:crypto'
import { kafkajsWithKey } from '../../support/kafkajs-with-key.ts'
import type { KeyFile } from '../../support/key-file.ts'
import { createTurnstile } from '../../support/turnstile.ts'

export interface FollowedRecord {
  readonly partition: number
  readonly offset: number
  readonly key: string
  /** Null is a tombstone. */
  readonly value: Buffer | null
}

/** Topics as somebody else's client reads them, from their beginning and as they grow. */
export interface FollowedTopics {
  /** In the order of arrival, which within a partition is that of the offsets. */
  of(topic: string): readonly FollowedRecord[]
  until(holds: () => boolean, describe: () => string): Promise<void>
  close(): Promise<void>
}

export async function followTopics(
  key: KeyFile,
  topics: readonly string[],
): Promise<FollowedTopics> {
  const records = new Map<string, FollowedRecord[]>(topics.map((topic) => [topic, []]))
  const turnstile = createTurnstile()
  const groupId = `follower-${randomUUID()}`
  // It leaves only between two fetches.
  const consumer = kafkajsWithKey(key).consumer({ groupId, maxWaitTimeInMs: 200 })
  await consumer.connect()
  await consumer.subscribe({ topics: [...topics], fromBeginning: true })
  await consumer.run({
    async eachMessage({ topic, partition, message }) {
      const { offset, key: keyBytes, value } = message
      records.get(topic)?.push({ partition, offset: Number(offset), key: String(keyBytes), value })
      turnstile.changed()
    },
  })
  return {
    of: (topic) => records.get(topic) ?? [],
    until: (holds, describe) => turnstile.until(holds, describe, 120_000),
    close: () => consumer.disconnect(),
  }
}
