import fc from 'fast-check'
import { expect, it } from 'vitest'
import { BATCH_HEADER_BYTES, batchSizeAt } from '../../protocol/record-batch.ts'
import { asBuffer } from '../../protocol/wire.ts'
import {
  batchOf,
  DEFAULT_LOG_CONFIG,
  granted,
  type OpenLogs,
  openLogs,
  readAll,
} from '../testing/open-log.ts'
import { START_CHECK_DELAY_MS } from './start-check.ts'

/** Batches that are stored together are one chunk; a batch is the lengths of its values. */
const chunks = fc.array(
  fc.array(fc.array(fc.nat(40), { minLength: 1, maxLength: 4 }), { minLength: 1, maxLength: 5 }),
  { minLength: 1, maxLength: 4 },
)
/** Which chunk, which of its bytes, and which of the byte's bits. */
const flip = fc.record({ chunk: fc.nat(), at: fc.nat(), mask: fc.integer({ min: 1, max: 255 }) })
const property = fc.record({ chunks, flip, maxBytes: fc.constantFrom(1, 200, 1_000_000) })

it('any flipped byte costs the batch that it is in, and nothing else', async () => {
  await fc.assert(
    fc.asyncProperty(property, async ({ chunks, flip, maxBytes }) => {
      const { storage, records } = await writtenLog(chunks)
      const hit = flipByte(storage, flip)
      const left = records.filter(({ offset }) => offset < hit.from || offset >= hit.to)

      const open = await openLogs({ storage })
      const log = open.logs.open(1, () => DEFAULT_LOG_CONFIG)
      expect(await readAll(log, 0, maxBytes)).toEqual(left)
      expect([log.logStartOffset, log.highWatermark]).toEqual([0, records.length])
      expect(open.failures).toEqual([expect.stringMatching(/^Damage in partition id 1: /)])
      expect(open.failures[0]).toContain(
        hit.to > hit.from
          ? `offsets ${hit.from} to ${hit.to - 1} are lost (${hit.to - hit.from} records)`
          : 'no record is lost',
      )
      // What comes next goes on behind what was there, and what was cut is cut for good.
      granted(await log.append(batchOf({ values: ['next'] })))
      await open.logs.close()
      expect(await reread(storage, maxBytes)).toEqual([
        [],
        [...left, { offset: records.length, value: 'next' }],
      ])
    }),
    { numRuns: 300 },
  )
})

it('a chunk that was torn off keeps what stands before', async () => {
  await fc.assert(
    fc.asyncProperty(chunks, fc.nat(), async (chunks, cut) => {
      const { storage, records } = await writtenLog(chunks)
      const torn = storage.writes.at(-1)?.chunks[0]
      if (torn === undefined) throw new Error('There is a chunk.')
      const length = cut % torn.bytes.length
      const boundaries = batchesOf(torn)
      const kept = boundaries.filter(({ end }) => end <= length)
      const keptOffset = kept.at(-1)?.to ?? torn.baseOffset
      // Only this test's storage gives its chunks away.
      Object.assign(torn, { bytes: torn.bytes.subarray(0, length) })

      const open = await openLogs({ storage })
      const log = open.logs.open(1, () => DEFAULT_LOG_CONFIG)
      expect(await readAll(log)).toEqual(records.filter(({ offset }) => offset < keptOffset))
      expect(log.highWatermark).toBe(records.length)
      expect(open.failures).toHaveLength(1)
      await open.logs.close()
    }),
    { numRuns: 100 },
  )
})

it('the last chunk of each partition is looked at soon after the start', async () => {
  const { storage, clock } = await writtenLog([[[3], [3]], [[3]], [[3], [5]]])
  const [first, , last] = storage.writes.flatMap((write) => write.chunks)
  if (first === undefined || last === undefined) throw new Error('There are three chunks.')
  for (const { bytes } of [first, last]) {
    asBuffer(bytes).writeUInt8((bytes[BATCH_HEADER_BYTES] ?? 0) ^ 1, BATCH_HEADER_BYTES)
  }
  const open = await openLogs({ storage, clock })
  const log = open.logs.open(1, () => DEFAULT_LOG_CONFIG)
  open.logs.startMaintenance()
  clock.advance(60_000)
  await untilCalm(open)
  expect(open.failures).toEqual([
    'Damage in partition id 1: offsets 3 to 3 are lost (1 records), since the checksum of the record batch is wrong. Everything else of the chunk of offsets 3 to 4 is kept.',
  ])
  expect(log.highWatermark).toBe(5)
  await open.logs.close()
})

it('that look goes on with pauses, and ends when the broker does', async () => {
  const before = await openLogs()
  const partitions = Array.from({ length: 25 }, (_, n) => n + 1)
  for (const partition of partitions) {
    const log = before.logs.open(partition, () => DEFAULT_LOG_CONFIG)
    granted(await log.append(batchOf({ values: ['v'] })))
  }
  await before.logs.close()
  for (const { bytes } of before.storage.writes.flatMap(({ chunks }) => chunks)) {
    asBuffer(bytes).writeUInt8((bytes[BATCH_HEADER_BYTES] ?? 0) ^ 1, BATCH_HEADER_BYTES)
  }
  const open = await openLogs({ storage: before.storage })
  for (const partition of partitions) open.logs.open(partition, () => DEFAULT_LOG_CONFIG)
  open.logs.startMaintenance()
  open.clock.advance(START_CHECK_DELAY_MS)
  await untilCalm(open)
  expect(open.failures).toHaveLength(10)
  open.clock.advance(1000)
  await untilCalm(open)
  expect(open.failures).toHaveLength(20)
  await open.logs.close()
  expect(open.failures).toHaveLength(20)
})

it('what cannot be cut for want of space is read over, and cut later', async () => {
  const { storage, clock } = await writtenLog([[[3], [3], [3]]])
  flipByte(storage, { chunk: 0, at: BATCH_HEADER_BYTES + 2, mask: 1 })
  storage.fill()
  const open = await openLogs({ storage, clock })
  const log = open.logs.open(1, () => DEFAULT_LOG_CONFIG)
  expect((await readAll(log)).map(({ offset }) => offset)).toEqual([1, 2])
  await untilCalm(open)
  expect(open.failures.map(String)).toEqual([
    expect.stringContaining('Damage in'),
    expect.stringContaining('The disk is full'),
  ])
  storage.free()
  await open.logs.close()
  const [reports, records] = await reread(storage, 1000)
  expect(reports).toEqual([expect.stringContaining('Damage in')])
  expect(records.map(({ offset }) => offset)).toEqual([1, 2])
  expect((await reread(storage, 1000))[0]).toEqual([])
})

it('a row that contradicts its batches is left as it is', async () => {
  const { storage } = await writtenLog([[[3], [3]], [[3]]])
  const chunk = storage.writes[0]?.chunks[0]
  if (chunk === undefined) throw new Error('There is a chunk.')
  Object.assign(chunk, { nextOffset: 1 })
  const [reports, records] = await reread(storage, 1000)
  expect(reports).toEqual([expect.stringContaining('offsets 0 to 0 cannot be read')])
  expect(records.map(({ offset }) => offset)).toEqual([2])
  Object.assign(chunk, { nextOffset: 2 })
  expect((await reread(storage, 1000))[1]).toHaveLength(3)
})

async function writtenLog(chunks: readonly (readonly (readonly number[])[])[]) {
  const open = await openLogs()
  const log = open.logs.open(1, () => DEFAULT_LOG_CONFIG)
  let count = 0
  const newValue = (length: number) => `${count++}`.padEnd(length, 'v')
  for (const batches of chunks) {
    // What is appended in one turn is stored as one chunk.
    await Promise.all(
      batches.map(async (lengths) =>
        granted(await log.append(batchOf({ values: lengths.map(newValue) }))),
      ),
    )
  }
  const records = await readAll(log)
  expect(records).toHaveLength(count)
  await open.logs.close()
  return { ...open, records }
}

interface Hit {
  /** The offsets that are lost: none where the byte is not the records' but their place. */
  readonly from: number
  readonly to: number
}

function flipByte(
  { writes }: OpenLogs['storage'],
  flip: { chunk: number; at: number; mask: number },
): Hit {
  const stored = writes.flatMap((write) => write.chunks)
  const chunk = stored[flip.chunk % stored.length]
  if (chunk === undefined) throw new Error('There is a chunk.')
  const at = flip.at % chunk.bytes.length
  const batch = batchesOf(chunk).find(({ end }) => at < end)
  if (batch === undefined) throw new Error('Every byte is in a batch.')
  chunk.bytes[at] = (chunk.bytes[at] ?? 0) ^ flip.mask
  const inBatch = at - batch.start
  const isPlace = inBatch < 8 || (inBatch >= 12 && inBatch < 16)
  return isPlace ? { from: 0, to: 0 } : batch
}

/** Where the batches of a sound chunk lie, in bytes and in offsets. */
function batchesOf(chunk: { readonly bytes: Uint8Array }) {
  const bytes = asBuffer(chunk.bytes)
  const found: (Hit & { readonly start: number; readonly end: number })[] = []
  for (let start = 0; start < bytes.length; ) {
    const end = start + batchSizeAt(bytes, start)
    const from = Number(bytes.readBigInt64BE(start))
    found.push({ start, end, from, to: from + bytes.readInt32BE(start + 23) + 1 })
    start = end
  }
  return found
}

async function reread(storage: OpenLogs['storage'], maxBytes: number) {
  const open = await openLogs({ storage })
  const log = open.logs.open(1, () => DEFAULT_LOG_CONFIG)
  const records = await readAll(log, 0, maxBytes)
  await open.logs.close()
  return [open.failures, records] as const
}

async function untilCalm({ logs }: Pick<OpenLogs, 'logs'>): Promise<void> {
  for (let n = 0; n < 30; n++) await logs.flush()
}
