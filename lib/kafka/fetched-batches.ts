import { decompress } from '../../broker/protocol/compression.ts'
import { DecodeError } from '../../broker/protocol/decode-error.ts'
import {
  BATCH_HEADER_BYTES,
  type BatchHeader,
  batchesIn,
} from '../../broker/protocol/record-batch.ts'
import { asBuffer } from '../../broker/protocol/wire.ts'
import { RecordCursor } from './record-cursor.ts'

/** Decompressed records of one batch may take this much; one that takes more is not readable. */
const recordsBytesMax = 64 * 1024 * 1024

/** A batch as it was fetched, not yet decompressed. */
export interface FetchedBatch {
  readonly partition: number
  readonly baseOffset: number
  /** Where the next batch may begin. */
  readonly nextOffset: number
  readonly recordCount: number
  /** Holds a transaction's marker, which is no record of anybody. */
  readonly isControl: boolean
  /**
   * At once where the batch is not compressed; all such cursors of one answer share their `bytes`.
   * Going through a batch that is damaged or too large throws what `unreadableReason` explains.
   */
  openRecords(): RecordCursor | Promise<RecordCursor>
}

/** The batches of one partition in an answer. */
export function fetchedBatches(partition: number, bytes: Uint8Array): FetchedBatch[] {
  const buffer = asBuffer(bytes)
  return Array.from(batchesIn(buffer), (header) => ({
    partition,
    baseOffset: header.baseOffset,
    nextOffset: header.baseOffset + header.lastOffsetDelta + 1,
    recordCount: header.recordCount,
    isControl: header.isControl,
    openRecords: () => openRecords(buffer, header, partition),
  }))
}

function openRecords(
  bytes: Buffer,
  header: BatchHeader,
  partition: number,
): RecordCursor | Promise<RecordCursor> {
  const range = { at: header.at + BATCH_HEADER_BYTES, end: header.at + header.sizeBytes }
  if (header.compression === 'none') return new RecordCursor(bytes, range, header, partition)
  const payload = bytes.subarray(range.at, range.end)
  return decompress(header.compression, payload, recordsBytesMax).then((records) => {
    const whole = { at: 0, end: records.length }
    return new RecordCursor(asBuffer(records), whole, header, partition)
  })
}

/** Why a batch cannot be read, in a sentence; null for an error that has another cause. */
export function unreadableReason(error: unknown): string | null {
  return error instanceof DecodeError ? `${error.message}.` : null
}
