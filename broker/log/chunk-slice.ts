import { batchSizeAt, nextOffsetAt } from '../protocol/record-batch.ts'
import { asBuffer } from '../protocol/wire.ts'
import type { Chunk } from '../storage/storage.ts'

/**
 * Cuts whole record batches out of a chunk without looking at records: it walks from batch header to
 * batch header. Where a walk ended is remembered, because the next reader usually goes on there.
 */
export function sliceChunk(chunk: Chunk, options: SliceOptions): ChunkSlice | null {
  const bytes = asBuffer(chunk.bytes)
  const start = positionOf(chunk, bytes, options.offset)
  const whole = bytes.length - start
  if (whole <= options.maxBytes) {
    return { bytes: start === 0 ? bytes : bytes.subarray(start), nextOffset: chunk.nextOffset }
  }
  let end = start
  let nextOffset = options.offset
  while (end < bytes.length) {
    const batchEnd = end + batchSizeAt(bytes, end)
    if (batchEnd - start > options.maxBytes && !(options.atLeastOne && end === start)) {
      break
    }
    nextOffset = nextOffsetAt(bytes, end)
    end = batchEnd
  }
  if (end === start) {
    return null
  }
  resumePoints.set(chunk, { offset: nextOffset, position: end })
  return { bytes: bytes.subarray(start, end), nextOffset }
}

export interface SliceOptions {
  /** The slice begins with the batch that holds this offset, or the first one after it. */
  readonly offset: number
  readonly maxBytes: number
  /** Takes one batch even if it is larger than `maxBytes` (KIP-74). */
  readonly atLeastOne: boolean
}

export interface ChunkSlice {
  /** A view of the chunk. */
  readonly bytes: Uint8Array
  readonly nextOffset: number
}

/** The batches of a chunk from the one that holds `offset` on, as views. */
export function* batchesFrom(chunk: Chunk, offset: number): Generator<Buffer> {
  const bytes = asBuffer(chunk.bytes)
  for (let at = positionOf(chunk, bytes, offset); at < bytes.length; ) {
    const end = at + batchSizeAt(bytes, at)
    yield bytes.subarray(at, end)
    at = end
  }
}

const resumePoints = new WeakMap<Chunk, { readonly offset: number; readonly position: number }>()

/** Where the batch that holds `offset`, or else the first one after it, begins. */
function positionOf(chunk: Chunk, bytes: Buffer, offset: number): number {
  if (offset <= chunk.baseOffset) {
    return 0
  }
  const resume = resumePoints.get(chunk)
  let at = resume !== undefined && resume.offset <= offset ? resume.position : 0
  while (at < bytes.length && nextOffsetAt(bytes, at) <= offset) {
    at += batchSizeAt(bytes, at)
  }
  return at
}
