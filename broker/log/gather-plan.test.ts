import fc from 'fast-check'
import { expect, it } from 'vitest'
import type { ChunkInfo } from '../storage/storage.ts'
import { type GatherConfig, groupsToGather } from './gather-plan.ts'

const DAY = 24 * 60 * 60 * 1000
const forEver: GatherConfig = {
  isDeleted: true,
  retentionMs: -1,
  retentionBytes: -1,
  segmentMs: 7 * DAY,
}

/** Ten offsets each, a second apart. */
function chunksOf(sizes: readonly number[], stepMs = 1000): ChunkInfo[] {
  return sizes.map((sizeBytes, n) => ({
    ...{ partitionId: 1, baseOffset: n * 10, nextOffset: n * 10 + 10 },
    ...{ maxTimestampMs: n * stepMs, sizeBytes },
  }))
}

/** The sizes of what would become one chunk each. */
function gathered(sizes: readonly number[], config = forEver, stepMs = 1000): number[][] {
  const chunks = chunksOf(sizes, stepMs)
  return groupsToGather(chunks, config).map(({ baseOffset, nextOffset }) =>
    chunks
      .filter((chunk) => chunk.baseOffset >= baseOffset && chunk.nextOffset <= nextOffset)
      .map(({ sizeBytes }) => sizeBytes),
  )
}

const KB = 1000

it('small neighbours become one, large chunks stay where they are', () => {
  expect(gathered([KB, KB, KB])).toEqual([[KB, KB, KB]])
  expect(gathered([KB, KB, 900 * KB, KB, KB])).toEqual([
    [KB, KB],
    [KB, KB],
  ])
  expect(gathered([900 * KB, 900 * KB])).toEqual([])
  expect(gathered([KB])).toEqual([])
  expect(gathered([])).toEqual([])
})

it('a chunk is not written again for the sake of a few records', () => {
  expect(gathered([100 * KB, KB, KB, KB])).toEqual([])
  expect(gathered([100 * KB, 15 * KB, 10 * KB])).toEqual([[100 * KB, 15 * KB, 10 * KB]])
})

it('nothing is made that would keep back much more than retention asks for', () => {
  expect(gathered([KB, KB, KB, KB], { ...forEver, retentionMs: 8000 })).toEqual([
    [KB, KB],
    [KB, KB],
  ])
  expect(gathered([KB, KB, KB, KB], { ...forEver, retentionBytes: 32 * KB }).length).toBe(1)
  expect(gathered([KB, KB, KB, KB], { ...forEver, retentionBytes: 16 * KB })).toEqual([])
  expect(gathered([KB, KB, KB], forEver, 8 * DAY)).toEqual([])
  const neverDeleted = { ...forEver, isDeleted: false, retentionMs: 8, retentionBytes: 8 }
  expect(gathered([KB, KB, KB], neverDeleted)).toHaveLength(1)
})

it('whatever the sizes, groups lie one after another, and each is bounded', () => {
  fc.assert(
    fc.property(fc.array(fc.integer({ min: 1, max: 700_000 }), { maxLength: 200 }), (sizes) => {
      let end = 0
      for (const group of groupsToGather(chunksOf(sizes), forEver)) {
        expect(group.baseOffset).toBeGreaterThanOrEqual(end)
        expect(group.nextOffset - group.baseOffset).toBe(group.count * 10)
        expect(group.count).toBeGreaterThan(1)
        expect(group.sizeBytes).toBeLessThanOrEqual(256 * 1024)
        end = group.nextOffset
      }
    }),
  )
})
