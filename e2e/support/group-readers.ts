import { Kafka, logLevel } from 'kafkajs'
import type { KeyFile } from './key-file.ts'
import { createTurnstile } from './turnstile.ts'

/** A program that reads a topic as a member of a group, and commits what it has read. */
export interface GroupReader {
  /** Resolves when it has committed so many messages of one partition, since it joined. */
  committed(count: number): Promise<void>
  /** Leaves the group. */
  leave(): Promise<void>
}

export interface ReaderOptions {
  readonly groupId: string
  readonly topic: string
  readonly clientId: string
  /** Commits no further than this many messages of each partition; all of them where absent. */
  readonly commitsMax?: number
}

/** Joins; resolves when the group has given the reader its partitions, be it none. */
export async function startReader(file: KeyFile, options: ReaderOptions): Promise<GroupReader> {
  const consumer = new Kafka({
    clientId: options.clientId,
    brokers: [file.bootstrapServer],
    sasl: { mechanism: 'plain', username: file.key, password: file.secret },
    logLevel: logLevel.NOTHING,
  }).consumer({ groupId: options.groupId, sessionTimeout: 10_000, heartbeatInterval: 500 })
  const joined = new Promise<void>((resolve) => {
    consumer.on(consumer.events.GROUP_JOIN, () => resolve())
  })
  await consumer.connect()
  await consumer.subscribe({ topic: options.topic, fromBeginning: true })
  const read = new Map<number, number>()
  const turnstile = createTurnstile()
  let mostCommitted = 0
  await consumer.run({
    autoCommit: false,
    eachMessage: async ({ topic, partition, message }) => {
      const count = (read.get(partition) ?? 0) + 1
      read.set(partition, count)
      if (count > (options.commitsMax ?? Number.POSITIVE_INFINITY)) return
      const offset = String(BigInt(message.offset) + 1n)
      await consumer.commitOffsets([{ topic, partition, offset }])
      mostCommitted = Math.max(mostCommitted, count)
      turnstile.changed()
    },
  })
  await joined
  return {
    committed: (count) =>
      turnstile.until(
        () => mostCommitted >= count,
        () => `${options.clientId} committed ${mostCommitted} of ${count}`,
      ),
    leave: () => consumer.disconnect(),
  }
}
