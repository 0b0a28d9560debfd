import { Kafka, logLevel } from 'kafkajs'
import type { KeyFile } from './key-file.ts'
import { createTurnstile } from './turnstile.ts'

/** A program that reads a topic as a member of a group, and commits what it has read. */
export interface GroupReader {
  /** Resolves when it has committed this offset of one partition, or a later one. */
  committed(offset: number): Promise<void>
  /** Leaves the group. */
  leave(): Promise<void>
}

export interface ReaderOptions {
  readonly groupId: string
  readonly topic: string
  readonly clientId: string
  /**
   * Commits no further than this offset of any partition; everything where absent. By offset, since
   * a partition may change hands while the group is still gathering.
   */
  readonly commitsMax?: number
}

/** Joins; resolves when the group has given the reader its partitions, be it none. */
export async function startReader(file: KeyFile, options: ReaderOptions): Promise<GroupReader> {
  const consumer = new Kafka({
    clientId: options.clientId,
    brokers: [file.bootstrapServer],
    sasl: { mechanism: 'plain', username: file.key, password: file.secret },
    logLevel: logLevel.NOTHING,
  }).consumer({
    groupId: options.groupId,
    sessionTimeout: 10_000,
    heartbeatInterval: 500,
    // kafkajs sends a heartbeat, and leaves, only once the fetch under way has come back.
    maxWaitTimeInMs: 300,
  })
  const joined = new Promise<void>((resolve) => {
    consumer.on(consumer.events.GROUP_JOIN, () => resolve())
  })
  await consumer.connect()
  await consumer.subscribe({ topic: options.topic, fromBeginning: true })
  const turnstile = createTurnstile()
  let mostCommitted = 0
  await consumer.run({
    autoCommit: false,
    eachMessage: async ({ topic, partition, message }) => {
      const next = Number(message.offset) + 1
      if (next > (options.commitsMax ?? Number.POSITIVE_INFINITY)) return
      await consumer.commitOffsets([{ topic, partition, offset: String(next) }])
      mostCommitted = Math.max(mostCommitted, next)
      turnstile.changed()
    },
  })
  await joined
  return {
    committed: (offset) =>
      turnstile.until(
        () => mostCommitted >= offset,
        () => `${options.clientId} committed ${mostCommitted} of ${offset}`,
      ),
    leave: () => consumer.disconnect(),
  }
}
