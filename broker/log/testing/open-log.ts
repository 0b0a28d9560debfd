import { createFakeClock, type FakeClock } from '../../clock.ts'
import { isRefusal, type Refusal } from '../../errors.ts'
import { batchesIn } from '../../protocol/record-batch.ts'
import { decodePlainRecords, encodeBatch, type NewRecord } from '../../protocol/records.ts'
import { openMemoryStorage } from '../../storage/memory/storage.ts'
import type { OpenCleaner } from '../compaction/round.ts'
import type { LogConfig } from '../log-config.ts'
import type { PartitionLog } from '../partition-log.ts'
import { openPartitionLogs, type PartitionLogs } from '../partition-logs.ts'
import { createUnreliableLogStore, type UnreliableLogStore } from './unreliable-log-store.ts'

export const DEFAULT_LOG_CONFIG: LogConfig = {
  maxMessageBytes: 1_048_588,
  isDeleted: true,
  isCompacted: false,
  segmentBytes: 104_857_600,
  segmentMs: 604_800_000,
  minCleanableRatio: 0.5,
  minCompactionLagMs: 0,
  maxCompactionLagMs: Number.MAX_SAFE_INTEGER,
  deleteRetentionMs: 86_400_000,
  retentionMs: -1,
  retentionBytes: -1,
  timestampType: 'CreateTime',
  timestampBeforeMaxMs: Number.MAX_SAFE_INTEGER,
  timestampAfterMaxMs: Number.MAX_SAFE_INTEGER,
}

/** Logs over memory storage, with a clock that a test moves and a disk that it can fill. */
export interface OpenLogs {
  readonly storage: UnreliableLogStore
  readonly clock: FakeClock
  readonly logs: PartitionLogs
  /** What `reportFailure` was told. */
  readonly failures: unknown[]
}

export async function openLogs(
  from: Partial<Pick<OpenLogs, 'storage' | 'clock'>> = {},
  cacheBytes?: number,
  openCleaner?: OpenCleaner,
): Promise<OpenLogs> {
  const storage = from.storage ?? createUnreliableLogStore(openMemoryStorage().log)
  const clock = from.clock ?? createFakeClock()
  const failures: unknown[] = []
  const logs = await openPartitionLogs({
    storage: { log: storage },
    clock,
    reportFailure: (error) => failures.push(error),
    ...(cacheBytes === undefined ? {} : { cacheBytes }),
    ...(openCleaner === undefined ? {} : { openCleaner }),
  })
  return { storage, clock, logs, failures }
}

/** One log of partition 1. */
export async function openLog(config: Partial<LogConfig> = {}) {
  const open = await openLogs()
  const log = open.logs.open(1, () => ({ ...DEFAULT_LOG_CONFIG, ...config }))
  return { ...open, log }
}

export interface TestBatch {
  readonly values: readonly string[]
  readonly timestampsMs?: readonly number[]
  readonly producerId?: number
  readonly producerEpoch?: number
  readonly baseSequence?: number
}

/** A batch as a producer sends it: one record for each value. */
export function batchOf(batch: TestBatch, nowMs = 1_700_000_000_000): Buffer {
  const { values, timestampsMs = [], ...producer } = batch
  const records: NewRecord[] = values.map((value, n) => ({
    timestampMs: timestampsMs[n] ?? nowMs,
    value: Buffer.from(value),
  }))
  const epoch = producer.producerId === undefined ? {} : { producerEpoch: 0 }
  return encodeBatch(records, { timestampMs: nowMs, ...epoch, ...producer })
}

/** Takes a value that cannot be a refusal here; otherwise the test fails with the refusal. */
export function granted<T>(result: T | Refusal): T {
  if (isRefusal(result)) {
    throw new Error(`Refused with ${result.error}: ${result.message}`)
  }
  return result
}

/** Everything that can be read from `offset` on, one record after another. */
export async function readAll(
  log: PartitionLog,
  offset = log.logStartOffset,
  maxBytes = 1_000_000,
): Promise<{ readonly offset: number; readonly value: string }[]> {
  const found: { offset: number; value: string }[] = []
  for (let next = offset; next < log.highWatermark; ) {
    const slice = granted(await log.read(next, { maxBytes, atLeastOneBatch: true }))
    if (slice.nextOffset <= next) {
      throw new Error(`Reading stands still at ${next} of ${log.highWatermark}.`)
    }
    for (const bytes of slice.records) {
      for (const header of batchesIn(bytes)) {
        for (const record of decodePlainRecords(bytes, header)) {
          if (record.offset >= next) {
            found.push({ offset: record.offset, value: `${record.value}` })
          }
        }
      }
    }
    next = slice.nextOffset
  }
  return found
}
