import { beforeEach, describe, expect, it } from 'vitest'
import { createFakeClock, type FakeClock } from '../clock.ts'
import { createUnreliableLogStore } from '../log/testing/unreliable-log-store.ts'
import { openMemoryStorage } from './memory/storage.ts'
import { createSpaceReport, diskSpaceOf, RESERVE_BYTES, withSpaceReserve } from './space-reserve.ts'
import type { LogStore, LogWrite } from './storage.ts'

const GiB = 2 ** 30

let clock: FakeClock
let freeBytes: number
let freeInLogBytes: number
let lines: string[]
let disk: ReturnType<typeof createUnreliableLogStore>
let log: LogStore
let nextOffset: number
beforeEach(() => {
  clock = createFakeClock()
  freeBytes = 100 * GiB
  freeInLogBytes = 0
  lines = []
  nextOffset = 0
  const memory = openMemoryStorage().log
  disk = createUnreliableLogStore({
    ...memory,
    space: async () => ({ ...(await memory.space()), freeBytes: freeInLogBytes }),
  })
  const report = createSpaceReport({ log: (line) => lines.push(line), clock, folder: '/data' })
  const diskSpace = async () => ({ freeBytes, totalBytes: 200 * GiB })
  log = withSpaceReserve(disk, { diskSpace, report, clock })
})

describe('the reserve', () => {
  it('is kept from records, and from nothing else', async () => {
    await write()
    freeBytes = RESERVE_BYTES - 1
    clock.advance(1000)
    await expect(write()).rejects.toMatchObject({ code: 'DISK_FULL' })
    const update = { partitionId: 1, logStartOffset: 0, nextOffset: 1 }
    await expect(log.truncateBefore(update)).resolves.toBe(10)
    freeBytes = RESERVE_BYTES + 1
    await write()
  })

  it('is not asked for where deleted records have left room in the file', async () => {
    freeBytes = 0
    await expect(write()).rejects.toMatchObject({ code: 'DISK_FULL' })
    freeInLogBytes = 2 * RESERVE_BYTES
    await write()
    // What is free here and there counts together.
    freeBytes = freeInLogBytes = RESERVE_BYTES / 2 + 1
    await write()
    freeInLogBytes -= 2
    await expect(write()).rejects.toMatchObject({ code: 'DISK_FULL' })
  })

  it('is a quarter of a small disk', async () => {
    const { freeBytes: free, totalBytes } = await diskSpaceOf('/')
    expect(free).toBeLessThanOrEqual(totalBytes)
    const small = { freeBytes: 13, totalBytes: 48 }
    const report = { refused: () => {}, stored: () => {} }
    const smallLog = withSpaceReserve(disk, { diskSpace: async () => small, report, clock })
    await smallLog.write(writeOf(1))
    small.freeBytes = 12
    await expect(smallLog.write(writeOf(1))).rejects.toMatchObject({ code: 'DISK_FULL' })
  })
})

describe('a full disk', () => {
  it('is said once, and once more when records are stored and none refused any more', async () => {
    freeBytes = 0
    for (let n = 0; n < 100; n++) await write().catch(() => {})
    expect(lines).toEqual([expect.stringContaining('The disk of /data is full')])
    freeBytes = 100 * GiB
    await write()
    // Somebody else took it meanwhile, which storage itself notices.
    disk.fill()
    clock.advance(1500)
    await expect(write()).rejects.toMatchObject({ code: 'DISK_FULL' })
    clock.advance(10_000)
    expect(lines).toHaveLength(1)
    disk.free()
    await write()
    clock.advance(0)
    expect(lines).toEqual([expect.anything(), 'There is space in /data again: records are stored.'])
    disk.fill()
    await write().catch(() => {})
    expect(lines).toHaveLength(3)
  })
})

function write(): Promise<void> {
  return log.write(writeOf(10))
}

function writeOf(sizeBytes: number): LogWrite {
  const baseOffset = nextOffset++
  const chunk = {
    ...{ partitionId: 1, baseOffset, nextOffset, sizeBytes, bytes: new Uint8Array(sizeBytes) },
    ...{ maxTimestampMs: 0, runningMaxTimestampMs: 0, producers: new Uint8Array(0) },
  }
  const row = { partitionId: 1, logStartOffset: 0, nextOffset, sizeBytes }
  return { chunks: [chunk], partitions: [row] }
}
