import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { DecodeError } from './decode-error.ts'
import { type BatchHeader, COMPRESSIONS, checkBatch, readBatchHeader } from './record-batch.ts'
import {
  decodePlainRecords,
  decodeRecords,
  encodeBatch,
  encodeCompressedBatch,
  type NewRecord,
} from './records.ts'

const bytes = fc.uint8Array({ maxLength: 300 }).map((array) => Buffer.from(array))
const nullable = fc.option(bytes, { nil: null })
const record = fc.record({
  timestampMs: fc.integer({ min: 0, max: 2 ** 42 }),
  key: nullable,
  value: nullable,
  headers: fc.array(fc.record({ key: fc.string({ unit: 'grapheme' }), value: nullable }), {
    maxLength: 3,
  }),
})

describe.each(COMPRESSIONS)('compression %s', (compression) => {
  test('any records come back from their batch, with their offsets', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(record, { minLength: 1, maxLength: 20 }),
        fc.nat(),
        async (records, baseOffset) => {
          const options = { timestampMs: 0, baseOffset }
          const batch = await encodeCompressedBatch(records, compression, options)
          const decoded = await decodeRecords(batch, headerOf(batch))
          const expected = records.map((one, i) => ({ offset: baseOffset + i, ...one }))
          expect(decoded.map(asBuffers)).toEqual(expected)
        },
      ),
      { numRuns: 40 },
    )
  })

  test('a batch that would grow beyond the limit is refused', async () => {
    const records = [{ value: Buffer.alloc(1_000_000) }]
    const batch = await encodeCompressedBatch(records, compression, { timestampMs: 0 })
    const header = headerOf(batch)
    await expect(decodeRecords(batch, header, 100_000)).rejects.toThrow(DecodeError)
    await expect(decodeRecords(batch, header, 2_000_000)).resolves.toHaveLength(1)
  })

  test('damaged records are refused, or are at least some records', async () => {
    const records = Array.from({ length: 20 }, (_, i) => ({ value: Buffer.from(`value ${i}`) }))
    const batch = await encodeCompressedBatch(records, compression, { timestampMs: 0 })
    const header = headerOf(batch)
    await fc.assert(
      fc.asyncProperty(
        fc.integer({ min: 61, max: batch.length - 1 }),
        fc.integer({ min: 1, max: 255 }),
        async (at, flip) => {
          const damaged = Buffer.from(batch)
          damaged[at] = (damaged[at] ?? 0) ^ flip
          try {
            expect(await decodeRecords(damaged, header)).toHaveLength(20)
          } catch (error) {
            expect(error).toBeInstanceOf(DecodeError)
          }
        },
      ),
      { numRuns: 200 },
    )
  })
})

test('a batch large enough for many snappy chunks comes back', async () => {
  const value = Buffer.from(Array.from({ length: 200_000 }, (_, i) => (i * i) % 251))
  const batch = await encodeCompressedBatch([{ value }], 'snappy', { timestampMs: 1 })
  const [decoded] = await decodeRecords(batch, headerOf(batch))
  expect(decoded?.value).toEqual(value)
})

test('keys and values of an uncompressed batch are views of it', () => {
  const batch = encodeBatch([{ key: Buffer.from('k'), value: Buffer.from('v') }], {
    timestampMs: 5,
  })
  const [decoded] = decodePlainRecords(batch, headerOf(batch))
  expect(decoded?.key?.buffer).toBe(batch.buffer)
  expect(decoded?.timestampMs).toBe(5)
})

test('an idempotent producer’s numbers are in the header', () => {
  const producer = { producerId: 4_294_967_299, producerEpoch: 3, baseSequence: 17 }
  const batch = encodeBatch([{}, {}], { timestampMs: 5, ...producer })
  expect(checkBatch(batch)).toMatchObject({ ...producer, recordCount: 2, lastOffsetDelta: 1 })
})

test('the header’s times are the first and the largest of its records', () => {
  const records: NewRecord[] = [{ timestampMs: 50 }, { timestampMs: 70 }, { timestampMs: 10 }]
  const batch = encodeBatch(records, { timestampMs: 5 })
  expect(headerOf(batch)).toMatchObject({ baseTimestampMs: 50, maxTimestampMs: 70 })
  expect(decodePlainRecords(batch, headerOf(batch)).map((one) => one.timestampMs)).toEqual([
    50, 70, 10,
  ])
})

test('records beyond what the header counts are refused', () => {
  const batch = encodeBatch([{}, {}], { timestampMs: 5 })
  const header = { ...headerOf(batch), recordCount: 1 }
  expect(() => decodePlainRecords(batch, header)).toThrow(/after the last record/)
})

function headerOf(batch: Uint8Array): BatchHeader {
  const header = readBatchHeader(batch)
  if ('error' in header) {
    throw new Error(header.message)
  }
  return header
}

/** Decompressed views are of different kinds of arrays; their bytes are what matters. */
function asBuffers(decoded: {
  key: Uint8Array | null
  value: Uint8Array | null
  headers: readonly { key: string; value: Uint8Array | null }[]
}) {
  const asBuffer = (value: Uint8Array | null) => (value === null ? null : Buffer.from(value))
  return {
    ...decoded,
    key: asBuffer(decoded.key),
    value: asBuffer(decoded.value),
    headers: decoded.headers.map(({ key, value }) => ({ key, value: asBuffer(value) })),
  }
}
