import { compress } from '../../protocol/compression.ts'
import {
  type BatchHeader,
  DELETE_HORIZON,
  type NewBatchHeader,
  sealBatch,
} from '../../protocol/record-batch.ts'
import type { KeyOffsets } from './key-offsets.ts'
import { RecordSpans } from './record-spans.ts'

/**
 * What compaction leaves of one batch: the records that are the last of their key, as they are. Base
 * offset, last offset delta and producer fields stay, so that what is missing is a gap within the
 * batch and nothing moves.
 *
 * Tombstones follow KIP-534: the batch in which one is first left as the last of its key is marked
 * with the time when it may go. The time takes the place of the base timestamp, and the records'
 * timestamps become relative to it, which every client reads as before.
 */
export async function cleanBatch(batch: DecodedBatch, rules: CleaningRules): Promise<CleanedBatch> {
  const kept = keepRecords(batch, rules)
  const { header, bytes } = batch
  if (kept.count === 0) {
    return rules.isLast(header)
      ? kept.isEmptyAlready
        ? unchanged(bytes, header)
        : {
            outcome: 'changed',
            bytes: emptyBatch(header),
            maxTimestampMs: NO_TIMESTAMP,
            horizonMs: null,
          }
      : { outcome: 'dropped' }
  }
  const known = deleteHorizonMs(header)
  const isDateDue = kept.isHorizonDue && rules.isPastClean()
  const horizonMs = known ?? (isDateDue ? rules.nowMs + rules.deleteRetentionMs : null)
  const waitsFor = kept.hasTombstone ? horizonMs : null
  if (kept.isWhole && horizonMs === known) {
    return { ...unchanged(bytes, header), horizonMs: waitsFor }
  }
  const baseTimestampMs = horizonMs ?? header.baseTimestampMs
  const records = gather(batch, kept, baseTimestampMs)
  // A producer may have understated the largest time. What it said is what searches go by, and a
  // chunk that became younger than those before and after it would mislead them.
  const maxTimestampMs =
    header.timestampType === 'LogAppendTime'
      ? header.maxTimestampMs
      : Math.min(kept.maxTimestampMs, header.maxTimestampMs)
  const changed: NewBatchHeader = {
    ...header,
    attributes: header.attributes | (horizonMs === null ? 0 : DELETE_HORIZON),
    baseTimestampMs,
    maxTimestampMs,
    recordCount: kept.count,
  }
  const sealed = sealBatch(changed, await compress(header.compression, records))
  return { outcome: 'changed', bytes: sealed, maxTimestampMs, horizonMs: waitsFor }
}

/** A batch and its records, decompressed. */
export interface DecodedBatch {
  readonly header: BatchHeader
  /** The batch alone, as it is stored. */
  readonly bytes: Uint8Array
  readonly payload: Uint8Array
}

export interface CleaningRules {
  readonly offsets: KeyOffsets
  readonly nowMs: number
  /** `delete.retention.ms`. */
  readonly deleteRetentionMs: number
  /**
   * Whether everything before this batch was cleaned, so that nothing which a tombstone deletes can be
   * left there. A tombstone that is not dated stays.
   */
  readonly isPastClean: () => boolean
  /** Whether the log ends with this batch, so that its end has to stay for consumers to get to. */
  readonly isLast: (header: BatchHeader) => boolean
}

export type CleanedBatch =
  | { readonly outcome: 'dropped' }
  | {
      readonly outcome: 'unchanged' | 'changed'
      readonly bytes: Uint8Array
      readonly maxTimestampMs: number
      /** When its tombstones may go; null where it has none, or none that is dated. */
      readonly horizonMs: number | null
    }

/** When the tombstones of a batch may go, if it says so. */
function deleteHorizonMs(header: BatchHeader): number | null {
  return (header.attributes & DELETE_HORIZON) === 0 ? null : header.baseTimestampMs
}

interface KeptRecords {
  /** Start and end of each, in turn. */
  readonly ranges: readonly number[]
  readonly count: number
  readonly isWhole: boolean
  readonly isEmptyAlready: boolean
  readonly hasTombstone: boolean
  /** Every tombstone among them was looked for among the keys, so that all of their past is gone. */
  readonly isHorizonDue: boolean
  readonly maxTimestampMs: number
}

function keepRecords({ header, payload }: DecodedBatch, rules: CleaningRules): KeptRecords {
  const horizonMs = deleteHorizonMs(header)
  const areTombstonesOver = horizonMs !== null && horizonMs <= rules.nowMs
  const spans = new RecordSpans(payload, header.recordCount)
  const ranges: number[] = []
  let tombstones = 0
  let dated = 0
  let maxTimestampMs = NO_TIMESTAMP
  while (spans.next()) {
    // A topic that was not compacted before may hold records without a key; Kafka drops them too.
    if (spans.keyLength < 0 || (spans.isTombstone && areTombstonesOver)) continue
    const offset = header.baseOffset + spans.offsetDelta
    const last = rules.offsets.get(payload, spans.keyStart, spans.keyLength)
    if (offset < last) continue
    ranges.push(spans.start, spans.end)
    tombstones += spans.isTombstone ? 1 : 0
    dated += spans.isTombstone && offset === last ? 1 : 0
    maxTimestampMs = Math.max(maxTimestampMs, header.baseTimestampMs + spans.timestampDeltaMs)
  }
  const count = ranges.length / 2
  return {
    ranges,
    count,
    isWhole: count === header.recordCount,
    isEmptyAlready: header.recordCount === 0,
    hasTombstone: tombstones > 0,
    isHorizonDue: tombstones > 0 && dated === tombstones,
    maxTimestampMs,
  }
}

/** The kept records one after another, their timestamps relative to a base. */
function gather(batch: DecodedBatch, kept: KeptRecords, baseTimestampMs: number): Uint8Array {
  const { header, payload } = batch
  if (baseTimestampMs === header.baseTimestampMs) {
    const parts: Uint8Array[] = []
    for (let i = 0; i < kept.ranges.length; i += 2) {
      parts.push(payload.subarray(kept.ranges[i], kept.ranges[i + 1]))
    }
    return Buffer.concat(parts)
  }
  const starts = new Set(kept.ranges.filter((_, i) => i % 2 === 0))
  const spans = new RecordSpans(payload, header.recordCount)
  const parts: Uint8Array[] = []
  while (spans.next()) {
    if (starts.has(spans.start)) {
      const deltaMs = header.baseTimestampMs + spans.timestampDeltaMs - baseTimestampMs
      const rest = payload.subarray(spans.restStart, spans.end)
      const delta = varint(deltaMs)
      parts.push(varint(1 + delta.length + rest.length), NO_ATTRIBUTES, delta, rest)
    }
  }
  return Buffer.concat(parts)
}

function unchanged(bytes: Uint8Array, { maxTimestampMs }: BatchHeader) {
  return { outcome: 'unchanged', bytes, maxTimestampMs, horizonMs: null } as const
}

/** A header alone, as Kafka leaves it: it carries the log's end and what its producer wrote last. */
function emptyBatch(header: BatchHeader): Uint8Array {
  return sealBatch(
    {
      ...header,
      attributes: header.attributes & ~COMPRESSION_MASK & ~DELETE_HORIZON,
      baseTimestampMs: NO_TIMESTAMP,
      maxTimestampMs: NO_TIMESTAMP,
      recordCount: 0,
    },
    NO_RECORDS,
  )
}

const NO_TIMESTAMP = -1
const COMPRESSION_MASK = 7
const NO_RECORDS = new Uint8Array(0)
const NO_ATTRIBUTES = Uint8Array.of(0)

/** A zigzag variable-length integer. */
function varint(value: number): Uint8Array {
  const bytes: number[] = []
  let left = value >= 0 ? value * 2 : -value * 2 - 1
  while (left > 0x7f) {
    bytes.push((left % 128) | 0x80)
    left = Math.floor(left / 128)
  }
  bytes.push(left)
  return Uint8Array.from(bytes)
}
