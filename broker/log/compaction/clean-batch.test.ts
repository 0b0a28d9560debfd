import { describe, expect, it } from 'vitest'
import { decompress } from '../../protocol/compression.ts'
import {
  BATCH_HEADER_BYTES,
  COMPRESSIONS,
  hasRightChecksum,
  readBatchHeader,
  sealBatch,
  stampLogAppendTime,
} from '../../protocol/record-batch.ts'
import { decodeRecords, encodeCompressedBatch, type NewRecord } from '../../protocol/records.ts'
import { type CleaningRules, cleanBatch } from './clean-batch.ts'
import { KeyOffsets } from './key-offsets.ts'

const NOW = 1_700_000_000_000
const producer = { producerId: 7, producerEpoch: 2, baseSequence: 40 }

/** Records of these keys; a key with a minus behind it is a tombstone. */
function recordsOf(keys: readonly string[]): NewRecord[] {
  return keys.map((key, n) => ({
    timestampMs: NOW - 100 + n,
    key: Buffer.from(key.replace('-', '')),
    value: key.endsWith('-') ? null : Buffer.from(`${key}@${n}`),
    headers: [{ key: 'n', value: Buffer.from(`${n}`) }],
  }))
}

interface Setting extends Partial<Omit<CleaningRules, 'offsets'>> {
  readonly compression?: (typeof COMPRESSIONS)[number]
  /** Last offsets by key; the batch begins at 1000. */
  readonly last?: Readonly<Record<string, number>>
  readonly isLogAppendTime?: boolean
}

async function batchOf(keys: readonly string[], setting: Setting = {}) {
  const options = { timestampMs: NOW, baseOffset: 1000, partitionLeaderEpoch: 0, ...producer }
  const { compression = 'none', isLogAppendTime = false } = setting
  const batch = await encodeCompressedBatch(recordsOf(keys), compression, options)
  if (isLogAppendTime) stampLogAppendTime(batch, NOW + 5)
  return batch
}

async function clean(bytes: Uint8Array, setting: Setting = {}) {
  const offsets = new KeyOffsets(100_000)
  for (const [key, offset] of Object.entries(setting.last ?? {})) {
    offsets.put(Buffer.from(key), 0, key.length, offset)
  }
  const header = headerOf(bytes)
  const packed = bytes.subarray(BATCH_HEADER_BYTES)
  const payload = await decompress(header.compression, packed, 1_000_000)
  const rules = {
    nowMs: NOW,
    deleteRetentionMs: 5000,
    isPastClean: () => true,
    isLast: () => false,
    ...setting,
    offsets,
  }
  const cleaned = await cleanBatch({ header, bytes, payload }, rules)
  if (cleaned.outcome === 'dropped') return { ...cleaned, header: null, records: [] }
  const left = headerOf(cleaned.bytes)
  expect(hasRightChecksum(cleaned.bytes, left)).toBe(true)
  expect(cleaned.maxTimestampMs).toBe(left.maxTimestampMs)
  return { ...cleaned, header: left, records: await decodeRecords(cleaned.bytes, left) }
}

function headerOf(bytes: Uint8Array) {
  const header = readBatchHeader(bytes)
  if ('error' in header) throw new Error(header.message)
  return header
}

describe('the records of a batch', () => {
  it.each(COMPRESSIONS)('stay as they are or go, %s', async (compression) => {
    const before = await batchOf(['a', 'b', 'a', 'c'], { compression })
    const last = { a: 1002, b: 1001, c: 2000 }
    const cleaned = await clean(before, { last })
    expect(cleaned.records.map(({ offset }) => offset)).toEqual([1001, 1002])
    const all = await decodeRecords(before, headerOf(before))
    expect(cleaned.records).toEqual(all.slice(1, 3))
    expect(cleaned.header).toMatchObject({
      ...producer,
      baseOffset: 1000,
      lastOffsetDelta: 3,
      recordCount: 2,
      compression,
      baseTimestampMs: NOW - 100,
      maxTimestampMs: NOW - 98,
    })
  })

  it('are left alone where all of them stay', async () => {
    const before = await batchOf(['a', 'b'])
    const cleaned = await clean(before, { last: { a: 1000 } })
    expect(cleaned.outcome).toBe('unchanged')
    expect(cleaned).toMatchObject({ bytes: before })
  })

  it('go with their batch where none stays, unless the log ends there', async () => {
    const before = await batchOf(['a', 'b'], { compression: 'gzip' })
    const last = { a: 5000, b: 5000 }
    expect((await clean(before, { last })).outcome).toBe('dropped')
    const kept = await clean(before, { last, isLast: () => true })
    expect(kept.header).toMatchObject({
      ...producer,
      baseOffset: 1000,
      lastOffsetDelta: 1,
      recordCount: 0,
      compression: 'none',
    })
    if (!('bytes' in kept)) throw new Error('The batch is kept.')
    expect((await clean(kept.bytes, { isLast: () => true })).outcome).toBe('unchanged')
    expect((await clean(kept.bytes)).outcome).toBe('dropped')
  })

  it('without a key go, as they come from before the topic was compacted', async () => {
    const options = { timestampMs: NOW, baseOffset: 1000 }
    const before = await encodeCompressedBatch(
      [{ value: Buffer.from('v') }, { key: Buffer.from('a'), value: Buffer.from('v') }],
      'none',
      options,
    )
    expect((await clean(before)).records.map(({ offset }) => offset)).toEqual([1001])
  })

  it('make no batch younger than its producer said, as searches go by that', async () => {
    const sent = await batchOf(['a', 'b', 'c'], { compression: 'gzip' })
    const said = { ...headerOf(sent), maxTimestampMs: NOW - 5000 }
    const before = sealBatch(said, sent.subarray(BATCH_HEADER_BYTES))
    const cleaned = await clean(before, { last: { a: 2000 } })
    expect(cleaned.outcome).toBe('changed')
    expect(cleaned).toMatchObject({ maxTimestampMs: NOW - 5000 })
  })

  it('keep the broker’s time', async () => {
    const before = await batchOf(['a', 'b', 'c'], { isLogAppendTime: true })
    const cleaned = await clean(before, { last: { c: 2000 } })
    expect(cleaned.header).toMatchObject({
      maxTimestampMs: NOW + 5,
      timestampType: 'LogAppendTime',
    })
    expect(cleaned.records.map(({ timestampMs }) => timestampMs)).toEqual([NOW + 5, NOW + 5])
  })
})

describe('tombstones', () => {
  it('are dated when they are first left, and go when their time has come', async () => {
    const last = { a: 1000, b: 1001, c: 1002 }
    const before = await batchOf(['a', 'b-', 'c'], { compression: 'gzip' })
    const dated = await clean(before, { last })
    expect(dated).toMatchObject({ outcome: 'changed', horizonMs: NOW + 5000 })
    // The date takes the place of the base timestamp, and no record's own time moves.
    expect(dated.records).toEqual(await decodeRecords(before, headerOf(before)))
    expect(dated.header?.baseTimestampMs).toBe(NOW + 5000)
    if (!('bytes' in dated)) throw new Error('The batch is kept.')

    const early = await clean(dated.bytes, { nowMs: NOW + 4999 })
    expect(early).toMatchObject({ outcome: 'unchanged', horizonMs: NOW + 5000 })
    const late = await clean(dated.bytes, { nowMs: NOW + 5000 })
    expect(late).toMatchObject({ outcome: 'changed', horizonMs: null })
    expect(late.records.map(({ offset, timestampMs }) => [offset, timestampMs])).toEqual([
      [1000, NOW - 100],
      [1002, NOW - 98],
    ])
  })

  it('that were not looked for among the keys are not dated: what they delete may be there', async () => {
    const before = await batchOf(['a-', 'b-'])
    expect((await clean(before, { last: { a: 1000 } })).outcome).toBe('unchanged')
    expect(await clean(before, { last: { a: 1000, b: 1001 } })).toMatchObject({
      horizonMs: NOW + 5000,
    })
  })

  it('are not dated where something before them was not cleaned, and go by a date that they have', async () => {
    const last = { a: 1000, b: 1001 }
    const before = await batchOf(['a-', 'b'])
    const isPastClean = () => false
    expect(await clean(before, { last, isPastClean })).toMatchObject({
      outcome: 'unchanged',
      horizonMs: null,
    })
    const dated = await clean(before, { last })
    if (!('bytes' in dated)) throw new Error('The batch is kept.')
    const late = await clean(dated.bytes, { last, isPastClean, nowMs: NOW + 5000 })
    expect(late.records.map(({ offset }) => offset)).toEqual([1001])
  })

  it('go before their time where their key has a later record', async () => {
    const before = await batchOf(['a-', 'b'])
    const cleaned = await clean(before, { last: { a: 1500, b: 1001 } })
    expect(cleaned).toMatchObject({ outcome: 'changed', horizonMs: null })
    expect(cleaned.records.map(({ offset }) => offset)).toEqual([1001])
  })
})
