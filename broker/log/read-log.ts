import { type Refusal, refuse } from '../errors.ts'
import { sliceChunk } from './chunk-slice.ts'
import type { ChunkHistory } from './history.ts'

/**
 * Reads whole batches from the one that holds `offset` on, up to the high watermark. An offset
 * outside the log is refused; the high watermark itself is an empty success.
 *
 * It waits for storage only while it has nothing to give, and where it may: what follows is read ahead.
 * Rejects where storage fails.
 */
export async function readLog(
  log: ReadableLog,
  history: ChunkHistory,
  offset: number,
  { maxBytes, atLeastOneBatch, mayWait = true }: ReadOptions,
): Promise<LogSlice | Refusal> {
  const { partitionId } = log
  const records: Uint8Array[] = []
  const holds: (() => void)[] = []
  let position = offset
  let left = maxBytes
  while (isInside(log, position) && (left > 0 || (atLeastOneBatch && records.length === 0))) {
    const endOffset = log.highWatermark
    let chunk = history.find(partitionId, position)
    if (chunk === undefined) {
      if (records.length > 0 || !mayWait) {
        break
      }
      chunk = await history.load(partitionId, position, endOffset)
      if (chunk === undefined) {
        break
      }
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
      holds.push(history.hold(chunk))
    }
    left -= slice.bytes.length
    position = slice.nextOffset
    if (position < chunk.nextOffset) {
      break
    }
    history.passed(chunk)
  }
  if (isInside(log, position)) {
    history.readAhead(partitionId, position, log.highWatermark)
  }
  const slice = givenSlice(records, { sizeBytes: maxBytes - left, nextOffset: position, holds })
  // Asked last, because the log may have moved on while storage was read.
  if (offset < log.logStartOffset || offset > log.highWatermark) {
    slice.release()
    return refuse('OFFSET_OUT_OF_RANGE')
  }
  return slice
}

export interface ReadOptions {
  readonly maxBytes: number
  /** Gives one batch even if it alone is larger than `maxBytes`, so that it blocks nobody (KIP-74). */
  readonly atLeastOneBatch: boolean
  /** Whether it may wait for storage; otherwise only what is in memory is given. It may by default. */
  readonly mayWait?: boolean
}

/** Record batches as stored, in views that must not be changed, nor looked at once they are released. */
export interface LogSlice {
  readonly records: readonly Uint8Array[]
  readonly sizeBytes: number
  /** One past the last record given. */
  readonly nextOffset: number
  /** To be called when the bytes are on their way, or will never be. */
  release(): void
}

export interface ReadableLog {
  readonly partitionId: number
  readonly logStartOffset: number
  readonly highWatermark: number
}

/** Below this a view costs more to write to a socket than its bytes cost to copy. */
const VIEW_BYTES_MIN = 4096

/** What thousands of chunks of single records would give is joined into one buffer. */
function givenSlice(
  records: readonly Uint8Array[],
  { sizeBytes, nextOffset, holds }: GivenSlice,
): LogSlice {
  const keep = (bytes: Uint8Array, index: number) => {
    if (!isWasteful(bytes)) return bytes
    const copy = Buffer.from(bytes)
    holds[index]?.()
    return copy
  }
  const isTiny = records.length > 1 && sizeBytes < records.length * VIEW_BYTES_MIN
  const slice = {
    records: isTiny ? [Buffer.concat(records, sizeBytes)] : records.map(keep),
    sizeBytes,
    nextOffset,
    release() {
      for (const release of holds) release()
    },
  }
  if (isTiny) slice.release()
  return slice
}

/** Whether a view keeps much more in memory than it shows, for as long as its client does not read. */
function isWasteful({ buffer, length }: Uint8Array): boolean {
  return buffer.byteLength > KEPT_BYTES_MIN && length * KEPT_TIMES_MAX < buffer.byteLength
}

const KEPT_BYTES_MIN = 65_536
const KEPT_TIMES_MAX = 4

interface GivenSlice extends Pick<LogSlice, 'sizeBytes' | 'nextOffset'> {
  /** One for each piece of the records. */
  readonly holds: readonly (() => void)[]
}

function isInside(log: ReadableLog, offset: number): boolean {
  return offset >= log.logStartOffset && offset < log.highWatermark
}
