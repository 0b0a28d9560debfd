import { expect, it } from 'vitest'
import {
  BATCH_HEADER_BYTES,
  batchesIn,
  DELETE_HORIZON,
  sealBatch,
} from '../../protocol/record-batch.ts'
import { type BatchOptions, encodeBatch } from '../../protocol/records.ts'
import type { Chunk } from '../../storage/storage.ts'
import { CHUNK_BYTES_MAX } from '../log-limits.ts'
import { type CleanerRules, createCleaner } from './cleaner.ts'

const NOW = 1_700_000_000_000
const RULES: CleanerRules = {
  nowMs: NOW,
  deleteRetentionMs: 1000,
  highWatermark: 1_000_000,
  indexBytesMax: 1_000_000,
}

/** A chunk of one batch for each list of keys, from an offset on; one with a minus is a tombstone's. */
function chunkOf(
  baseOffset: number,
  batches: readonly (readonly string[])[],
  { valueBytes = 10, ...options }: Partial<BatchOptions> & { valueBytes?: number } = {},
): Chunk {
  let nextOffset = baseOffset
  const parts = batches.map((keys) => {
    const records = keys.map((key) => ({
      key: Buffer.from(key.replace('-', '')),
      value: key.endsWith('-') ? null : Buffer.alloc(valueBytes),
    }))
    const batch = encodeBatch(records, { timestampMs: NOW, baseOffset: nextOffset, ...options })
    nextOffset += keys.length
    return batch
  })
  const bytes = Buffer.concat(parts)
  const sizeBytes = bytes.length
  return { partitionId: 1, baseOffset, nextOffset, maxTimestampMs: NOW, sizeBytes, bytes }
}

it('takes only batches whose keys there is room for, and one batch whatever it holds', async () => {
  const keys = (from: number) => Array.from({ length: 500 }, (_, n) => `${from + n}`)
  // Room for 768 keys.
  const small = { ...RULES, indexBytesMax: 0 }
  const chunk = chunkOf(0, [keys(0), keys(1000), keys(2000)])
  expect(await createCleaner(small).index([chunk], 0)).toEqual({ endOffset: 500, isFull: true })
  const alone = chunkOf(0, [Array.from({ length: 900 }, (_, n) => `${n}`), ['a']])
  expect(await createCleaner(small).index([alone], 0)).toEqual({ endOffset: 900, isFull: true })
  expect(await createCleaner(RULES).index([chunk], 0)).toEqual({ endOffset: 1500, isFull: false })
})

it('cleans nothing beyond what was indexed', async () => {
  const cleaner = createCleaner(RULES)
  const chunk = chunkOf(0, [['a', 'b'], ['a'], ['a', 'b']])
  await cleaner.index([chunk], 0)
  await cleaner.clean([chunk], 2)
  const { ranges } = await cleaner.finish()
  const whole = chunkOf(0, [['a', 'b'], ['a'], ['a', 'b']]).bytes
  const left = ranges[0]?.chunks[0]
  expect(left).toMatchObject({ baseOffset: 0, nextOffset: 5 })
  // The first batch is gone, the rest is as it was.
  const first = chunkOf(0, [['a', 'b']]).sizeBytes
  expect(Buffer.compare(Buffer.from(left?.bytes ?? []), whole.subarray(first))).toBe(0)
})

it('leaves a damaged chunk as it is, and says where', async () => {
  const cleaner = createCleaner(RULES)
  const chunks = [
    chunkOf(0, [['a'], ['b']]),
    chunkOf(2, [['a'], ['b']]),
    chunkOf(4, [['a'], ['b'], ['c']]),
    chunkOf(7, [['a'], ['b']]),
  ]
  const damaged = Buffer.from(chunks[1]?.bytes ?? [])
  damaged.writeUInt8(99, damaged.length - 3)
  const torn = Buffer.from(chunks[2]?.bytes ?? []).subarray(0, 200)
  const all = chunks.map((chunk, n) =>
    n === 1 ? { ...chunk, bytes: damaged } : n === 2 ? { ...chunk, bytes: torn } : chunk,
  )
  await cleaner.index(all, 0)
  const ranges = await cleaner.clean(all, 9)
  const { ranges: last, damaged: where } = await cleaner.finish()
  expect(where.map(({ offset }) => offset)).toEqual([3, 4])
  // The first is superseded by the last, which stays; both of the damaged ones stay.
  expect([...ranges, ...last]).toEqual([{ baseOffset: 0, nextOffset: 2, chunks: [] }])
})

const nonsense = (chunk: Chunk): Chunk => {
  const [batch] = batchesIn(chunk.bytes)
  if (batch === undefined) throw new Error('A chunk has a batch.')
  const records = Buffer.alloc(batch.sizeBytes - BATCH_HEADER_BYTES, 0xff)
  const bytes = sealBatch(batch, records)
  return { ...chunk, bytes, sizeBytes: bytes.length }
}

it.each([
  { before: 'what was cleaned', chunk: chunkOf(0, [['a', 'b']]), isDated: true },
  { before: 'a marker', chunk: chunkOf(0, [['a']], { isControl: true }), isDated: true },
  {
    before: 'records of a transaction',
    chunk: chunkOf(0, [['a']], { isTransactional: true, producerId: 1 }),
    isDated: false,
  },
  {
    before: 'records that make no sense, or more than can be unpacked',
    chunk: nonsense(chunkOf(0, [['a']])),
    isDated: false,
  },
])('dates a tombstone behind $before: $isDated', async ({ chunk, isDated }) => {
  const { nextOffset } = chunk
  const chunks = [chunk, chunkOf(nextOffset, [['a-']]), nonsense(chunkOf(nextOffset + 1, [['x']]))]
  const end = nextOffset + 2
  // What lies behind a tombstone deletes nothing of its.
  for (const all of [chunks.slice(0, 2), chunks]) {
    const cleaner = createCleaner(RULES)
    await cleaner.index(all, 0)
    const ranges = await cleaner.clean(all, end)
    const finished = await cleaner.finish()
    expect(finished.tombstonesDueMs).toBe(isDated ? NOW + RULES.deleteRetentionMs : null)
    const left = [...ranges, ...finished.ranges].flatMap((range) => range.chunks)
    const dated = left.flatMap(({ bytes }) => [...batchesIn(bytes)]).filter(isMarked)
    expect(dated).toHaveLength(isDated ? 1 : 0)
  }
})

const isMarked = ({ attributes }: { readonly attributes: number }) =>
  (attributes & DELETE_HORIZON) !== 0

it('leaves markers and transactions alone', async () => {
  const cleaner = createCleaner(RULES)
  const marker = chunkOf(1, [['a']], { isControl: true })
  const transactional = chunkOf(2, [['a']], { isTransactional: true, producerId: 1 })
  const chunks = [chunkOf(0, [['a']]), marker, transactional, chunkOf(3, [['a']])]
  await cleaner.index(chunks, 0)
  const [range] = [...(await cleaner.clean(chunks, 4)), ...(await cleaner.finish()).ranges]
  expect(range).toMatchObject({ baseOffset: 0, nextOffset: 4 })
  const expected = Buffer.concat(chunks.slice(1).map(({ bytes }) => bytes))
  expect(Buffer.compare(Buffer.from(range?.chunks[0]?.bytes ?? []), expected)).toBe(0)
})

it('joins what little is left, and leaves large chunks where nothing goes', async () => {
  const cleaner = createCleaner(RULES)
  const large = { valueBytes: 700_000 }
  const chunks = [
    chunkOf(0, [['x']], large),
    chunkOf(1, [['a', 'b', 'c']]),
    chunkOf(4, [['a', 'b']]),
    chunkOf(6, [['b']]),
    chunkOf(7, [['y']], large),
    chunkOf(8, [['z']], large),
  ]
  await cleaner.index(chunks, 0)
  const ranges = [...(await cleaner.clean(chunks, 9)), ...(await cleaner.finish()).ranges]
  expect(ranges.map(({ baseOffset, nextOffset }) => [baseOffset, nextOffset])).toEqual([[0, 7]])
  for (const { chunks: made } of ranges) {
    expect(made).toHaveLength(1)
    expect(made[0]?.sizeBytes).toBeLessThanOrEqual(CHUNK_BYTES_MAX)
  }
})
