import { readBatchHeader } from '../protocol/record-batch.ts'
import { decodeRecords } from '../protocol/records.ts'
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
  for (const chunk of await source.storage.listOldest(log.partitionId, ALL_CHUNKS)) {
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
  const rest = await source.storage.listOldest(log.partitionId, ALL_CHUNKS)
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
  const chunk = await source.history.load(log.partitionId, info.baseOffset, log.highWatermark)
  for (const batch of chunk === undefined ? [] : batchesFrom(chunk, log.logStartOffset)) {
    const isLateEnough = (header: { maxTimestampMs: number }) =>
      header.maxTimestampMs >= timestampMs
    for (const record of await timestampsOf(batch, log.logStartOffset, isLateEnough)) {
      if (record.offset >= log.logStartOffset && record.timestampMs >= timestampMs) {
        return { offset: record.offset, timestampMs: record.timestampMs }
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
  const chunk = await source.history.load(log.partitionId, info.baseOffset, log.highWatermark)
  let latest: TimestampedOffset | null = null
  for (const batch of chunk === undefined ? [] : batchesFrom(chunk, log.logStartOffset)) {
    const known = latest?.timestampMs ?? Number.NEGATIVE_INFINITY
    const isLater = (header: { maxTimestampMs: number }) => header.maxTimestampMs > known
    for (const { offset, timestampMs } of await timestampsOf(batch, log.logStartOffset, isLater)) {
      if (offset >= log.logStartOffset) {
        latest = laterOf(latest, { offset, timestampMs })
      }
    }
  }
  return latest
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

/** The records of a stored batch, if its header is worth decoding it for. */
async function timestampsOf(
  batch: Buffer,
  logStartOffset: number,
  isWorthIt: (header: { readonly maxTimestampMs: number }) => boolean,
): Promise<readonly TimestampedOffset[]> {
  const header = readBatchHeader(batch)
  if ('error' in header || !isWorthIt(header)) {
    return []
  }
  const { baseOffset, maxTimestampMs } = header
  if (header.timestampType === 'LogAppendTime') {
    // All of its records have the same time, so the first that is still there is the answer.
    return [{ offset: Math.max(baseOffset, logStartOffset), timestampMs: maxTimestampMs }]
  }
  try {
    return await decodeRecords(batch, header)
  } catch {
    // Only checksums are checked when a batch is taken, so its records may be nonsense, or too many
    // to unpack. Then the whole batch stands for one record.
    return [{ offset: baseOffset, timestampMs: maxTimestampMs }]
  }
}
