import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { createFakeClock } from '../clock.ts'
import { BATCH_HEADER_BYTES } from '../protocol/record-batch.ts'
import { encodeBatch } from '../protocol/records.ts'
import { openPrismaStorage } from '../storage/prisma/storage.ts'
import type { LogConfig } from './log-config.ts'
import { SURVEY_INTERVAL_MS } from './log-limits.ts'
import type { PartitionLog } from './partition-log.ts'
import { openPartitionLogs } from './partition-logs.ts'
import { DEFAULT_LOG_CONFIG, granted } from './testing/open-log.ts'

const HOUR = 60 * 60 * 1000
const clock = createFakeClock()

it('what a partition stores is what a consumer is given, to the byte, whatever becomes of it', async () => {
  const dataDir = mkdtempSync(join(tmpdir(), 'tributary-stored-'))
  // Nothing is younger than what compaction leaves alone, and a tombstone goes when it is seen again.
  const compacting = { segmentBytes: 0, minCleanableRatio: 0, deleteRetentionMs: 0 }
  let config: LogConfig = { ...DEFAULT_LOG_CONFIG, ...compacting }
  let storage = await openPrismaStorage({ dataDir })
  let logs = await openPartitionLogs({ storage, clock })
  let log = logs.open(1, () => config)
  const append = async (key: number, value: string | null) =>
    granted(await log.append(keyed(key, value)))
  const check = async () => expect(await readBytes(log)).toBe(log.sizeBytes)

  // Many at once become one chunk; one after the other, a chunk each.
  await Promise.all(Array.from({ length: 50 }, (_, n) => append(n % 7, 'v'.repeat(n * 10))))
  for (let n = 0; n < 50; n++) await append(n % 7, 'w'.repeat(n * 10))
  await check()
  const written = log.sizeBytes

  granted(await log.deleteRecords(20))
  expect(log.sizeBytes).toBeLessThan(written)
  await check()

  config = { ...config, retentionBytes: written / 2 }
  while (await log.enforceRetention()) await check()
  expect(log.sizeBytes).toBeLessThan(written * 0.6)
  await check()

  await logs.giveSpaceBack()
  await logs.giveSpaceBack()
  await check()

  config = { ...config, isCompacted: true, isDeleted: false }
  await logs.compact()
  expect(log.sizeBytes).toBeLessThan(written / 5)
  await check()

  // Once their tombstones are gone, nothing is left of the keys but the header of the last batch.
  for (let key = 0; key < 7; key++) await append(key, null)
  for (let n = 0; n < 3; n++) {
    clock.advance(SURVEY_INTERVAL_MS)
    await logs.compact()
    await check()
  }
  expect(log.sizeBytes).toBe(BATCH_HEADER_BYTES)

  // Which has no age, and must not stand in the way of retention.
  await append(1, 'old')
  clock.advance(2 * HOUR)
  await append(2, 'new')
  config = { ...config, isCompacted: false, isDeleted: true, retentionMs: HOUR, retentionBytes: -1 }
  while (await log.enforceRetention()) await check()
  expect(log.sizeBytes).toBe(keyed(2, 'new').length)
  await check()

  const sizeBytes = log.sizeBytes
  await logs.close()
  await storage.close()
  storage = await openPrismaStorage({ dataDir })
  logs = await openPartitionLogs({ storage, clock })
  log = logs.open(1, () => config)
  expect(log.sizeBytes).toBe(sizeBytes)
  await check()
  await logs.close()
  await storage.close()
  rmSync(dataDir, { recursive: true })
})

function keyed(key: number, value: string | null): Buffer {
  const record = { key: Buffer.from(`${key}`), value: value === null ? null : Buffer.from(value) }
  return encodeBatch([record], { timestampMs: clock.nowMs() })
}

/** All bytes that are answered to a consumer that goes from the start of the log to its end. */
async function readBytes(log: PartitionLog): Promise<number> {
  let bytes = 0
  for (let next = log.logStartOffset; next < log.highWatermark; ) {
    const slice = granted(await log.read(next, { maxBytes: 5000, atLeastOneBatch: true }))
    bytes += slice.records.reduce((sum, part) => sum + part.length, 0)
    if (slice.nextOffset <= next) throw new Error(`Reading stands still at ${next}.`)
    next = slice.nextOffset
  }
  return bytes
}
