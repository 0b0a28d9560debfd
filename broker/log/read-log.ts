import { type Refusal, refuse } from '../errors.ts'
import { sliceChunk } from './chunk-slice.ts'
import type { ChunkHistory } from './history.ts'

/**
 * Reads whole batches from the one that holds `offset` on, up to the high watermark. An offset
 * outside the log is refused; the high watermark itself is an empty success.
 *
 * It waits for storage only while it has nothing to give: what follows is read ahead meanwhile.
 * Rejects where storage fails.
 */
export async function readLog(
  log: ReadableLog,
  history: ChunkHistory,
  offset: number,
  { maxBytes, atLeastOneBatch }: ReadOptions,
): Promise<LogSlice | Refusal> {
  const { partitionId } = log
  const records: Uint8Array[] = []
  let position = offset
  let left = maxBytes
  while (isInside(log, position) && (left > 0 || (atLeastOneBatch && records.length === 0))) {
    const endOffset = log.highWatermark
    let chunk = history.find(partitionId, position)
    if (chunk === undefined) {
      if (records.length > 0) {
        history.prefetch(partitionId, position, endOffset)
        break
      }
      chunk = await history.load(partitionId, position, endOffset)
      if (chunk === undefined) {
        break
      }
      history.prefetch(partitionId, chunk.nextOffset, endOffset)
    }
    const slice = sliceChunk(chunk, {
      offset: position,
      maxBytes: left,
      atLeastOne: atLeastOneBatch && records.length === 0,
    })
    if (slice === null) {
      break
    }
    // Of the last offsets that a compacted chunk covers there may be no record.
    if (slice.bytes.length > 0) {
      records.push(slice.bytes)
    }
    left -= slice.bytes.length
    position = slice.nextOffset
    if (position < chunk.nextOffset) {
      break
    }
  }
  // Asked last, because the log may have moved on while storage was read.
  return offset < log.logStartOffset || offset > log.highWatermark
    ? refuse('OFFSET_OUT_OF_RANGE')
    : {
        records: joinTiny(records, maxBytes - left),
        sizeBytes: maxBytes - left,
        nextOffset: position,
      }
}

export interface ReadOptions {
  readonly maxBytes: number
  /** Gives one batch even if it alone is larger than `maxBytes`, so that it blocks nobody (KIP-74). */
  readonly atLeastOneBatch: boolean
}

/** Record batches as stored, in views that must not be changed. */
export interface LogSlice {
  readonly records: readonly Uint8Array[]
  readonly sizeBytes: number
  /** One past the last record given. */
  readonly nextOffset: number
}

export interface ReadableLog {
  readonly partitionId: number
  readonly logStartOffset: number
  readonly highWatermark: number
}

/** Below this a view costs more to write to a socket than its bytes cost to copy. */
const VIEW_BYTES_MIN = 4096

/** Joins what thousands of chunks of single records would give into one buffer. */
function joinTiny(records: readonly Uint8Array[], sizeBytes: number): readonly Uint8Array[] {
  return records.length > 1 && sizeBytes < records.length * VIEW_BYTES_MIN
    ? [Buffer.concat(records, sizeBytes)]
    : records
}

function isInside(log: ReadableLog, offset: number): boolean {
  return offset >= log.logStartOffset && offset < log.highWatermark
}
