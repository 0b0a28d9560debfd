import { describe, expect, it } from 'vitest'
import { BATCH_HEADER_BYTES } from '../protocol/record-batch.ts'
import { openMemoryStorage } from '../storage/memory/storage.ts'
import type { ChunkInfo, LogStore } from '../storage/storage.ts'
import type { LogConfig } from './log-config.ts'
import { MAINTENANCE_INTERVAL_MS } from './log-limits.ts'
import { retentionCut } from './retention.ts'
import { batchOf, DEFAULT_LOG_CONFIG, granted, openLogs, readAll } from './testing/open-log.ts'
import { createUnreliableLogStore } from './testing/unreliable-log-store.ts'

const HOUR = 60 * 60 * 1000

/** `onList` is waited for whenever retention asks storage what is oldest. */
async function openWithConfig(partitionIds: readonly number[], onList = async () => {}) {
  const memory = openMemoryStorage().log
  const list: LogStore['list'] = async (...args) => {
    await onList()
    return memory.list(...args)
  }
  const open = await openLogs({ storage: createUnreliableLogStore({ ...memory, list }) })
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
    let asked = 0
    const open = await openWithConfig([1, 2], async () => {
      asked++
    })
    const { clock, config, log, logs } = open
    config.retentionMs = HOUR
    granted(await log.append(batchOf({ values: ['v'] })))
    logs.startMaintenance()
    await settled(open)
    asked = 0
    for (let n = 0; n < 10; n++) {
      clock.advance(MAINTENANCE_INTERVAL_MS)
      await settled(open)
    }
    expect(asked).toBe(0)
    await logs.close()
  })

  it('lets appends in between, however many partitions are due at once', async () => {
    const partitionIds = Array.from({ length: 2000 }, (_, n) => n + 1)
    const { all, clock, config, log, logs } = await openWithConfig(partitionIds)
    for (const each of all) granted(await each.append(batchOf({ values: ['old'] }, clock.nowMs())))
    clock.advance(HOUR)
    config.retentionMs = HOUR / 2
    logs.startMaintenance()
    granted(await log.append(batchOf({ values: ['new'] }, clock.nowMs())))
    const areDone = all.filter(({ logStartOffset }) => logStartOffset > 0).length
    expect(areDone).toBeLessThan(20)
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

describe('a round that is under way when the logs close', () => {
  it('ends first, and asks nothing more of storage', async () => {
    let asked = 0
    let answer = () => {}
    const mayAnswer = new Promise<void>((resolve) => {
      answer = resolve
    })
    const open = await openWithConfig([1, 2, 3], () => {
      asked += 1
      return mayAnswer
    })
    const { config, logs } = open
    config.retentionMs = HOUR
    for (const log of open.all) granted(await log.append(batchOf({ values: ['v'] })))
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
