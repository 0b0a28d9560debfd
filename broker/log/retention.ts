import { BATCH_HEADER_BYTES } from '../protocol/record-batch.ts'
import type { ChunkInfo } from '../storage/storage.ts'
import type { LogConfig } from './log-config.ts'

/**
 * Decides what retention deletes: whole chunks from the oldest on, while the partition without the
 * chunk still holds `retention.bytes`, or while the chunk's largest timestamp is older than
 * `retention.ms` (Kafka's rules for segments). Pure: the caller reads and deletes.
 *
 * Records without a timestamp (-1) have no age: they go with what was written after them, where
 * Kafka asks when the file was last written to. A chunk without a record keeps nothing, so that it
 * always goes: compaction leaves one for the sake of its offsets.
 *
 * Returns the new log start offset, or null where everything stays.
 */
export function retentionCut(log: RetainedLog, oldest: readonly ChunkInfo[], nowMs: number) {
  const { retentionMs, retentionBytes } = log.config
  let sizeBytes = log.sizeBytes
  let cut: number | null = null
  for (const chunk of oldest) {
    const isTooMuch = retentionBytes >= 0 && sizeBytes - chunk.sizeBytes >= retentionBytes
    const isTooOld =
      retentionMs >= 0 && chunk.maxTimestampMs >= 0 && nowMs - chunk.maxTimestampMs > retentionMs
    const isEmpty = chunk.sizeBytes <= BATCH_HEADER_BYTES
    if (isTooMuch || isTooOld || isEmpty) {
      cut = chunk.nextOffset
    } else if (retentionMs < 0 || chunk.maxTimestampMs >= 0) {
      break
    }
    sizeBytes -= chunk.sizeBytes
  }
  return cut
}

export interface RetainedLog {
  readonly config: Pick<LogConfig, 'retentionMs' | 'retentionBytes'>
  readonly sizeBytes: number
}
