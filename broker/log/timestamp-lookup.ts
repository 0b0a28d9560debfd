import { readBatchHeader } from '../protocol/record-batch.ts'
import { openRecords } from '../protocol/records.ts'
import type { ChunkInfo, LogStore } from '../storage/storage.ts'
import { batchesFrom } from './chunk-slice.ts'
import type { ChunkHistory } from './history.ts'
import type { ReadableLog } from './read-log.ts'

/**
 * The first record at or after a timestamp, as ListOffsets means it: storage names the chunk, the
 * headers name the batch, and that one batch is decoded. Null where there is no such record.
 */
export async function findTimestamp(
  log: ReadableLog,
  source: LookupSource,
  timestampMs: number,
): Promise<TimestampedOffset | null> {
  const first = await source.storage.findByTimestamp(log.partitionId, timestampMs)
  const found = first === null ? null : await firstSince(log, source, first, timestampMs)
  if (first === null || found !== null) {
    return found
  }
  // The chunk's records that are late enough were deleted, or its batches promised more than they
  // hold. Both are rare, so going through the descriptions of the chunks after it will do.
  for (const chunk of await source.storage.list(log.partitionId, 0, ALL_CHUNKS)) {
    if (chunk.baseOffset >= first.nextOffset && chunk.maxTimestampMs >= timestampMs) {
      const later = await firstSince(log, source, chunk, timestampMs)
      if (later !== null) {
        return later
      }
    }
  }
  return null
}

/** The first record that has the largest timestamp of the log (KIP-734), or null in an empty log. */
export async function findMaxTimestamp(
  log: ReadableLog,
  source: LookupSource,
): Promise<TimestampedOffset | null> {
  const largest = await source.storage.findMaxTimestamp(log.partitionId)
  if (largest === null) {
    return null
  }
  const found = await latestIn(log, source, largest)
  if (largest.baseOffset >= log.logStartOffset) {
    return found
  }
  // Part of that chunk is deleted, perhaps just the record that made it the one.
  const rest = await source.storage.list(log.partitionId, 0, ALL_CHUNKS)
  const other = rest
    .filter((chunk) => chunk.baseOffset >= largest.nextOffset)
    .reduce<ChunkInfo | null>(
      (best, chunk) =>
        best !== null && best.maxTimestampMs >= chunk.maxTimestampMs ? best : chunk,
      null,
    )
  const otherFound = other === null ? null : await latestIn(log, source, other)
  return laterOf(found, otherFound)
}

export interface TimestampedOffset {
  readonly offset: number
  readonly timestampMs: number
}

export interface LookupSource {
  readonly storage: LogStore
  readonly history: ChunkHistory
}

const ALL_CHUNKS = 2 ** 31 - 1

async function firstSince(
  log: ReadableLog,
  source: LookupSource,
  info: ChunkInfo,
  timestampMs: number,
): Promise<TimestampedOffset | null> {
  for await (const batch of batchesIn(log, source, info)) {
    const isLateEnough = (header: { maxTimestampMs: number }) =>
      header.maxTimestampMs >= timestampMs
    for await (const records of timestampsOf(batch, log.logStartOffset, isLateEnough)) {
      for (const record of records) {
        if (record.offset >= log.logStartOffset && record.timestampMs >= timestampMs) {
          return record
        }
      }
    }
  }
  return null
}

async function latestIn(
  log: ReadableLog,
  source: LookupSource,
  info: ChunkInfo,
): Promise<TimestampedOffset | null> {
  let latest: TimestampedOffset | null = null
  for await (const batch of batchesIn(log, source, info)) {
    const known = latest?.timestampMs ?? Number.NEGATIVE_INFINITY
    const isLater = (header: { maxTimestampMs: number }) => header.maxTimestampMs > known
    for await (const records of timestampsOf(batch, log.logStartOffset, isLater)) {
      for (const record of records) {
        if (record.offset >= log.logStartOffset) {
          latest = laterOf(latest, record)
        }
      }
    }
  }
  return latest
}

/** In memory a chunk may be one with those before and after it; those after it do no harm. */
async function* batchesIn(
  log: ReadableLog,
  { history }: LookupSource,
  { baseOffset }: ChunkInfo,
): AsyncGenerator<Buffer> {
  const chunk = await history.loadAlone(log.partitionId, baseOffset, log.highWatermark)
  if (chunk === undefined) {
    return
  }
  const release = history.hold(chunk)
  try {
    yield* batchesFrom(chunk, Math.max(log.logStartOffset, baseOffset))
  } finally {
    release()
  }
}

/** Where both have the same timestamp, the first of the two. */
function laterOf(
  first: TimestampedOffset | null,
  second: TimestampedOffset | null,
): TimestampedOffset | null {
  if (first === null || second === null) {
    return first ?? second
  }
  return second.timestampMs > first.timestampMs ? second : first
}

/**
 * The records of a stored batch in order, if its header is worth decoding it for: so many at a time,
 * each in a turn of the event loop of its own, since a small compressed batch may hold millions.
 */
async function* timestampsOf(
  batch: Buffer,
  logStartOffset: number,
  isWorthIt: (header: { readonly maxTimestampMs: number }) => boolean,
): AsyncGenerator<readonly TimestampedOffset[]> {
  const header = readBatchHeader(batch)
  if ('error' in header || !isWorthIt(header)) {
    return
  }
  const { baseOffset, maxTimestampMs } = header
  const isWhole = header.recordCount === header.lastOffsetDelta + 1
  if (header.timestampType === 'LogAppendTime' && isWhole) {
    // All of its records have the same time, so the first that is still there is the answer.
    yield [{ offset: Math.max(baseOffset, logStartOffset), timestampMs: maxTimestampMs }]
    return
  }
  let slice: TimestampedOffset[] = []
  try {
    for (const { offset, timestampMs } of await openRecords(batch, header)) {
      slice.push({ offset, timestampMs })
      if (slice.length === RECORDS_PER_TURN) {
        yield slice
        slice = []
        await new Promise((resolve) => setImmediate(resolve))
      }
    }
  } catch {
    // Only checksums are checked when a batch is taken, so its records may be nonsense, or too many
    // to unpack. Then the whole batch stands for one record.
    slice = [{ offset: baseOffset, timestampMs: maxTimestampMs }]
  }
  yield slice
}

/** About a millisecond's work. */
const RECORDS_PER_TURN = 4096
