import { expect, it } from 'vitest'
import { type Compression, readBatchHeader } from '../protocol/record-batch.ts'
import { encodeCompressedBatch, type NewRecord } from '../protocol/records.ts'
import { recordKeysProblem } from './record-keys.ts'

interface Sent {
  readonly count: number
  readonly compression: Compression
  /** Places of records without a key. */
  readonly keyless?: readonly number[]
}

async function problemOf({ count, compression, keyless = [] }: Sent) {
  const records: NewRecord[] = Array.from({ length: count }, () => ({ key: KEY, value: KEY }))
  for (const place of keyless) records[place] = { value: KEY }
  const batch = await encodeCompressedBatch(records, compression, { timestampMs: 1 })
  const header = readBatchHeader(batch)
  if ('error' in header) throw new Error(header.message)
  return recordKeysProblem(batch, header)
}

const KEY = Buffer.from('k')

/** How often the event loop turns until it is settled. */
async function turnsUntil(settled: Promise<unknown>): Promise<number> {
  let isSettled = false
  const settle = () => {
    isSettled = true
  }
  settled.then(settle, settle)
  let turns = 0
  while (!isSettled) {
    await new Promise((resolve) => setImmediate(resolve))
    turns += 1
  }
  return turns
}

it('looks at few records at once', async () => {
  expect(await problemOf({ count: 20_000, compression: 'none' })).toBeNull()
  expect(await problemOf({ count: 3, compression: 'none', keyless: [1] })).toMatchObject({
    error: 'INVALID_RECORD',
    recordErrors: [{ batchIndex: 1 }],
  })
})

it.each(['none', 'zstd', 'gzip'] as const)(
  'lets others in while it looks at many records, %s',
  async (compression) => {
    const check = await problemOf({ count: 200_000, compression })
    if (typeof check !== 'function')
      throw new Error('The batch is too large to be checked at once.')
    expect(await turnsUntil(check())).toBeGreaterThanOrEqual(9)
    expect(await check()).toBeNull()
  },
)

it.each(['none', 'zstd'] as const)(
  'finds what is wrong in every slice, %s',
  async (compression) => {
    for (const place of [0, 19_999, 20_000, 40_000]) {
      const check = await problemOf({ count: 40_001, compression, keyless: [place] })
      if (typeof check !== 'function')
        throw new Error('The batch is too large to be checked at once.')
      expect(await check()).toMatchObject({
        error: 'INVALID_RECORD',
        message: '1 of 40001 records have no key, which a compacted topic needs.',
        recordErrors: [{ batchIndex: place }],
      })
    }
  },
)

it('says of what cannot be unpacked why', async () => {
  const batch = await encodeCompressedBatch([{ key: KEY, value: KEY }], 'zstd', { timestampMs: 1 })
  const header = readBatchHeader(batch)
  if ('error' in header) throw new Error(header.message)
  const broken = Buffer.from(batch).fill(7, header.sizeBytes - 5)
  const check = recordKeysProblem(broken, header)
  if (typeof check !== 'function') throw new Error('A compressed batch is not checked at once.')
  expect(await check()).toMatchObject({
    error: 'INVALID_RECORD',
    message: expect.stringContaining('The records cannot be read'),
  })
})
