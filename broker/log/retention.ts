import type { ChunkInfo } from '../storage/storage.ts'
import type { LogConfig } from './log-config.ts'

/**
 * Decides what retention deletes: whole chunks from the oldest on, while the partition without the
 * chunk still holds `retention.bytes`, or while the chunk's largest timestamp is older than
 * `retention.ms` (Kafka's rules for segments). Pure: the caller reads and deletes.
 *
 * Returns the new log start offset, or null where everything stays.
 */
export function retentionCut(log: RetainedLog, oldest: readonly ChunkInfo[], nowMs: number) {
  const { retentionMs, retentionBytes } = log.config
  let sizeBytes = log.sizeBytes
  let cut: number | null = null
  for (const chunk of oldest) {
    const isTooMuch = retentionBytes >= 0 && sizeBytes - chunk.sizeBytes >= retentionBytes
    // Records without a timestamp (-1) have no age, so only `retention.bytes` deletes them.
    const isTooOld =
      retentionMs >= 0 && chunk.maxTimestampMs >= 0 && nowMs - chunk.maxTimestampMs > retentionMs
    if (!isTooMuch && !isTooOld) {
      break
    }
    sizeBytes -= chunk.sizeBytes
    cut = chunk.nextOffset
  }
  return cut
}

export interface RetainedLog {
  readonly config: Pick<LogConfig, 'retentionMs' | 'retentionBytes'>
  readonly sizeBytes: number
}
