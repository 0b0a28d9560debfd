/**
 * Memory for chunks: written once, then read by the cache, by sockets and by the storage thread at
 * the same time. It is shared memory, so that handing a chunk to a thread copies and detaches nothing.
 */
export type AllocateChunk = (sizeBytes: number) => Buffer

/**
 * Small chunks are cut one after another from a slab, because making shared memory costs more than
 * filling it. They leave the cache in the order in which they were cut, so slabs empty as a whole.
 */
export function createChunkAllocator(): AllocateChunk {
  let slab = new SharedArrayBuffer(0)
  let used = 0

  return function allocateChunk(sizeBytes) {
    if (sizeBytes > SLAB_BYTES / 4) {
      return Buffer.from(new SharedArrayBuffer(sizeBytes))
    }
    if (used + sizeBytes > slab.byteLength) {
      slab = new SharedArrayBuffer(SLAB_BYTES)
      used = 0
    }
    const chunk = Buffer.from(slab, used, sizeBytes)
    used += sizeBytes
    return chunk
  }
}

const SLAB_BYTES = 256 * 1024
