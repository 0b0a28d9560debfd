/** Gives memory for one chunk; what is in it is undefined. */
export type AllocateChunk = (sizeBytes: number) => Buffer

/**
 * Memory for chunks, written once and then shared by the cache and by sockets.
 *
 * Small chunks are cut one after another from a slab: an allocation each would cost more than
 * filling it. They leave the cache in the order in which they were cut, so slabs empty as a whole.
 */
export function createChunkAllocator(): AllocateChunk {
  let slab = Buffer.alloc(0)
  let used = 0

  return function allocateChunk(sizeBytes) {
    if (sizeBytes > SLAB_BYTES / 4) {
      return Buffer.allocUnsafeSlow(sizeBytes)
    }
    if (used + sizeBytes > slab.length) {
      slab = Buffer.allocUnsafeSlow(SLAB_BYTES)
      used = 0
    }
    used += sizeBytes
    return slab.subarray(used - sizeBytes, used)
  }
}

const SLAB_BYTES = 256 * 1024
