import type { Refusal } from '../errors.ts'
import type { ChunkWrite } from '../storage/storage.ts'
import type { AllocateChunk } from './chunk-buffer.ts'
import { CHUNK_BYTES_MAX } from './log-limits.ts'
import { encodeProducerColumn, type ProducerState } from './producer-state.ts'

/**
 * The batches of one partition that were taken but are not stored yet, in order of their offsets:
 * first those of the transaction being written, then those waiting for the next.
 *
 * Record bytes are copied once in their life, here: from the frames they came in into a chunk.
 */
export class PendingBatches {
  #writing: PendingBatch[] = []
  #waiting: PendingBatch[] = []

  add(batch: PendingBatch): void {
    this.#waiting.push(batch)
  }

  get isWaiting(): boolean {
    return this.#waiting.length > 0
  }

  /** The batch that begins at this offset, if it is pending. */
  find(baseOffset: number): PendingBatch | undefined {
    const isIt = (batch: PendingBatch) => batch.baseOffset === baseOffset
    return this.#writing.find(isIt) ?? this.#waiting.find(isIt)
  }

  /**
   * Gathers waiting batches into the next chunk of at most `bytesMax`, or one batch where that is
   * larger than a chunk should be; null where nothing waits or fits.
   */
  takeChunk(options: TakeOptions): PendingChunk | null {
    const bytesMax = Math.min(options.bytesMax, CHUNK_BYTES_MAX)
    let count = 0
    let sizeBytes = 0
    for (const { bytes } of this.#waiting) {
      const oversized = count === 0 && options.evenIfLarger
      if (sizeBytes + bytes.length > bytesMax && !oversized) {
        break
      }
      sizeBytes += bytes.length
      count++
    }
    const batches = this.#waiting.splice(0, count)
    const [first] = batches
    if (first === undefined) {
      return null
    }
    this.#writing.push(...batches)
    return { batches, write: gather(first, batches, sizeBytes, options) }
  }

  /** The transaction is stored. */
  stored(): void {
    this.#writing = []
  }

  /** Gives up everything that is not stored; resolves nothing. Returns it in order. */
  rollBack(): readonly PendingBatch[] {
    const lost = [...this.#writing, ...this.#waiting]
    this.#writing = []
    this.#waiting = []
    return lost
  }

  /** Gives up what no transaction has begun to write. */
  dropWaiting(): readonly PendingBatch[] {
    return this.#waiting.splice(0)
  }
}

/** A batch as it is taken, its offsets assigned. */
export interface NewPendingBatch {
  /** A view of the frame it came in. */
  readonly bytes: Uint8Array
  readonly baseOffset: number
  readonly recordCount: number
  readonly maxTimestampMs: number
  /** What `log_append_time_ms` of the answer says; -1 where the producer set the timestamps. */
  readonly logAppendTimeMs: number
  /** The state that this batch leads its producer to; null where it has none. */
  readonly producer: ProducerState | null
}

export interface PendingBatch extends NewPendingBatch {
  readonly outcome: Promise<AppendOutcome | Refusal>
  /** Settles `outcome`. */
  readonly settle: (outcome: AppendOutcome | Refusal) => void
}

export function createPendingBatch(batch: NewPendingBatch): PendingBatch {
  let settle: PendingBatch['settle'] = () => {}
  const outcome = new Promise<AppendOutcome | Refusal>((resolve) => {
    settle = resolve
  })
  return { ...batch, outcome, settle }
}

/** An append that is stored. */
export interface AppendOutcome {
  readonly baseOffset: number
  readonly recordCount: number
  readonly sizeBytes: number
  /** -1 where the producer set the timestamps. */
  readonly logAppendTimeMs: number
  /** Whether this was written before and is answered with its original offset (KIP-98). */
  readonly duplicate: boolean
}

export function storedOutcome(batch: PendingBatch): AppendOutcome {
  const { baseOffset, recordCount, logAppendTimeMs, bytes } = batch
  return { baseOffset, recordCount, sizeBytes: bytes.length, logAppendTimeMs, duplicate: false }
}

export interface PendingChunk {
  readonly batches: readonly PendingBatch[]
  readonly write: ChunkWrite
}

export interface TakeOptions {
  readonly partitionId: number
  readonly bytesMax: number
  /** Takes the first waiting batch whatever its size, so that a large one cannot wait for ever. */
  readonly evenIfLarger: boolean
  /** Largest timestamp of the partition before this chunk. */
  readonly runningMaxTimestampMs: number
  readonly allocate: AllocateChunk
}

export function sumOfBytes(batches: readonly PendingBatch[]): number {
  return batches.reduce((sum, batch) => sum + batch.bytes.length, 0)
}

export function sumOfChunks(chunks: readonly PendingChunk[]): number {
  return chunks.reduce((sum, chunk) => sum + chunk.write.sizeBytes, 0)
}

function gather(
  first: PendingBatch,
  batches: readonly PendingBatch[],
  sizeBytes: number,
  { partitionId, runningMaxTimestampMs, allocate }: TakeOptions,
): ChunkWrite {
  const bytes = allocate(sizeBytes)
  const producers: ProducerState[] = []
  let nextOffset = first.baseOffset
  let maxTimestampMs = first.maxTimestampMs
  let at = 0
  for (const batch of batches) {
    bytes.set(batch.bytes, at)
    at += batch.bytes.length
    nextOffset = batch.baseOffset + batch.recordCount
    maxTimestampMs = Math.max(maxTimestampMs, batch.maxTimestampMs)
    if (batch.producer !== null) {
      producers.push(batch.producer)
    }
  }
  return {
    partitionId,
    baseOffset: first.baseOffset,
    nextOffset,
    maxTimestampMs,
    runningMaxTimestampMs: Math.max(runningMaxTimestampMs, maxTimestampMs),
    sizeBytes,
    producers: encodeProducerColumn(producers, first.baseOffset),
    bytes,
  }
}
