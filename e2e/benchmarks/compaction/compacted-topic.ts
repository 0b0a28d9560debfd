import { setTimeout as delay } from 'node:timers/promises'
import { DescribeLogDirs } from '../../../broker/protocol/messages/describe-log-dirs.ts'
import { connectKafka } from '../../support/kafka-connection.ts'
import { PartitionReader } from './reader.ts'
import type { TopicTarget } from './topic-target.ts'
import { produceUpdates, type UpdatePlan, Updates } from './updates.ts'

/** What the topic is created with: tombstones may go as soon as they were compacted once. */
export const compactedTopicConfig = {
  'cleanup.policy': 'compact',
  'segment.bytes': '52428800',
  'delete.retention.ms': '1000',
} as const

export interface CompactionRun extends UpdatePlan {
  readonly target: TopicTarget
  /** How many records may be left, and how long compaction may take to get there. */
  readonly leftMax: number
  readonly withinMs: number
}

export interface CompactionOutcome {
  readonly produceSeconds: number
  /** From the last of the updates until so few were left. */
  readonly compactSeconds: number
  readonly left: number
  readonly leftBytes: number
  /** How many offsets a consumer passed over that read slowly all the time. */
  readonly slowSkipped: number
  readonly problems: readonly string[]
}

/**
 * Updates keys as fast as the broker takes it while one consumer follows the end of each partition
 * and another falls behind it, goes on with a few updates while the rest is compacted, and then
 * holds everything that is left against everything that was written.
 */
export async function runCompaction(run: CompactionRun): Promise<CompactionOutcome> {
  const updates = new Updates(run)
  const partitions = Array.from({ length: run.partitions }, (_, partition) => partition)
  let isOver = false
  const tails = partitions.map((partition) => new PartitionReader(partition, updates))
  const slow = partitions.map((partition) => new PartitionReader(partition, updates))
  const isEnough = (reader: PartitionReader) =>
    isOver && reader.position >= updates.endOf(reader.partition)
  const reading = [
    ...tails.map((reader) => reader.read(run.target, { isEnough })),
    ...slow.map((reader) => reader.read(run.target, { isEnough, pauseMs: 100 })),
  ]
  const failed = Promise.all(reading).then(() => {})

  const startedMs = performance.now()
  await Promise.race([produceUpdates(run.target, updates, { from: 0, to: run.count }), failed])
  const producedMs = performance.now()

  const trickle = new AbortController()
  const range = { from: run.count, to: run.count + run.keys, pauseMs: 1000, signal: trickle.signal }
  const trickling = produceUpdates(run.target, updates, range)
  let now = await readAll(run.target, updates)
  while (now.left > run.leftMax && performance.now() - producedMs < run.withinMs) {
    await delay(lookEveryMs)
    now = await readAll(run.target, updates)
  }
  const compactedMs = performance.now()
  trickle.abort()
  await trickling
  isOver = true
  await failed

  const { readers, left, leftBytes } = await readAll(run.target, updates)
  const problems = [...tails, ...slow, ...readers].flatMap((reader) => reader.check())
  for (const reader of readers) problems.push(...lastValueProblems(updates, reader))
  if (left > run.leftMax) problems.push(`${left} records are left`)
  const toldBytes = await toldSize(run.target)
  if (toldBytes !== leftBytes) {
    problems.push(`DescribeLogDirs tells ${toldBytes} bytes, reading gives ${leftBytes}`)
  }
  return {
    produceSeconds: (producedMs - startedMs) / 1000,
    compactSeconds: (compactedMs - producedMs) / 1000,
    left,
    leftBytes,
    slowSkipped: slow.reduce((sum, { skipped }) => sum + skipped, 0),
    problems,
  }
}

/** Counting what is left is reading all of it, which is work for the broker too. */
const lookEveryMs = 3000

/** Reads every partition from its beginning to where it ends now. */
async function readAll(target: TopicTarget, updates: Updates) {
  const readers = await Promise.all(
    Array.from({ length: updates.plan.partitions }, async (_, partition) => {
      const reader = new PartitionReader(partition, updates)
      const end = updates.endOf(partition)
      await reader.read(target, { isEnough: ({ position }) => position >= end })
      return reader
    }),
  )
  const sum = (of: (reader: PartitionReader) => number) =>
    readers.reduce((total, reader) => total + of(reader), 0)
  return { readers, left: sum(({ records }) => records), leftBytes: sum((one) => one.sizeBytes) }
}

function lastValueProblems(updates: Updates, reader: PartitionReader): readonly string[] {
  return updates.keysOf(reader.partition).flatMap((key) => {
    const written = updates.numberAt(reader.partition, updates.lastOffsetOf(key))
    const expected = written === undefined || updates.isTombstone(written) ? null : written
    const found = reader.lastNumberOf(key)
    return found === expected ? [] : [`key-${key} ends with ${found}, not with ${expected}`]
  })
}

async function toldSize(target: TopicTarget): Promise<number> {
  const client = await connectKafka(target)
  const answer = await client.send(DescribeLogDirs, 4, { topics: null })
  client.close()
  const topics = answer.results.flatMap((result) => result.topics)
  const partitions = topics.find(({ name }) => name === target.topic)?.partitions ?? []
  return partitions.reduce((sum, { partitionSize }) => sum + partitionSize, 0)
}
