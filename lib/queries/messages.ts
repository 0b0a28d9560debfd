import 'server-only'
import type { MessageView } from '../format/message-view.ts'
import {
  formatPositions,
  type MessageBatch,
  type MessageRow,
  newestFirst,
  type OffsetRange,
} from '../format/messages.ts'
import type { ClusterClient } from '../kafka/cluster-client.ts'
import { clusterClient } from '../kafka/cluster-clients.ts'
import { openBytes, previewBytes, toMessageRow, wholeBytes } from '../kafka/message-rows.ts'
import {
  type Cursor,
  type Direction,
  type PartitionSpan,
  pageOf,
  spansOf,
} from './message-pages.ts'
import type { OwnCluster } from './ownership.ts'
import { type FromCluster, fromCluster } from './topics.ts'

export interface MessagesRead extends MessageBatch {
  readonly tookMs: number
  /** Where the next page begins, as positions; null where nothing is left in this direction. */
  readonly more: string | null
}

/** The first page of a view: from its end backwards, or from where it jumps to forwards. */
export function readMessages(
  cluster: OwnCluster,
  topic: string,
  view: MessageView,
): Promise<FromCluster<MessagesRead>> {
  return fromCluster(cluster, async () => {
    const startedMs = performance.now()
    const client = clusterClient(cluster.id)
    const offsets = chosen(await client.readOffsets(topic), view.partitions)
    const cursor = await beginningOf(client, topic, view, offsets)
    const direction = directionOf(view)
    const page = await readPage({ client, topic, offsets }, cursor, direction, view.max)
    return {
      ...page,
      skipped: 0,
      next: formatPositions(new Map(offsets.map(({ partition, end }) => [partition, end]))),
      offsets,
      tookMs: Math.round(performance.now() - startedMs),
    }
  })
}

/** The next page behind `cursor`, which the page before named. */
export function readMoreMessages(
  cluster: OwnCluster,
  topic: string,
  page: { readonly cursor: Cursor; readonly direction: Direction; readonly max: number },
): Promise<FromCluster<Pick<MessagesRead, 'rows' | 'more'>>> {
  return fromCluster(cluster, async () => {
    const client = clusterClient(cluster.id)
    const offsets = await client.readOffsets(topic)
    return readPage({ client, topic, offsets }, page.cursor, page.direction, page.max)
  })
}

/** What a tab without a stream is told at most; what it does not show is counted. */
const sinceMax = 50

/** The newest of what came after the given positions, in their partitions. */
export function readMessagesSince(
  cluster: OwnCluster,
  topic: string,
  from: Cursor,
): Promise<FromCluster<MessageBatch>> {
  return fromCluster(cluster, async () => {
    const client = clusterClient(cluster.id)
    const offsets = chosen(await client.readOffsets(topic), [...from.keys()])
    const begins = offsets.map((range) => beginIn(range, from.get(range.partition) ?? range.end))
    const spans = offsets.map(({ partition, end }, i) => {
      const fromOffset = Math.max(begins[i] ?? end, end - sinceMax)
      return { partition, fromOffset, toOffset: end }
    })
    const rows = newestFirst(await readSpans(client, topic, spans, 'newest'), sinceMax)
    const since = offsets.reduce((sum, { end }, i) => sum + end - (begins[i] ?? end), 0)
    return {
      rows,
      skipped: Math.max(0, since - rows.length),
      next: formatPositions(new Map(offsets.map(({ partition, end }) => [partition, end]))),
      offsets,
    }
  })
}

/**
 * One record, `whole` with all of its bytes; `ok` is null where there is none at this place.
 */
export function readMessage(
  cluster: OwnCluster,
  topic: string,
  place: { readonly partition: number; readonly offset: number },
  part: 'opened' | 'whole' = 'opened',
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
    return record === undefined
      ? null
      : toMessageRow(record, part === 'whole' ? wholeBytes : openBytes)
  })
}

function chosen(offsets: readonly OffsetRange[], partitions: readonly number[] | null) {
  return partitions === null
    ? offsets
    : offsets.filter(({ partition }) => partitions.includes(partition))
}

function directionOf({ jump }: MessageView): Direction {
  return jump.kind === 'latest' ? 'backwards' : 'forwards'
}

/** Where a view begins in each partition; a place outside the log is moved into it. */
async function beginningOf(
  client: ClusterClient,
  topic: string,
  { jump }: MessageView,
  offsets: readonly OffsetRange[],
): Promise<Cursor> {
  const atTime =
    jump.kind === 'time' ? await client.readOffsetsAtTime(topic, jump.timestampMs) : undefined
  return new Map(
    offsets.map((range) => {
      if (jump.kind === 'beginning') return [range.partition, range.start]
      if (jump.kind === 'offset') return [range.partition, beginIn(range, jump.offset)]
      return [range.partition, atTime?.get(range.partition) ?? range.end]
    }),
  )
}

function beginIn({ start, end }: OffsetRange, offset: number): number {
  return Math.min(Math.max(offset, start), end)
}

interface ReadFrom {
  readonly client: ClusterClient
  readonly topic: string
  readonly offsets: readonly OffsetRange[]
}

/** Stretches without a record, as compaction leaves, are passed over in growing steps. */
const emptyStepsMax = 12

async function readPage(
  { client, topic, offsets }: ReadFrom,
  begin: Cursor,
  direction: Direction,
  max: number,
): Promise<Pick<MessagesRead, 'rows' | 'more'>> {
  const keep = direction === 'backwards' ? 'newest' : 'oldest'
  for (let cursor = begin, step = 0, spanMax = max; ; step++, spanMax *= 4) {
    const spans = spansOf(offsets, cursor, direction, spanMax)
    const read = await readSpans(client, topic, spans, keep, max)
    const { rows, next } = pageOf(read, spans, offsets, direction, max)
    if (rows.length > 0 || next === null || step === emptyStepsMax) {
      return { rows, more: next === null ? null : formatPositions(next) }
    }
    cursor = next
  }
}

/** A long list is for skimming; an opened row brings its own bytes. */
const longList = 100
const shortPreview = { ...previewBytes, value: 1024, header: 128 }

/** Partitions are read a few at a time: a topic may have hundreds, and each answer takes memory. */
async function readSpans(
  client: ClusterClient,
  topic: string,
  spans: readonly PartitionSpan[],
  keep: 'newest' | 'oldest',
  rowsMax = 0,
) {
  const rows: MessageRow[] = []
  const bytes = rowsMax > longList ? shortPreview : previewBytes
  const queue = spans.filter(({ fromOffset, toOffset }) => fromOffset < toOffset)
  const workers = Array.from({ length: 8 }, async () => {
    for (let span = queue.shift(); span !== undefined; span = queue.shift()) {
      const records = await client.readPartitionRange({ topic, keep, ...span })
      rows.push(...records.map((record) => toMessageRow(record, bytes)))
    }
  })
  await Promise.all(workers)
  return rows
}
