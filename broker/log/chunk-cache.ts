import type { Chunk } from '../storage/storage.ts'

/**
 * Chunks of all partitions in memory, up to a number of bytes. Those that a reader has passed leave
 * first, then the oldest addition. `onLeft` is told of each chunk that leaves, for whatever reason.
 */
export interface ChunkCache {
  /** The chunk that holds this offset, if it is here. */
  find(partitionId: number, offset: number): Chunk | undefined
  add(chunk: Chunk): void
  /** A reader has come to the chunk's end. */
  passed(chunk: Chunk): void
  /** Forgets the chunks of a partition that end at or before `offset`; all of them by default. */
  drop(partitionId: number, offset?: number): void
  /** Forgets the chunks of a partition that have an offset from `baseOffset` to before `nextOffset`. */
  dropRange(partitionId: number, baseOffset: number, nextOffset: number): void
  readonly sizeBytes: number
  /** Of the chunks that no reader has passed. */
  readonly unreadBytes: number
}

export function createChunkCache(
  bytesMax: number,
  onLeft: (chunk: Chunk) => void = () => {},
): ChunkCache {
  /** Chunks of a partition by rising offset. */
  const partitions = new Map<number, Chunk[]>()
  const unread = new Set<Chunk>()
  const passed = new Set<Chunk>()
  let sizeBytes = 0
  let unreadBytes = 0

  function makeRoom(leaving: Set<Chunk>) {
    for (const oldest of leaving) {
      if (sizeBytes <= bytesMax) {
        break
      }
      remove(oldest)
    }
  }

  function remove(chunk: Chunk) {
    const weight = chunk.sizeBytes + CHUNK_OVERHEAD_BYTES
    sizeBytes -= weight
    if (!passed.delete(chunk)) {
      unread.delete(chunk)
      unreadBytes -= weight
    }
    const chunks = partitions.get(chunk.partitionId) ?? []
    const at = indexFrom(chunks, chunk.baseOffset)
    if (chunks[at] === chunk) {
      // Nearly always the first, which is cheaper to shift (1.5 us of 10,000 chunks).
      at === 0 ? chunks.shift() : chunks.splice(at, 1)
    }
    if (chunks.length === 0) {
      partitions.delete(chunk.partitionId)
    }
    onLeft(chunk)
  }

  return {
    find(partitionId, offset) {
      const chunks = partitions.get(partitionId)
      const chunk = chunks?.[indexFrom(chunks, offset)]
      return chunk !== undefined && chunk.baseOffset <= offset ? chunk : undefined
    },
    add(chunk) {
      const chunks = partitions.get(chunk.partitionId) ?? []
      const at = indexFrom(chunks, chunk.baseOffset)
      if (chunks[at]?.baseOffset === chunk.baseOffset) {
        onLeft(chunk)
        return
      }
      chunks.splice(at, 0, chunk)
      partitions.set(chunk.partitionId, chunks)
      unread.add(chunk)
      sizeBytes += chunk.sizeBytes + CHUNK_OVERHEAD_BYTES
      unreadBytes += chunk.sizeBytes + CHUNK_OVERHEAD_BYTES
      makeRoom(passed)
      makeRoom(unread)
    },
    passed(chunk) {
      if (unread.delete(chunk)) {
        passed.add(chunk)
        unreadBytes -= chunk.sizeBytes + CHUNK_OVERHEAD_BYTES
      }
    },
    drop(partitionId, offset = Number.POSITIVE_INFINITY) {
      const chunks = partitions.get(partitionId) ?? []
      for (const chunk of chunks.slice(0, indexFrom(chunks, offset))) {
        remove(chunk)
      }
    },
    dropRange(partitionId, baseOffset, nextOffset) {
      const chunks = partitions.get(partitionId) ?? []
      for (const chunk of chunks.slice(indexFrom(chunks, baseOffset))) {
        if (chunk.baseOffset >= nextOffset) {
          break
        }
        remove(chunk)
      }
    },
    get sizeBytes() {
      return sizeBytes
    },
    get unreadBytes() {
      return unreadBytes
    },
  }
}

/**
 * What a chunk counts beside its bytes. It is more than it takes, so that a log of tiny chunks is no
 * list of a hundred thousand, from which each removal took 0.3 ms.
 */
export const CHUNK_OVERHEAD_BYTES = 4096

/** Index of the first chunk that ends after `offset`, by bisection. */
function indexFrom(chunks: readonly Chunk[], offset: number): number {
  let low = 0
  let high = chunks.length
  while (low < high) {
    const middle = (low + high) >>> 1
    const chunk = chunks[middle]
    if (chunk !== undefined && chunk.nextOffset <= offset) {
      low = middle + 1
    } else {
      high = middle
    }
  }
  return low
}
