import { encodeBatch } from '../../protocol/records.ts'
import type { LogConfig } from '../log-config.ts'
import { DEFAULT_LOG_CONFIG } from './open-log.ts'

/** Small enough that there is always something to compact. */
export const COMPACTED_LOG_CONFIG: LogConfig = {
  ...DEFAULT_LOG_CONFIG,
  isCompacted: true,
  isDeleted: false,
  segmentBytes: 20_000,
  minCleanableRatio: 0,
}

export const UPDATES_PER_BATCH = 5
const KEYS = 40
const VALUE_BYTES = 2000

/** The key that the update of a number is of. */
export function updatedKey(number: number): string {
  // 7 and 40 have no divisor in common, so every key comes in its turn.
  return `key-${(number * 7) % KEYS}`
}

/**
 * The batch of a number, always the same bytes: of an idempotent producer that writes alone, so that
 * the sequence of an update is its offset, unless one was written twice or lost.
 */
export function updatesOf(batch: number): Buffer {
  const baseSequence = batch * UPDATES_PER_BATCH
  const records = Array.from({ length: UPDATES_PER_BATCH }, (_, n) => ({
    key: Buffer.from(updatedKey(baseSequence + n)),
    value: Buffer.alloc(VALUE_BYTES, `${baseSequence + n}|`),
  }))
  const producer = { producerId: 9, producerEpoch: 0, baseSequence }
  return encodeBatch(records, { timestampMs: 1_700_000_000_000 + batch, ...producer })
}
