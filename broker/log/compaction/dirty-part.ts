import type { ChunkInfo } from '../../storage/storage.ts'
import type { LogConfig } from '../log-config.ts'

/**
 * Decides what of a log is dirty and whether it is worth a round: pure, over the descriptions of its
 * chunks from the oldest on.
 *
 * As in Kafka's LogCleanerManager: what is below the clean offset is clean, the active part and what
 * is younger than `min.compaction.lag.ms` is not looked at, and what lies between is cleanable. A
 * round is due where more than `min.cleanable.dirty.ratio` of both together is dirty, where the
 * oldest of it waits longer than `max.compaction.lag.ms` (KIP-354), or where a tombstone's time has
 * come.
 *
 * Differs from Kafka: the active part is no segment but the newest `segment.bytes`, of which nothing
 * is older than `segment.ms` (or `max.compaction.lag.ms`), so that the boundary moves with every
 * chunk; and a tombstone's time is enough for a round, where Kafka waits for the next write.
 */
export class DirtSurvey {
  readonly #log: SurveyedLog
  readonly #nowMs: number
  readonly #activeAgeMs: number
  #leftBytes: number
  #cleanBytes = 0
  #cleanableBytes = 0
  #endOffset: number
  #firstDirtyMs: number | null = null

  constructor(log: SurveyedLog, nowMs: number) {
    this.#log = log
    this.#nowMs = nowMs
    this.#activeAgeMs = Math.min(log.config.segmentMs, log.config.maxCompactionLagMs)
    this.#leftBytes = log.sizeBytes
    this.#endOffset = log.cleanOffset
  }

  /** Takes the next chunk; false where it and all after it cannot be cleaned yet. */
  take(chunk: ChunkInfo): boolean {
    this.#leftBytes -= chunk.sizeBytes
    if (chunk.nextOffset <= this.#log.cleanOffset) {
      this.#cleanBytes += chunk.sizeBytes
      return true
    }
    this.#firstDirtyMs ??= chunk.maxTimestampMs
    if (this.#isActive(chunk) || this.#isTooYoung(chunk)) {
      return false
    }
    this.#cleanableBytes += chunk.sizeBytes
    this.#endOffset = chunk.nextOffset
    return true
  }

  /** What to clean now, or null. */
  result(): DirtyPart | null {
    const { cleanOffset, tombstonesDueMs } = this.#log
    const areTombstonesOver = tombstonesDueMs !== null && tombstonesDueMs <= this.#nowMs
    return this.#isDirty() || areTombstonesOver
      ? { fromOffset: cleanOffset, endOffset: this.#endOffset }
      : null
  }

  get cleanBytes(): number {
    return this.#cleanBytes
  }

  #isDirty(): boolean {
    if (this.#cleanableBytes === 0) {
      return false
    }
    const { minCleanableRatio, maxCompactionLagMs } = this.#log.config
    const ratio = this.#cleanableBytes / (this.#cleanBytes + this.#cleanableBytes)
    const first = this.#firstDirtyMs ?? -1
    const waitsTooLong = first >= 0 && this.#nowMs - first > maxCompactionLagMs
    return ratio > minCleanableRatio || waitsTooLong
  }

  #isActive({ maxTimestampMs }: ChunkInfo): boolean {
    // Records without a timestamp (-1) have no age, as for retention.
    const isOld = maxTimestampMs >= 0 && this.#nowMs - maxTimestampMs > this.#activeAgeMs
    return this.#leftBytes < this.#log.config.segmentBytes && !isOld
  }

  #isTooYoung({ maxTimestampMs }: ChunkInfo): boolean {
    const { minCompactionLagMs } = this.#log.config
    return minCompactionLagMs > 0 && maxTimestampMs > this.#nowMs - minCompactionLagMs
  }
}

export interface SurveyedLog {
  readonly config: Pick<
    LogConfig,
    'segmentBytes' | 'segmentMs' | 'minCleanableRatio' | 'minCompactionLagMs' | 'maxCompactionLagMs'
  >
  readonly sizeBytes: number
  readonly cleanOffset: number
  readonly tombstonesDueMs: number | null
}

/** The offsets to clean; none of them where only tombstones are due. */
export interface DirtyPart {
  readonly fromOffset: number
  readonly endOffset: number
}
