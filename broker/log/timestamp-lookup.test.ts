import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { readBatchHeader, sealBatch } from '../protocol/record-batch.ts'
import { encodeCompressedBatch } from '../protocol/records.ts'
import { openMemoryStorage } from '../storage/memory/storage.ts'
import type { PartitionLog } from './partition-log.ts'
import { batchOf, DEFAULT_LOG_CONFIG, granted, openLog, openLogs } from './testing/open-log.ts'
import { createUnreliableLogStore } from './testing/unreliable-log-store.ts'

async function appendTimes(log: PartitionLog, ...timestampsMs: number[]): Promise<void> {
  granted(await log.append(batchOf({ values: timestampsMs.map(String), timestampsMs })))
}

describe('the first record at or after a timestamp', () => {
  it('is found inside its batch', async () => {
    const { log } = await openLog()
    await appendTimes(log, 100, 200, 300)
    await appendTimes(log, 400, 500)
    const find = async (timestampMs: number) => granted(await log.findTimestamp(timestampMs))
    expect(await find(0)).toEqual({ offset: 0, timestampMs: 100 })
    expect(await find(200)).toEqual({ offset: 1, timestampMs: 200 })
    expect(await find(201)).toEqual({ offset: 2, timestampMs: 300 })
    expect(await find(301)).toEqual({ offset: 3, timestampMs: 400 })
    expect(await find(500)).toEqual({ offset: 4, timestampMs: 500 })
    expect(await find(501)).toBeNull()
  })

  it('is found in a compressed batch, and with LogAppendTime', async () => {
    const { log } = await openLog()
    const records = [100, 200, 300].map((timestampMs) => ({ timestampMs }))
    granted(await log.append(await encodeCompressedBatch(records, 'gzip', { timestampMs: 0 })))
    expect(granted(await log.findTimestamp(150))).toEqual({ offset: 1, timestampMs: 200 })

    const stamped = await openLog({ timestampType: 'LogAppendTime' })
    const nowMs = stamped.clock.nowMs()
    await appendTimes(stamped.log, 1, 2, 3)
    expect(granted(await stamped.log.findTimestamp(5))).toEqual({ offset: 0, timestampMs: nowMs })
    await stamped.log.deleteRecords(2)
    expect(granted(await stamped.log.findTimestamp(5))).toEqual({ offset: 2, timestampMs: nowMs })
    expect(granted(await stamped.log.findMaxTimestamp())).toEqual({ offset: 2, timestampMs: nowMs })
  })

  it('is not one that was deleted', async () => {
    const { log } = await openLog()
    await appendTimes(log, 900, 100)
    await appendTimes(log, 200, 300)
    await appendTimes(log, 800)
    await log.deleteRecords(1)
    expect(granted(await log.findTimestamp(400))).toEqual({ offset: 4, timestampMs: 800 })
    expect(granted(await log.findTimestamp(850))).toBeNull()
    expect(granted(await log.findMaxTimestamp())).toEqual({ offset: 4, timestampMs: 800 })
  })

  it('is the whole batch where its records cannot be read', async () => {
    const { log } = await openLog()
    await appendTimes(log, 100)
    const batch = await encodeCompressedBatch([{ timestampMs: 500 }], 'gzip', { timestampMs: 0 })
    const header = readBatchHeader(batch)
    if ('error' in header) throw new Error(header.message)
    granted(await log.append(sealBatch(header, Buffer.from('no gzip at all'))))
    expect(granted(await log.findTimestamp(300))).toEqual({ offset: 1, timestampMs: 500 })
  })

  it('lets others go on while a batch of very many records is searched', async () => {
    const { log } = await openLog()
    const timestampsMs = Array.from({ length: 50_000 }, (_, i) => i)
    const values = timestampsMs.map(() => '')
    granted(await log.append(batchOf({ values, timestampsMs })))
    let turns = 0
    let isSearching = true
    const takeTurns = () => {
      turns += 1
      if (isSearching) setImmediate(takeTurns)
    }
    setImmediate(takeTurns)
    expect(granted(await log.findTimestamp(49_999))).toEqual({
      offset: 49_999,
      timestampMs: 49_999,
    })
    isSearching = false
    // One for every 4096 records; the whole batch in one turn would leave them at none.
    expect(turns).toBeGreaterThanOrEqual(12)
  })

  it('reads the chunk that holds it, and no other', async () => {
    const writing = await openLogs()
    const before = writing.logs.open(1, () => DEFAULT_LOG_CONFIG)
    for (let chunk = 0; chunk < 20; chunk++) await appendTimes(before, chunk * 10, chunk * 10 + 5)
    await writing.logs.close()
    const { storage } = writing
    const { read } = storage
    const places: number[] = []
    storage.read = async (...place) => {
      const chunks = await read(...place)
      places.push(...chunks.map(({ baseOffset }) => baseOffset))
      return chunks
    }
    const { logs } = await openLogs({ storage })
    const log = logs.open(1, () => DEFAULT_LOG_CONFIG)
    expect(granted(await log.findTimestamp(63))).toEqual({ offset: 13, timestampMs: 65 })
    expect(granted(await log.findMaxTimestamp())).toEqual({ offset: 39, timestampMs: 195 })
    expect(places).toEqual([12, 38])
  })

  it('rejects where storage cannot be read', async () => {
    const storage = createUnreliableLogStore(openMemoryStorage().log)
    storage.findByTimestamp = () => Promise.reject(new Error('no disk'))
    const open = await openLogs({ storage })
    const log = open.logs.open(1, () => DEFAULT_LOG_CONFIG)
    await appendTimes(log, 100)
    await expect(log.findTimestamp(1)).rejects.toThrow('no disk')
    expect(open.failures).toEqual([new Error('no disk')])
  })
})

describe('lookups by time', () => {
  it('say what going through all records says', async () => {
    const times = fc.array(
      fc.array(fc.integer({ min: 0, max: 50 }), { minLength: 1, maxLength: 4 }),
      {
        minLength: 1,
        maxLength: 12,
      },
    )
    const start = fc.double({ min: 0, max: 1, noNaN: true })
    await fc.assert(
      fc.asyncProperty(times, start, fc.boolean(), async (batches, at, atOnce) => {
        const { log, logs } = await openLog()
        for (const batch of batches) {
          const append = appendTimes(log, ...batch)
          // Batches that are appended together share a chunk.
          if (!atOnce) await append
        }
        await logs.flush()
        const all = batches.flat().map((timestampMs, offset) => ({ offset, timestampMs }))
        await log.deleteRecords(Math.floor(at * all.length))
        const left = all.filter(({ offset }) => offset >= log.logStartOffset)
        for (let asked = 0; asked <= 51; asked++) {
          const first = left.find(({ timestampMs }) => timestampMs >= asked) ?? null
          expect(granted(await log.findTimestamp(asked))).toEqual(first)
        }
        const max = Math.max(...left.map(({ timestampMs }) => timestampMs))
        const first = left.find(({ timestampMs }) => timestampMs === max) ?? null
        expect(granted(await log.findMaxTimestamp())).toEqual(first)
      }),
      { numRuns: 100 },
    )
  })
})
