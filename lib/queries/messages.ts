import 'server-only'
import {
  formatPositions,
  type MessageBatch,
  type MessageRow,
  newestFirst,
  type OffsetRange,
} from '../format/messages.ts'
import type { ClusterClient } from '../kafka/cluster-client.ts'
import { clusterClient } from '../kafka/cluster-clients.ts'
import { toMessageRow, wholeBytes } from '../kafka/message-rows.ts'
import type { OwnCluster } from './ownership.ts'
import { type FromCluster, fromCluster } from './topics.ts'

/** The newest messages of a topic, or those since given positions; never more than this. */
export const messagesShown = 50

export interface MessagesRead extends MessageBatch {
  readonly tookMs: number
}

/**
 * The newest messages of all partitions together, read up to the end offsets of this moment, so that
 * an empty topic is known at once. With `from`, only what came after those positions.
 */
export function readMessages(
  cluster: OwnCluster,
  topic: string,
  from?: ReadonlyMap<number, number>,
): Promise<FromCluster<MessagesRead>> {
  return fromCluster(cluster, async () => {
    const startedMs = performance.now()
    const client = clusterClient(cluster.id)
    const offsets = await client.readOffsets(topic)
    const ranges = offsets.map((range) => rangeToRead(range, from?.get(range.partition)))
    const read = await readRanges(client, topic, ranges)
    const rows = newestFirst(read, messagesShown)
    const since = from === undefined ? rows.length : sum(ranges.map(({ since }) => since))
    return {
      rows,
      skipped: Math.max(0, since - rows.length),
      next: formatPositions(new Map(offsets.map(({ partition, end }) => [partition, end]))),
      offsets,
      tookMs: Math.round(performance.now() - startedMs),
    }
  })
}

/** One record with all of its bytes; `ok` is null where there is none at this place. */
export function readMessage(
  cluster: OwnCluster,
  topic: string,
  place: { readonly partition: number; readonly offset: number },
): Promise<FromCluster<MessageRow | null>> {
  return fromCluster(cluster, async () => {
    const client = clusterClient(cluster.id)
    const offsets = await client.readOffsets(topic)
    const range = offsets.find(({ partition }) => partition === place.partition)
    const isThere = range !== undefined && place.offset >= range.start && place.offset < range.end
    if (!isThere) return null
    const [record] = await client.readPartitionRange({
      topic,
      partition: place.partition,
      fromOffset: place.offset,
      toOffset: place.offset + 1,
    })
    return record === undefined ? null : toMessageRow(record, wholeBytes)
  })
}

interface RangeToRead extends OffsetRange {
  readonly fromOffset: number
  /** How many offsets lie between the position and the end. */
  readonly since: number
}

function rangeToRead(range: OffsetRange, position: number | undefined): RangeToRead {
  const begin = Math.min(Math.max(position ?? range.start, range.start), range.end)
  return {
    ...range,
    fromOffset: Math.max(begin, range.end - messagesShown),
    since: range.end - begin,
  }
}

/** Partitions are read a few at a time: a topic may have hundreds, and each answer takes memory. */
async function readRanges(client: ClusterClient, topic: string, ranges: readonly RangeToRead[]) {
  const rows: MessageRow[] = []
  const queue = ranges.filter(({ fromOffset, end }) => fromOffset < end)
  const workers = Array.from({ length: 8 }, async () => {
    for (let range = queue.shift(); range !== undefined; range = queue.shift()) {
      const { partition, fromOffset, end: toOffset } = range
      const records = await client.readPartitionRange({ topic, partition, fromOffset, toOffset })
      rows.push(...records.map((record) => toMessageRow(record)))
    }
  })
  await Promise.all(workers)
  return rows
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, number) => total + number, 0)
}
