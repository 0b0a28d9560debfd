import { mkdtempSync, readdirSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { createFakeClock } from '../clock.ts'
import { openMemoryStorage } from '../storage/memory/storage.ts'
import { openPrismaStorage } from '../storage/prisma/storage.ts'
import type { LogStore } from '../storage/storage.ts'
import { SPACE_INTERVAL_MS, SPACE_KEPT_INTERVALS } from './log-limits.ts'
import type { PartitionLog } from './partition-log.ts'
import { openPartitionLogs } from './partition-logs.ts'
import { batchOf, DEFAULT_LOG_CONFIG, granted, openLogs, readAll } from './testing/open-log.ts'
import { createUnreliableLogStore } from './testing/unreliable-log-store.ts'

const folder = mkdtempSync(join(tmpdir(), 'tributary-space-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

/** Lets everything that the clock has set off come to rest. */
async function settled(open: { logs: { flush(): Promise<void> } }): Promise<void> {
  for (let n = 0; n < 30; n++) await open.logs.flush()
}

/** `change` is what a test has storage do instead. */
async function openAll(partitionIds: readonly number[], change: Partial<LogStore> = {}) {
  const memory = openMemoryStorage().log
  const open = await openLogs({ storage: createUnreliableLogStore({ ...memory, ...change }) })
  return { ...open, all: partitionIds.map((id) => open.logs.open(id, () => DEFAULT_LOG_CONFIG)) }
}

describe('what deleted partitions leave behind', () => {
  it('is swept once every partition of the catalogue is open, and not before', async () => {
    const before = await openAll([1, 2, 3])
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
    const memory = openMemoryStorage().log
    let isBusy = false
    const sweep: LogStore['sweep'] = (known, limit) =>
      isBusy ? Promise.reject(new Error('busy')) : memory.sweep(known, limit)
    const open = await openAll([1, 2], { ...memory, sweep })
    const { clock, logs, storage } = open
    for (const log of open.all) granted(await log.append(batchOf({ values: ['v'] })))
    logs.startMaintenance()
    await settled(open)
    logs.drop([2])
    isBusy = true
    clock.advance(SPACE_INTERVAL_MS)
    await settled(open)
    expect(open.failures).toHaveLength(1)
    isBusy = false
    clock.advance(SPACE_INTERVAL_MS)
    await settled(open)
    expect((await storage.load()).map(({ partitionId }) => partitionId)).toEqual([1])
    await logs.close()
  })
})

describe('free space', () => {
  /** A file with free pages of a kilobyte, of which a step may give back four. */
  async function openFile(freePages: number, pagesPerStep = 4) {
    const file = { freePages, steps: 0, checkpoints: 0 }
    const open = await openAll([1], {
      async space() {
        return { usedBytes: 0, freeBytes: file.freePages * 1024, pageBytes: 1024 }
      },
      async vacuum(pages) {
        file.steps += 1
        file.freePages -= Math.min(pages, pagesPerStep)
        return file.freePages
      },
      async checkpoint() {
        file.checkpoints += 1
      },
    })
    open.logs.startMaintenance()
    await settled(open)
    const nextRound = async () => {
      open.clock.advance(SPACE_INTERVAL_MS)
      await settled(open)
    }
    const write = async (bytes: number) => {
      for (const log of open.all)
        granted(await log.append(batchOf({ values: ['v'.repeat(bytes)] })))
    }
    return { ...open, file, nextRound, write }
  }

  it('is given back in steps, and then the journal is emptied', async () => {
    const { file, logs, nextRound } = await openFile(10)
    expect(file.steps).toBe(0)
    await nextRound()
    expect(file).toEqual({ freePages: 0, steps: 3, checkpoints: 1 })
    await nextRound()
    expect(file.steps).toBe(3)
    await logs.close()
  })

  it('is kept for what is going to be written, and only for that', async () => {
    const { file, logs, nextRound, write } = await openFile(100)
    await write(1024)
    await nextRound()
    // A batch is a little longer than its record.
    expect(file.freePages).toBe(SPACE_KEPT_INTERVALS * 1 + 1)
    expect(file.checkpoints).toBe(1)
    await write(100 * 1024)
    await nextRound()
    expect(file).toMatchObject({ freePages: SPACE_KEPT_INTERVALS * 1 + 1, checkpoints: 1 })
    await nextRound()
    expect(file.freePages).toBe(0)
    await logs.close()
  })

  it('is left alone where storage cannot give it back', async () => {
    const { file, logs, nextRound } = await openFile(7, 0)
    await nextRound()
    expect(file).toEqual({ freePages: 7, steps: 1, checkpoints: 1 })
    await logs.close()
  })
})

describe('a data folder', () => {
  it('is little larger than what is in it, once the largest topic is deleted', async () => {
    const open = await openFolder()
    const [, batches, records] = open.all
    // Together, so that pages hold rows of each.
    for (let n = 0; n < 1500; n++) {
      const sizes = [1200, 500, 200]
      await Promise.all(open.all.map((log, index) => open.write(log, sizes[index] ?? 0)))
    }
    const written = await Promise.all([batches, records].map((log) => readAll(log)))
    const liveBytes = batches.sizeBytes + records.sizeBytes
    open.logs.drop([1])
    await open.logs.giveSpaceBack()
    await open.logs.giveSpaceBack()
    expect(open.sizeBytes()).toBeLessThan(1.3 * liveBytes + open.emptyBytes)
    expect(await Promise.all([batches, records].map((log) => readAll(log)))).toEqual(written)
    expect(batches.sizeBytes + records.sizeBytes).toBe(liveBytes)
    await open.close()
  })
})

async function openFolder() {
  const dataDir = mkdtempSync(join(folder, 'data-'))
  const sizeBytes = () =>
    readdirSync(dataDir).reduce((sum, name) => sum + statSync(join(dataDir, name)).size, 0)
  const storage = await openPrismaStorage({ dataDir })
  await storage.log.checkpoint()
  const emptyBytes = sizeBytes()
  const logs = await openPartitionLogs({ storage, clock: createFakeClock() })
  const open = (id: number) => logs.open(id, () => DEFAULT_LOG_CONFIG)
  const all = [open(1), open(2), open(3)] as const
  const write = async (log: PartitionLog, bytes: number) =>
    granted(await log.append(batchOf({ values: ['v'.repeat(bytes)] })))
  await logs.giveSpaceBack()
  const close = async () => {
    await logs.close()
    await storage.close()
  }
  return { logs, all, write, sizeBytes, emptyBytes, close }
}
