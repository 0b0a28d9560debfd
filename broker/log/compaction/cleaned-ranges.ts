import type { Chunk } from '../../storage/storage.ts'
import { CHUNK_BYTES_MAX } from '../log-limits.ts'
import type { CleanedBatch } from './clean-batch.ts'

/** What takes the place of consecutive chunks; nothing where no record of them is left. */
export interface CleanedRange {
  readonly baseOffset: number
  readonly nextOffset: number
  readonly chunks: readonly Chunk[]
}

/**
 * Gathers what is left of consecutive chunks into chunks of a good size, so that many small ones do
 * not stay behind. A chunk that stays as it is and has no small neighbour is left where it is.
 *
 * A new chunk covers all the offsets of those that it replaces, also where their first or last
 * records are gone: a reader at such an offset finds it without asking storage twice.
 */
export class RangeGatherer {
  #group: Group | null = null
  #scratch = Buffer.allocUnsafeSlow(CHUNK_BYTES_MAX)
  #leftBytes = 0

  /** Bytes of all that was added and is left. */
  get leftBytes(): number {
    return this.#leftBytes
  }

  /** Takes what is left of a chunk; gives the ranges that are finished by it. */
  add(chunk: Chunk, batches: readonly CleanedBatch[]): readonly CleanedRange[] {
    const left = batches.filter((batch) => batch.outcome !== 'dropped')
    const sizeBytes = left.reduce((sum, batch) => sum + batch.bytes.length, 0)
    const finished = this.#hasRoom(chunk, sizeBytes) ? [] : this.finish()
    const group = this.#group ?? newGroup(chunk)
    this.#group = group
    this.#reserve(group.sizeBytes + sizeBytes)
    for (const batch of left) {
      this.#scratch.set(batch.bytes, group.sizeBytes)
      group.sizeBytes += batch.bytes.length
      group.maxTimestampMs = Math.max(group.maxTimestampMs, batch.maxTimestampMs)
    }
    group.nextOffset = chunk.nextOffset
    group.replacedBytes += chunk.sizeBytes
    group.replaced += 1
    group.isChanged ||= batches.some((batch) => batch.outcome !== 'unchanged')
    this.#leftBytes += sizeBytes
    return finished
  }

  /** Leaves a chunk where and as it is; gives the range before it. */
  pass(chunk: Chunk): readonly CleanedRange[] {
    this.#leftBytes += chunk.sizeBytes
    return this.finish()
  }

  /** Ends the range under way. */
  finish(): readonly CleanedRange[] {
    const group = this.#group
    this.#group = null
    if (group === null || (group.replaced === 1 && !group.isChanged)) {
      return []
    }
    const { partitionId, baseOffset, nextOffset, maxTimestampMs, sizeBytes } = group
    if (sizeBytes === 0) {
      return [{ baseOffset, nextOffset, chunks: [] }]
    }
    // Memory of its own, which can be moved to another thread.
    const bytes = new Uint8Array(sizeBytes)
    bytes.set(this.#scratch.subarray(0, sizeBytes))
    const chunk = { partitionId, baseOffset, nextOffset, maxTimestampMs, sizeBytes, bytes }
    return [{ baseOffset, nextOffset, chunks: [chunk] }]
  }

  #hasRoom(chunk: Chunk, sizeBytes: number): boolean {
    const group = this.#group
    return (
      group === null ||
      (group.sizeBytes + sizeBytes <= CHUNK_BYTES_MAX &&
        group.replacedBytes + chunk.sizeBytes <= REPLACED_BYTES_MAX &&
        group.replaced < REPLACED_CHUNKS_MAX)
    )
  }

  #reserve(sizeBytes: number): void {
    if (sizeBytes > this.#scratch.length) {
      const larger = Buffer.allocUnsafeSlow(sizeBytes)
      this.#scratch.copy(larger)
      this.#scratch = larger
    }
  }
}

interface Group {
  readonly partitionId: number
  readonly baseOffset: number
  nextOffset: number
  replaced: number
  replacedBytes: number
  sizeBytes: number
  maxTimestampMs: number
  isChanged: boolean
}

function newGroup({ partitionId, baseOffset, nextOffset }: Chunk): Group {
  return {
    partitionId,
    baseOffset,
    nextOffset,
    replaced: 0,
    replacedBytes: 0,
    sizeBytes: 0,
    maxTimestampMs: -1,
    isChanged: false,
  }
}

/** What one transaction deletes: 32 MiB take SQLite a millisecond or two. */
const REPLACED_BYTES_MAX = 32 * 1024 * 1024
const REPLACED_CHUNKS_MAX = 1024
