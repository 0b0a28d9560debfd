import { type Refusal, refuse } from '../errors.ts'
import type { ChunkInfo, CompactionMark, StoredPartition } from '../storage/storage.ts'
import { Appends, LEADER_EPOCH } from './appends.ts'
import type { CleanedRange } from './compaction/cleaned-ranges.ts'
import type { LogConfig } from './log-config.ts'
import { MAINTENANCE_SLICE_CHUNKS } from './log-limits.ts'
import { PartitionRow } from './partition-row.ts'
import type { AppendOutcome } from './pending-batches.ts'
import type { ProducerState } from './producer-state.ts'
import { type LogSlice, type ReadOptions, readLog } from './read-log.ts'
import { retentionCut } from './retention.ts'
import type { SharedByLogs } from './shared-by-logs.ts'
import { findMaxTimestamp, findTimestamp, type TimestampedOffset } from './timestamp-lookup.ts'
import { trimStart } from './trim-start.ts'
import { WaiterSet } from './waiters.ts'

/**
 * One partition's log: Kafka's offsets, producer sequences and high watermark over stored chunks.
 * What is being appended is `appends.ts`, what storage holds `partition-row.ts`.
 *
 * Invariants
 * - logStartOffset ≤ highWatermark ≤ nextOffset. Below the high watermark everything is stored, and
 *   only that is readable or acknowledged; there is one copy, so stored and replicated are the same.
 * - Compaction moves none of the three, and leaves each record that it leaves at its offset.
 */
export class PartitionLog {
  readonly partitionId: number
  readonly leaderEpoch = LEADER_EPOCH
  /** Names it in lines of the broker's log: `lkc-… orders-0`. */
  readonly describe: () => string

  readonly #config: () => LogConfig
  readonly #shared: SharedByLogs
  readonly #row: PartitionRow
  readonly #appends: Appends
  // Made at first use: of a hundred thousand partitions few are ever fetched from.
  #waiterSet: WaiterSet | null = null
  /** The oldest chunk, where it is known, so that retention need not ask storage each time. */
  #oldest: ChunkInfo | null = null
  #endedBy: Refusal | null = null

  constructor({ partitionId, describe, config, stored, shared }: PartitionLogOptions) {
    this.partitionId = partitionId
    this.describe = describe
    this.#config = config
    this.#shared = shared
    const row = new PartitionRow(partitionId, stored, () => this.#appends.producerSnapshot())
    const onStored = (sizeBytes: number) => this.#waiterSet?.appended(sizeBytes)
    this.#row = row
    this.#appends = new Appends({ config, row, stored, shared, onStored })
  }

  /** The first offset that may be read. */
  get logStartOffset(): number {
    return this.#row.logStartOffset
  }

  /** One past the last stored record. */
  get highWatermark(): number {
    return this.#row.highWatermark
  }

  /** Up to where `read_committed` consumers may read; without transactions, the high watermark. */
  get lastStableOffset(): number {
    return this.#row.highWatermark
  }

  /** The offset that the next record gets; what lies between is being written. */
  get nextOffset(): number {
    return this.#appends.nextOffset
  }

  /** Bytes of record batches in storage. */
  get sizeBytes(): number {
    return this.#row.sizeBytes
  }

  /** The topic's configs as they are now. */
  get config(): LogConfig {
    return this.#config()
  }

  /** How far compaction has come. */
  get compaction(): CompactionMark {
    return this.#row.compaction
  }

  /** Whether nothing more will come of this log. */
  get isEnded(): boolean {
    return this.#endedBy !== null
  }

  /** How many idempotent producers are remembered. */
  get producerCount(): number {
    return this.#appends.producerCount
  }

  /** The idempotent producers whose batches are still remembered. */
  activeProducers(): readonly ProducerState[] {
    return this.#appends.activeProducers()
  }

  /** Fetches parked until something happens here. */
  get waiters(): WaiterSet {
    this.#waiterSet ??= new WaiterSet()
    return this.#waiterSet
  }

  /**
   * Takes one record batch, exactly as a producer sent it; its header is rewritten in place. Resolves
   * once the batch is stored, or with the reason why it was not taken.
   */
  append(records: Uint8Array): Promise<AppendOutcome | Refusal> {
    return this.#appends.append(records)
  }

  /** Whole batches from the one that holds `offset` on, up to the high watermark. */
  async read(offset: number, options: ReadOptions): Promise<LogSlice | Refusal> {
    return this.#endedBy ?? this.#reported(readLog(this, this.#shared.history, offset, options))
  }

  /** Begins to bring what a reader at `offset` asks for into memory, as far as there is room. */
  readAhead(offset: number): void {
    if (this.#endedBy === null && offset >= this.logStartOffset) {
      this.#shared.history.readAhead(this.partitionId, offset, this.highWatermark)
    }
  }

  /** The first record at or after a timestamp, or null where there is none. */
  async findTimestamp(timestampMs: number): Promise<TimestampedOffset | null | Refusal> {
    return this.#endedBy ?? this.#reported(findTimestamp(this, this.#shared, timestampMs))
  }

  /** The first record that has the largest timestamp, or null where the log is empty. */
  async findMaxTimestamp(): Promise<TimestampedOffset | null | Refusal> {
    return this.#endedBy ?? this.#reported(findMaxTimestamp(this, this.#shared))
  }

  /**
   * Deletes the records below `offset` (-1: below the high watermark). Resolves with the log start
   * offset, once it is stored.
   */
  async deleteRecords(offset: number): Promise<number | Refusal> {
    if (!this.#config().isDeleted) {
      // Kafka's rule: what a compacted topic holds is its keys' to say, unless it deletes as well.
      return refuse('POLICY_VIOLATION', 'Records of a compacted topic cannot be deleted by offset.')
    }
    const target = offset === -1 ? this.highWatermark : offset
    if (target < 0 || target > this.highWatermark) {
      return refuse('OFFSET_OUT_OF_RANGE')
    }
    if (this.#endedBy !== null) {
      return this.#endedBy
    }
    const moved = await this.#shared.commit.exclusively(() => this.#moveStart(target))
    if (moved === target) {
      // It is done even where space cannot be given back.
      await this.mend(() => trimStart(this, this.#shared.storage)).catch(this.#shared.reportFailure)
    }
    return moved
  }

  /** Deletes what the topic's retention no longer keeps; resolves with whether that was anything. */
  async enforceRetention(): Promise<boolean> {
    const log = { config: this.#config(), sizeBytes: this.sizeBytes }
    const nowMs = this.#shared.clock.nowMs()
    this.#appends.expireProducers()
    if (this.#endedBy !== null || this.sizeBytes === 0 || !log.config.isDeleted) {
      return false
    }
    if (this.#oldest !== null && retentionCut(log, [this.#oldest], nowMs) === null) {
      // What has no timestamp goes with what comes after it, so that one alone says nothing.
      if (this.#oldest.maxTimestampMs >= 0 || log.config.retentionMs < 0) return false
    }
    const { storage, commit } = this.#shared
    const oldest = await storage.list(this.partitionId, 0, MAINTENANCE_SLICE_CHUNKS)
    this.#oldest = oldest[0] ?? null
    const cut = retentionCut(log, oldest, nowMs)
    if (cut === null || cut > this.highWatermark) {
      return false
    }
    const moved = await commit.exclusively(() => this.#moveStart(cut))
    return moved === cut
  }

  /**
   * Puts other chunks in the place of those from `baseOffset` to before `nextOffset`; what is in memory
   * of them is forgotten. False where the log has ended, or its start has moved into the range since
   * `logStartOffset` was asked. Rejects where storage fails.
   */
  replaceChunks(range: CleanedRange, logStartOffset: number): Promise<boolean> {
    return this.#shared.commit.exclusively(async () => {
      const hasMoved = this.logStartOffset !== logStartOffset
      if (this.#endedBy !== null || (hasMoved && this.logStartOffset > range.baseOffset)) {
        return false
      }
      await this.#row.replaceChunks(this.#shared.storage, range)
      this.#oldest = null
      this.#shared.history.replaced(this.partitionId, range.baseOffset, range.nextOffset)
      return true
    })
  }

  /**
   * Puts something else in the place of chunks as `choose` says, once nothing is being written; nothing
   * where it resolves with null. Rejects where storage fails.
   */
  mend(choose: () => Promise<CleanedRange | null>): Promise<void> {
    return this.#shared.commit.exclusively(async () => {
      const range = this.#endedBy === null ? await choose() : null
      if (range === null) return
      await this.#row.replaceChunks(this.#shared.storage, range)
      this.#oldest = null
      this.#shared.history.replaced(this.partitionId, range.baseOffset, range.nextOffset)
    })
  }

  /** Notes how far compaction has come. */
  putCompaction(mark: CompactionMark): Promise<void> {
    return this.#shared.commit.exclusively(() =>
      this.#row.putCompaction(this.#shared.storage, mark),
    )
  }

  /**
   * Ends this log: what waits fails with `reason`, and so does whatever is asked of it from now on.
   * What is being written just now still is.
   */
  end(reason: Refusal): void {
    this.#endedBy ??= reason
    this.#appends.end(reason)
    this.#shared.history.drop(this.partitionId)
    this.#waiterSet?.changed()
  }

  /** Clients are told of a failure by an error code that says nothing of its reason. */
  #reported<T>(read: Promise<T>): Promise<T> {
    return read.catch((error: unknown) => {
      this.#shared.reportFailure(error, this.describe())
      throw error
    })
  }

  /** Only while no transaction is in flight, so that the row written here is the whole truth. */
  async #moveStart(target: number): Promise<number | Refusal> {
    if (this.#endedBy !== null) {
      return this.#endedBy
    }
    if (target <= this.logStartOffset) {
      return this.logStartOffset
    }
    try {
      await this.#row.moveStart(this.#shared.storage, target)
    } catch (error) {
      this.#shared.reportFailure(error)
      return refuse('KAFKA_STORAGE_ERROR')
    }
    this.#oldest = null
    this.#shared.history.drop(this.partitionId, target)
    return target
  }
}

export interface PartitionLogOptions {
  readonly partitionId: number
  readonly describe: () => string
  /** The topic's configs as they are now. */
  readonly config: () => LogConfig
  /** What storage holds of the partition; null where nothing was ever appended. */
  readonly stored: StoredPartition | null
  readonly shared: SharedByLogs
}
