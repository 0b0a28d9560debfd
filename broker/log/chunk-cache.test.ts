import fc from 'fast-check'
import { expect, it } from 'vitest'
import type { Chunk } from '../storage/storage.ts'
import { CHUNK_OVERHEAD_BYTES, createChunkCache } from './chunk-cache.ts'

/** Ten records each; what a chunk weighs beside its bytes is known to the cache alone. */
function chunk(partitionId: number, baseOffset: number, sizeBytes = 1000): Chunk {
  const nextOffset = baseOffset + 10
  const bytes = new Uint8Array(sizeBytes)
  return { partitionId, baseOffset, nextOffset, maxTimestampMs: 0, sizeBytes, bytes }
}

const added = fc.record({
  partitionId: fc.integer({ min: 1, max: 3 }),
  index: fc.integer({ min: 0, max: 30 }),
  sizeBytes: fc.integer({ min: 0, max: 5000 }),
})
const dropped = fc.record({
  partitionId: fc.integer({ min: 1, max: 3 }),
  offset: fc.option(fc.integer({ min: 0, max: 310 }), { nil: undefined }),
})

it('holds the chunks added last, within its bytes, and finds them by any of their offsets', () => {
  fc.assert(
    fc.property(fc.array(fc.oneof(added, added, added, dropped), { maxLength: 80 }), (steps) => {
      const cache = createChunkCache(40_000)
      let model: Chunk[] = []
      for (const step of steps) {
        if ('index' in step) {
          const next = chunk(step.partitionId, step.index * 10, step.sizeBytes)
          const isThere = (c: Chunk) =>
            c.partitionId === next.partitionId && c.baseOffset === next.baseOffset
          cache.add(next)
          if (!model.some(isThere)) model.push(next)
          while (
            model.length > 0 &&
            model.reduce((sum, c) => sum + c.sizeBytes + CHUNK_OVERHEAD_BYTES, 0) > 40_000
          ) {
            model.shift()
          }
        } else {
          const { partitionId, offset } = step
          cache.drop(partitionId, offset)
          model = model.filter(
            (c) =>
              c.partitionId !== partitionId || c.nextOffset > (offset ?? Number.POSITIVE_INFINITY),
          )
        }
        expect(cache.sizeBytes).toBe(
          model.reduce((sum, c) => sum + c.sizeBytes + CHUNK_OVERHEAD_BYTES, 0),
        )
      }
      for (const partitionId of [1, 2, 3]) {
        for (let offset = 0; offset < 320; offset += 3) {
          expect(cache.find(partitionId, offset)).toBe(
            model.find(
              (c) =>
                c.partitionId === partitionId && c.baseOffset <= offset && offset < c.nextOffset,
            ),
          )
        }
      }
    }),
  )
})
