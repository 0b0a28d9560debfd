import { describe, expect, it } from 'vitest'
import { createFakeClock } from '../clock.ts'
import { SNAPSHOT_CHUNKS } from './log-limits.ts'
import type { PartitionLog } from './partition-log.ts'
import {
  batchOf,
  DEFAULT_LOG_CONFIG,
  granted,
  openLog,
  openLogs,
  readAll,
  type TestBatch,
} from './testing/open-log.ts'
import { park } from './waiters.ts'

const DAY = 24 * 60 * 60 * 1000

async function append(log: PartitionLog, batch: TestBatch) {
  return granted(await log.append(batchOf(batch)))
}

/** Offsets of the records that one read gives. */
async function readOnce(
  log: PartitionLog,
  offset: number,
  maxBytes: number,
  atLeastOneBatch = true,
) {
  const slice = granted(await log.read(offset, { maxBytes, atLeastOneBatch }))
  return { from: offset, to: slice.nextOffset, sizeBytes: slice.sizeBytes }
}

describe('reading', () => {
  it('gives whole batches from the one that holds the offset, up to the bytes asked for', async () => {
    const { log } = await openLog()
    const size = batchOf({ values: ['a', 'b', 'c'] }).length
    await Promise.all([0, 1, 2].map(() => append(log, { values: ['a', 'b', 'c'] })))
    expect(await readOnce(log, 4, 2 * size)).toMatchObject({ to: 9, sizeBytes: 2 * size })
    expect(await readOnce(log, 4, 2 * size - 1)).toMatchObject({ to: 6, sizeBytes: size })
    expect(await readOnce(log, 6, 10 * size)).toMatchObject({ to: 9, sizeBytes: size })
    expect(await readOnce(log, 9, 10 * size)).toMatchObject({ to: 9, sizeBytes: 0 })
  })

  it('keeps no large chunk in memory for the sake of a small answer', async () => {
    const { log } = await openLog()
    await Promise.all(
      Array.from({ length: 6 }, () => append(log, { values: ['x'.repeat(100_000)] })),
    )
    const small = granted(await log.read(1, { maxBytes: 100_100, atLeastOneBatch: true }))
    expect(small.nextOffset).toBe(2)
    expect(small.records[0]?.buffer.byteLength).toBeLessThan(200_000)
    expect(small.records[0]?.length).toBe(small.sizeBytes)
  })

  it('gives one batch that is too large only where it is asked to', async () => {
    const { log } = await openLog()
    await append(log, { values: ['x'.repeat(1000)] })
    expect(await readOnce(log, 0, 0)).toMatchObject({ to: 1 })
    expect(await readOnce(log, 0, 100, false)).toMatchObject({ to: 0, sizeBytes: 0 })
  })

  it('refuses offsets outside the log, and only those', async () => {
    const { log } = await openLog()
    await append(log, { values: ['a', 'b', 'c', 'd'] })
    await log.deleteRecords(2)
    for (const offset of [-1, 0, 1, 5, 2 ** 50]) {
      expect(await log.read(offset, { maxBytes: 100, atLeastOneBatch: true })).toEqual({
        error: 'OFFSET_OUT_OF_RANGE',
      })
    }
    expect(await readOnce(log, 2, 100)).toMatchObject({ to: 4 })
    expect(await readOnce(log, 4, 100)).toMatchObject({ to: 4, sizeBytes: 0 })
  })

  it('reports why storage could not be read', async () => {
    const open = await openLogs({}, 0)
    const log = open.logs.open(1, () => DEFAULT_LOG_CONFIG)
    await append(log, { values: ['a'] })
    open.storage.read = () => Promise.reject(new Error('no disk'))
    await expect(readOnce(log, 0, 100)).rejects.toThrow('no disk')
    expect(open.failures).toEqual([new Error('no disk')])
  })

  it('does not ask storage for what was appended lately', async () => {
    const { log, storage } = await openLog()
    let reads = 0
    const read = storage.read
    storage.read = (...args) => {
      reads++
      return read(...args)
    }
    for (let n = 0; n < 50; n++) await append(log, { values: [`v${n}`] })
    expect(await readAll(log)).toHaveLength(50)
    expect(reads).toBe(0)
  })

  it.each([
    ['large', 20, 200_000],
    ['tiny', 5000, 20],
  ])('reads back %s chunks once for whoever goes through old records', async (_, count, size) => {
    const { storage, log, logs } = await openLog()
    for (let n = 0; n < count; n++) await append(log, { values: ['y'.repeat(size)] })
    await logs.close()

    const again = await openLogs({ storage })
    const reader = again.logs.open(1, () => DEFAULT_LOG_CONFIG)
    let bytesRead = 0
    const read = storage.read
    storage.read = async (...args) => {
      const chunks = await read(...args)
      bytesRead += chunks.reduce((sum, chunk) => sum + chunk.sizeBytes, 0)
      return chunks
    }
    expect(await readAll(reader, 0, 300_000)).toHaveLength(count)
    expect(bytesRead).toBe(reader.sizeBytes)
  })

  it('gives tiny chunks as one piece, which one write sends', async () => {
    const { log } = await openLog()
    for (let n = 0; n < 500; n++) await append(log, { values: ['z'] })
    const { records } = granted(await log.read(0, { maxBytes: 1_000_000, atLeastOneBatch: true }))
    expect(records).toHaveLength(1)
  })
})

describe('a log opened again', () => {
  it('remembers its producers through snapshots and restarts', async () => {
    let { log, logs, storage } = await openLog()
    const sent: TestBatch[] = []
    for (let n = 0; n < 3 * SNAPSHOT_CHUNKS + 5; n++) {
      // Two producers stop early; only a snapshot still knows of them.
      const producerId = n < 10 ? 100 + (n % 2) : 200
      const baseSequence = n < 10 ? Math.floor(n / 2) : n - 10
      const batch = { values: [`${n}`], producerId, baseSequence }
      await append(log, batch)
      sent.push(batch)
    }
    const loaded = await storage.load()
    expect(loaded[0]?.producers.length).toBeLessThanOrEqual(SNAPSHOT_CHUNKS + 1)
    expect(loaded[0]?.snapshot?.offset).toBeGreaterThan(2 * SNAPSHOT_CHUNKS)

    await logs.close()
    const again = await openLogs({ storage })
    log = again.logs.open(1, () => DEFAULT_LOG_CONFIG)
    expect(log.producerCount).toBe(3)
    for (const n of [1, 8, 9, sent.length - 5, sent.length - 1]) {
      const batch = sent[n]
      if (batch === undefined) throw new Error('It was sent above.')
      expect(await append(log, batch)).toMatchObject({ duplicate: true, baseOffset: n })
    }
    expect(log.nextOffset).toBe(sent.length)
  })

  it('remembers its producers when retention deleted what they wrote', async () => {
    const { log, logs, storage } = await openLog()
    const batch = { values: ['v'], producerId: 4, baseSequence: 0 }
    await append(log, batch)
    expect(granted(await log.deleteRecords(-1))).toBe(1)
    await logs.close()
    const again = await openLogs({ storage })
    const reopened = again.logs.open(1, () => DEFAULT_LOG_CONFIG)
    expect([reopened.logStartOffset, reopened.highWatermark, reopened.sizeBytes]).toEqual([1, 1, 0])
    expect(await append(reopened, batch)).toMatchObject({ duplicate: true, baseOffset: 0 })
    expect(await append(reopened, { ...batch, baseSequence: 1 })).toMatchObject({ baseOffset: 1 })
  })

  it('forgets its producers after a day, across a restart too', async () => {
    const clock = createFakeClock()
    const { logs, storage } = await openLogs({ clock })
    const batch = { values: ['v'], producerId: 4, baseSequence: 7 }
    await append(
      logs.open(1, () => DEFAULT_LOG_CONFIG),
      batch,
    )
    await logs.close()
    clock.advance(DAY)
    const again = await openLogs({ storage, clock })
    const log = again.logs.open(1, () => DEFAULT_LOG_CONFIG)
    expect(await append(log, batch)).toMatchObject({ duplicate: false, baseOffset: 1 })
  })
})

describe('deleting records', () => {
  it('moves the start inside a chunk, and stays there', async () => {
    const { log, logs, storage } = await openLog()
    await append(log, { values: ['a', 'b', 'c'] })
    expect(granted(await log.deleteRecords(1))).toBe(1)
    expect(granted(await log.deleteRecords(0))).toBe(1)
    expect(await log.deleteRecords(4)).toEqual({ error: 'OFFSET_OUT_OF_RANGE' })
    expect(await log.deleteRecords(-2)).toEqual({ error: 'OFFSET_OUT_OF_RANGE' })
    expect((await readAll(log)).map(({ value }) => value)).toEqual(['b', 'c'])
    await logs.close()
    const reopened = (await openLogs({ storage })).logs.open(1, () => DEFAULT_LOG_CONFIG)
    expect(reopened.logStartOffset).toBe(1)
    expect(granted(await reopened.deleteRecords(-1))).toBe(3)
    expect(await append(reopened, { values: ['d'] })).toMatchObject({ baseOffset: 3 })
  })

  it('frees the batches below it, and leaves whole the one that it cuts through', async () => {
    const { log, logs, storage } = await openLog()
    const taken = [['a', 'b'], ['c'], ['d', 'e'], ['f']].map((values) => append(log, { values }))
    await Promise.all(taken)
    expect(await storage.list(1, 0, 10)).toHaveLength(1)
    const sizes = [['d', 'e'], ['f']].map((values) => batchOf({ values }).length)
    expect(granted(await log.deleteRecords(4))).toBe(4)
    const [chunk] = await storage.list(1, 0, 10)
    expect(chunk).toMatchObject({ baseOffset: 3, nextOffset: 6 })
    expect(log.sizeBytes).toBe(sizes.reduce((sum, size) => sum + size, 0))
    expect((await readAll(log)).map(({ value }) => value)).toEqual(['e', 'f'])
    await logs.close()
    const reopened = (await openLogs({ storage })).logs.open(1, () => DEFAULT_LOG_CONFIG)
    expect([reopened.logStartOffset, reopened.sizeBytes]).toEqual([4, log.sizeBytes])
  })

  it('takes its turn with appends, so that neither undoes what the other wrote', async () => {
    const { log, logs, storage } = await openLog()
    const work: Promise<unknown>[] = []
    for (let n = 0; n < 40; n++) {
      work.push(append(log, { values: [`${n}`] }))
      if (n % 7 === 6) work.push(log.deleteRecords(-1))
      if (n % 3 === 0) await new Promise(setImmediate)
    }
    await Promise.all(work)
    const [stored] = await storage.load()
    expect(stored).toMatchObject({
      logStartOffset: log.logStartOffset,
      nextOffset: 40,
      sizeBytes: log.sizeBytes,
    })
    const chunks = await storage.list(1, 0, 100)
    expect(chunks.reduce((sum, chunk) => sum + chunk.sizeBytes, 0)).toBe(log.sizeBytes)
    await logs.close()
  })

  it('says so where storage fails, and leaves everything as it was', async () => {
    const { log, storage, failures } = await openLog()
    await append(log, { values: ['a'] })
    storage.fill()
    expect(await log.deleteRecords(-1)).toEqual({ error: 'KAFKA_STORAGE_ERROR' })
    expect(log.logStartOffset).toBe(0)
    expect(failures).toHaveLength(1)
    storage.free()
    expect(granted(await log.deleteRecords(-1))).toBe(1)
  })
})

describe('a deleted topic', () => {
  it('wakes parked fetches and answers what waited', async () => {
    const { log, logs, storage, clock } = await openLog()
    const parked = park({
      partitions: [{ waiters: log.waiters, bytesMax: 100 }],
      bytesWanted: 1,
      maxWaitMs: 60_000,
      clock,
      closed: new AbortController().signal,
    })
    const held = storage.hold()
    const written = log.append(batchOf({ values: ['a'] }))
    await held.reached
    const waiting = log.append(batchOf({ values: ['b'] }))
    logs.drop([1])
    expect(await parked).toBe('changed')
    expect(await waiting).toMatchObject({ error: 'UNKNOWN_TOPIC_OR_PARTITION' })
    held.release()
    expect(granted(await written).baseOffset).toBe(0)
    expect(logs.pendingBytes).toBe(0)
    expect(log.waiters.size).toBe(0)
  })
})

describe('a partition at the end of its offsets', () => {
  it('takes what fits and refuses the rest, which keeps nobody else from being stored', async () => {
    const open = await openLogs()
    const last = Number.MAX_SAFE_INTEGER
    await open.storage.write({
      chunks: [],
      partitions: [{ partitionId: 1, logStartOffset: 0, nextOffset: last - 2, sizeBytes: 0 }],
    })
    const { logs } = await openLogs(open)
    const full = logs.open(1, () => DEFAULT_LOG_CONFIG)
    const other = logs.open(2, () => DEFAULT_LOG_CONFIG)
    const outcomes = [
      full.append(batchOf({ values: ['a', 'b', 'c'] })),
      full.append(batchOf({ values: ['a', 'b'] })),
      full.append(batchOf({ values: ['c'] })),
      other.append(batchOf({ values: ['a'] })),
    ]
    expect(await Promise.all(outcomes)).toMatchObject([
      { error: 'INVALID_RECORD' },
      { baseOffset: last - 2 },
      { error: 'INVALID_RECORD' },
      { baseOffset: 0 },
    ])
    expect(full.highWatermark).toBe(last)
  })
})
