import { expect, it } from 'vitest'
import { encodeBatch } from '../protocol/records.ts'
import type { Chunk } from '../storage/storage.ts'
import { findChunkDamage } from './chunk-damage.ts'

const batches = [40, 42].map((baseOffset) =>
  encodeBatch([{ value: Buffer.from('a') }, { value: Buffer.from('b') }], {
    timestampMs: 1000,
    baseOffset,
  }),
)
const [first = Buffer.alloc(0)] = batches

function chunkOf(bytes: Buffer, changes: Partial<Chunk> = {}): Chunk {
  const sizeBytes = bytes.length
  const place = { partitionId: 1, baseOffset: 40, nextOffset: 44, maxTimestampMs: 1000 }
  return { ...place, sizeBytes, bytes, ...changes }
}

it('a chunk is whole as it was stored, and where compaction left gaps', () => {
  expect(findChunkDamage(chunkOf(Buffer.concat(batches)))).toBeNull()
  expect(findChunkDamage(chunkOf(first))).toBeNull()
  expect(findChunkDamage(chunkOf(Buffer.concat(batches), { baseOffset: 38 }))).toBeNull()
})

it('any flipped byte is found, at its batch', () => {
  for (let at = 0; at < first.length * 2; at++) {
    const bytes = Buffer.concat(batches)
    bytes.writeUInt8(bytes.readUInt8(at) ^ 0xff, at)
    const damage = findChunkDamage(chunkOf(bytes))
    expect(damage?.offset, `byte ${at}`).toBe(at < first.length ? 40 : 42)
  }
})

it('a torn chunk is found, wherever it ends', () => {
  const whole = Buffer.concat(batches)
  for (let length = 1; length < whole.length; length++) {
    if (length === first.length) continue
    const damage = findChunkDamage(chunkOf(whole.subarray(0, length)))
    expect(damage?.offset, `${length} bytes`).toBe(length < first.length ? 40 : 42)
  }
})

it('batches have to lie where the chunk says', () => {
  const whole = Buffer.concat(batches)
  expect(findChunkDamage(chunkOf(whole, { nextOffset: 43 }))).toMatchObject({ offset: 42 })
  expect(findChunkDamage(chunkOf(whole, { baseOffset: 41 }))).toMatchObject({ offset: 41 })
  expect(findChunkDamage(chunkOf(whole, { sizeBytes: 3 }))).toMatchObject({ offset: 40 })
  expect(findChunkDamage(chunkOf(whole, { maxTimestampMs: 999 }))).toMatchObject({ offset: 40 })
  const twice = chunkOf(Buffer.concat([first, first]))
  expect(findChunkDamage(twice)).toMatchObject({ offset: 42 })
})
