import type { HeldMemory } from '../free-memory.ts'

/** Gives memory for one chunk, used already; what is in it is undefined. */
export type AllocateChunk = (sizeBytes: number) => Buffer

/**
 * Memory for chunks, written once and then shared by the cache and by sockets.
 *
 * Small chunks are cut one after another from a slab: an allocation each would cost more than
 * filling it. They leave the cache in the order in which they were cut, so slabs empty as a whole.
 * A slab is in use as long as more is cut from it.
 */
export function createChunkAllocator(memory: HeldMemory | null): AllocateChunk {
  let slab = Buffer.alloc(0)
  let used = 0

  return function allocateChunk(sizeBytes) {
    const bytes = sizeBytes > SLAB_BYTES / 4 ? Buffer.allocUnsafeSlow(sizeBytes) : cut(sizeBytes)
    memory?.use(bytes)
    return bytes
  }

  function cut(sizeBytes: number): Buffer {
    if (used + sizeBytes > slab.length) {
      memory?.letGo(slab)
      slab = Buffer.allocUnsafeSlow(SLAB_BYTES)
      memory?.use(slab)
      used = 0
    }
    used += sizeBytes
    return slab.subarray(used - sizeBytes, used)
  }
}

const SLAB_BYTES = 256 * 1024
