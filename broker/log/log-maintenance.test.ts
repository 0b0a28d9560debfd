import { describe, expect, it } from 'vitest'
import { BATCH_HEADER_BYTES } from '../protocol/record-batch.ts'
import type { ChunkInfo } from '../storage/storage.ts'
import type { LogConfig } from './log-config.ts'
import { MAINTENANCE_INTERVAL_MS } from './log-limits.ts'
import { retentionCut } from './retention.ts'
import { batchOf, DEFAULT_LOG_CONFIG, granted, openLogs, readAll } from './testing/open-log.ts'

const HOUR = 60 * 60 * 1000

async function openWithConfig(partitionIds: readonly number[]) {
  const open = await openLogs()
  const config: { -readonly [K in keyof LogConfig]: LogConfig[K] } = { ...DEFAULT_LOG_CONFIG }
  const logs = partitionIds.map((id) => open.logs.open(id, () => config))
  const [log] = logs
  if (log === undefined) throw new Error('At least one partition is opened.')
  return { ...open, config, log, all: logs }
}

function chunk(baseOffset: number, maxTimestampMs: number): ChunkInfo {
  const nextOffset = baseOffset + 1
  return { partitionId: 1, baseOffset, nextOffset, maxTimestampMs, sizeBytes: 100 }
}

/** Lets everything that the clock has set off come to rest. */
async function settled(open: { logs: { flush(): Promise<void> } }): Promise<void> {
  for (let n = 0; n < 30; n++) await open.logs.flush()
}

describe('retention', () => {
  it('deletes by time what is old, on the clock, and obeys a changed config', async () => {
    const open = await openWithConfig([1])
    const { clock, config, log, logs } = open
    config.retentionMs = 2 * HOUR
    logs.startMaintenance()
    for (let n = 0; n < 5; n++) {
      granted(await log.append(batchOf({ values: [`${n}`] }, clock.nowMs())))
      clock.advance(HOUR)
      await settled(open)
    }
    // Records 0, 1 and 2 are 5, 4 and 3 hours old; the fourth is 2 hours old and may stay.
    clock.advance(MAINTENANCE_INTERVAL_MS - 1)
    expect(log.logStartOffset).toBe(3)
    clock.advance(1)
    await settled(open)
    expect((await readAll(log)).map(({ value }) => value)).toEqual(['4'])

    config.retentionMs = -1
    clock.advance(100 * HOUR)
    await settled(open)
    expect(log.logStartOffset).toBe(4)

    config.retentionMs = 0
    clock.advance(MAINTENANCE_INTERVAL_MS)
    await settled(open)
    expect([log.logStartOffset, log.highWatermark, log.sizeBytes]).toEqual([5, 5, 0])
    granted(await log.append(batchOf({ values: ['next'] })))
    expect(log.highWatermark).toBe(6)
    await logs.close()
  })

  it('deletes by size only what the partition can spare, in as many slices as it takes', async () => {
    const open = await openWithConfig([1])
    const { clock, config, log, logs } = open
    for (let n = 0; n < 300; n++) {
      granted(await log.append(batchOf({ values: ['v'.repeat(1000)] })))
    }
    const chunkBytes = log.sizeBytes / 300
    config.retentionBytes = 10 * chunkBytes
    logs.startMaintenance()
    await settled(open)
    clock.advance(MAINTENANCE_INTERVAL_MS)
    await settled(open)
    expect(log.sizeBytes).toBe(10 * chunkBytes)
    expect(log.logStartOffset).toBe(290)
    await logs.close()
  })

  it('asks storage nothing while nothing can be due', async () => {
    const open = await openWithConfig([1, 2])
    const { clock, config, log, logs, storage } = open
    config.retentionMs = HOUR
    granted(await log.append(batchOf({ values: ['v'] })))
    logs.startMaintenance()
    await settled(open)
    let asked = 0
    const list = storage.list
    storage.list = (...args) => {
      asked++
      return list(...args)
    }
    for (let n = 0; n < 10; n++) {
      clock.advance(MAINTENANCE_INTERVAL_MS)
      await settled(open)
    }
    expect(asked).toBe(0)
    await logs.close()
  })

  it('stops at the first chunk that must stay', () => {
    const chunks = [chunk(0, 10), chunk(1, 90), chunk(2, 10)]
    const cut = (retentionMs: number, retentionBytes: number, nowMs = 100) =>
      retentionCut({ config: { retentionMs, retentionBytes }, sizeBytes: 300 }, chunks, nowMs)
    expect(cut(-1, -1)).toBeNull()
    expect(cut(50, -1)).toBe(1)
    expect(cut(5, -1)).toBe(3)
    expect(cut(-1, 300)).toBeNull()
    expect(cut(-1, 299)).toBeNull()
    expect(cut(-1, 200)).toBe(1)
    expect(cut(-1, 0)).toBe(3)
  })

  it('takes records without a timestamp along with what was written after them', () => {
    const log = { config: { retentionMs: 50, retentionBytes: -1 }, sizeBytes: 300 }
    const cut = (...chunks: ChunkInfo[]) => retentionCut(log, chunks, 100)
    expect(cut(chunk(0, -1))).toBeNull()
    expect(cut(chunk(0, -1), chunk(1, 90))).toBeNull()
    expect(cut(chunk(0, -1), chunk(1, -1), chunk(2, 10), chunk(3, -1))).toBe(3)
  })

  it('deletes what compaction left for the sake of offsets alone, and goes on behind it', () => {
    const headerAlone = { ...chunk(0, -1), sizeBytes: BATCH_HEADER_BYTES }
    const log = { config: { retentionMs: 50, retentionBytes: -1 }, sizeBytes: 300 }
    expect(retentionCut(log, [headerAlone, chunk(1, 90)], 100)).toBe(1)
    expect(retentionCut(log, [headerAlone, chunk(1, 10), chunk(2, 90)], 100)).toBe(2)
  })
})

describe('what deleted partitions leave behind', () => {
  it('is swept once every partition of the catalogue is open, and not before', async () => {
    const before = await openWithConfig([1, 2, 3])
    for (const log of before.all) granted(await log.append(batchOf({ values: ['v'] })))
    await before.logs.close()

    const after = await openLogs({ storage: before.storage, clock: before.clock })
    after.logs.open(1, () => DEFAULT_LOG_CONFIG)
    const third = after.logs.open(3, () => DEFAULT_LOG_CONFIG)
    await settled(after)
    expect(await before.storage.load()).toHaveLength(3)
    after.logs.startMaintenance()
    await settled(after)
    const left = await before.storage.load()
    expect(left.map(({ partitionId }) => partitionId)).toEqual([1, 3])
    expect(await readAll(third)).toHaveLength(1)
    await after.logs.close()
  })

  it('goes at the next round after a topic was deleted, and stays due where storage fails', async () => {
    const open = await openWithConfig([1, 2])
    const { clock, logs, storage } = open
    for (const log of open.all) granted(await log.append(batchOf({ values: ['v'] })))
    logs.startMaintenance()
    await settled(open)
    logs.drop([2])
    const sweep = storage.sweep
    storage.sweep = () => Promise.reject(new Error('busy'))
    clock.advance(MAINTENANCE_INTERVAL_MS)
    await settled(open)
    expect(open.failures).toHaveLength(1)
    storage.sweep = sweep
    clock.advance(MAINTENANCE_INTERVAL_MS)
    await settled(open)
    expect((await storage.load()).map(({ partitionId }) => partitionId)).toEqual([1])
    await logs.close()
  })
})

describe('a round that is under way when the logs close', () => {
  it('ends first, and asks nothing more of storage', async () => {
    const open = await openWithConfig([1, 2, 3])
    const { config, logs, storage } = open
    config.retentionMs = HOUR
    for (const log of open.all) granted(await log.append(batchOf({ values: ['v'] })))
    const { list } = storage
    let asked = 0
    let answer = () => {}
    const mayAnswer = new Promise<void>((resolve) => {
      answer = resolve
    })
    storage.list = async (...args) => {
      asked += 1
      await mayAnswer
      return list(...args)
    }
    logs.startMaintenance()
    expect(asked).toBe(1)
    let isClosed = false
    const closing = logs.close().then(() => {
      isClosed = true
    })
    await settled(open)
    expect(isClosed).toBe(false)
    answer()
    await closing
    await settled(open)
    expect([asked, open.failures]).toEqual([1, []])
  })
})

describe('freed space', () => {
  it('is given back in steps, once nothing was written for a whole interval', async () => {
    const open = await openWithConfig([1])
    const { clock, log, logs, storage } = open
    let free = 10
    const freeSeen: number[] = []
    storage.vacuum = async () => {
      freeSeen.push(free)
      free = Math.max(0, free - 4)
      return free
    }
    logs.startMaintenance()
    await settled(open)
    granted(await log.append(batchOf({ values: ['v'] })))
    clock.advance(MAINTENANCE_INTERVAL_MS)
    await settled(open)
    expect(freeSeen).toEqual([])
    clock.advance(MAINTENANCE_INTERVAL_MS)
    await settled(open)
    expect(freeSeen).toEqual([10, 6, 2])
    clock.advance(MAINTENANCE_INTERVAL_MS)
    await settled(open)
    expect(freeSeen).toHaveLength(3)
    await logs.close()
  })

  it('is left alone where storage cannot give it back', async () => {
    const open = await openWithConfig([1])
    const { clock, logs, storage } = open
    let steps = 0
    storage.vacuum = async () => {
      steps += 1
      return 7
    }
    logs.startMaintenance()
    await settled(open)
    clock.advance(MAINTENANCE_INTERVAL_MS)
    await settled(open)
    expect(steps).toBe(2)
    await logs.close()
  })
})
