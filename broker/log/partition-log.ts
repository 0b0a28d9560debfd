import type { Clock } from '../clock.ts'
import { isRefusal, type Refusal, refuse } from '../errors.ts'
import type { BatchHeader } from '../protocol/record-batch.ts'
import type {
  ChunkInfo,
  LogStore,
  PartitionUpdate,
  ProducerSnapshot,
  StoredPartition,
} from '../storage/storage.ts'
import type { ChunkRequest, CommitSource, GroupCommit } from './group-commit.ts'
import type { ChunkHistory } from './history.ts'
import type { LogConfig } from './log-config.ts'
import { MAINTENANCE_SLICE_CHUNKS, SNAPSHOT_CHUNKS } from './log-limits.ts'
import {
  type AppendOutcome,
  createPendingBatch,
  PendingBatches,
  type PendingChunk,
  storedOutcome,
  sumOfBytes,
  sumOfChunks,
} from './pending-batches.ts'
import { checkProducedBatch, placeBatch } from './produced-batch.ts'
import { type ProducerState, ProducerStates, type SequencedBatch } from './producer-state.ts'
import { type LogSlice, type ReadOptions, readLog } from './read-log.ts'
import { retentionCut } from './retention.ts'
import { findMaxTimestamp, findTimestamp, type TimestampedOffset } from './timestamp-lookup.ts'
import { WaiterSet } from './waiters.ts'

/**
 * One partition's log: Kafka's offsets, producer sequences and high watermark over stored chunks.
 *
 * Invariants
 * - logStartOffset ≤ highWatermark ≤ nextOffset. Below the high watermark everything is stored, and
 *   only that is readable or acknowledged; there is one copy, so stored and replicated are the same.
 * - `append` runs to completion before it returns its promise: batches get their offsets in the
 *   order of the calls.
 * - After a failed write memory says again what storage holds, and appends may go on from there.
 */
export class PartitionLog implements CommitSource {
  readonly partitionId: number
  /** There is one copy of a partition and it never changes hands, so its epoch never moves. */
  readonly leaderEpoch = 0

  readonly #config: () => LogConfig
  readonly #shared: SharedByLogs
  // These two are made at first use: of a hundred thousand partitions few are ever written to.
  #producerStates: ProducerStates | null = null
  #waiterSet: WaiterSet | null = null
  readonly #pending = new PendingBatches()
  #logStartOffset = 0
  #highWatermark = 0
  #nextOffset = 0
  #sizeBytes = 0
  #runningMaxTimestampMs = -1
  /** The same as of the last chunk that was taken for writing. */
  #takenMaxTimestampMs = -1
  #chunksSinceSnapshot = 0
  /** The oldest chunk, where it is known, so that retention need not ask storage each time. */
  #oldest: ChunkInfo | null = null
  #endedBy: Refusal | null = null

  constructor(options: PartitionLogOptions) {
    this.partitionId = options.partitionId
    this.#config = options.config
    this.#shared = options.shared
    const { stored } = options
    if (stored !== null) {
      this.#logStartOffset = stored.logStartOffset
      this.#highWatermark = stored.nextOffset
      this.#nextOffset = stored.nextOffset
      this.#sizeBytes = stored.sizeBytes
      this.#runningMaxTimestampMs = stored.runningMaxTimestampMs
      this.#takenMaxTimestampMs = stored.runningMaxTimestampMs
      this.#chunksSinceSnapshot = stored.producers.length
      if (stored.snapshot !== null || stored.producers.length > 0) {
        this.#producers.restore(stored.snapshot?.bytes ?? null, stored.producers)
      }
    }
  }

  /** The first offset that may be read. */
  get logStartOffset(): number {
    return this.#logStartOffset
  }

  /** One past the last stored record. */
  get highWatermark(): number {
    return this.#highWatermark
  }

  /** Up to where `read_committed` consumers may read; without transactions, the high watermark. */
  get lastStableOffset(): number {
    return this.#highWatermark
  }

  /** The offset that the next record gets; what lies between is being written. */
  get nextOffset(): number {
    return this.#nextOffset
  }

  /** Bytes of record batches in storage. */
  get sizeBytes(): number {
    return this.#sizeBytes
  }

  /** How many idempotent producers are remembered. */
  get producerCount(): number {
    return this.#producerStates?.size ?? 0
  }

  /** The idempotent producers whose batches are still remembered. */
  activeProducers(): readonly ProducerState[] {
    return this.#producerStates?.active(this.#shared.clock.nowMs()) ?? []
  }

  /** Fetches parked until something happens here. */
  get waiters(): WaiterSet {
    this.#waiterSet ??= new WaiterSet()
    return this.#waiterSet
  }

  get #producers(): ProducerStates {
    this.#producerStates ??= new ProducerStates()
    return this.#producerStates
  }

  /**
   * Takes one record batch, exactly as a producer sent it; its header is rewritten in place. Resolves
   * once the batch is stored, or with the reason why it was not taken.
   */
  append(records: Uint8Array): Promise<AppendOutcome | Refusal> {
    if (this.#endedBy !== null) {
      return Promise.resolve(this.#endedBy)
    }
    const nowMs = this.#shared.clock.nowMs()
    const batch = checkProducedBatch(records, this.#config(), nowMs)
    if (isRefusal(batch)) {
      return Promise.resolve(batch)
    }
    const verdict = batch.producerId >= 0 ? this.#producers.check(batch, nowMs) : null
    if (verdict !== null) {
      return isRefusal(verdict) ? Promise.resolve(verdict) : this.#repeat(batch, verdict)
    }
    // A batch may claim billions of records, and for one offset that it cannot hold exactly storage
    // would refuse the transaction, with whatever other partitions have in it.
    if (!Number.isSafeInteger(this.#nextOffset + batch.recordCount)) {
      return Promise.resolve(refuse('INVALID_RECORD', 'The offsets of this partition are used up.'))
    }
    return this.#take(records, batch, nowMs)
  }

  /** Whole batches from the one that holds `offset` on, up to the high watermark. */
  async read(offset: number, options: ReadOptions): Promise<LogSlice | Refusal> {
    return this.#endedBy ?? this.#reported(readLog(this, this.#shared.history, offset, options))
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
    const target = offset === -1 ? this.#highWatermark : offset
    if (target < 0 || target > this.#highWatermark) {
      return refuse('OFFSET_OUT_OF_RANGE')
    }
    return this.#endedBy ?? this.#shared.commit.exclusively(() => this.#moveStart(target))
  }

  /** Deletes what the topic's retention no longer keeps; resolves with whether that was anything. */
  async enforceRetention(): Promise<boolean> {
    const log = { config: this.#config(), sizeBytes: this.#sizeBytes }
    const nowMs = this.#shared.clock.nowMs()
    this.#producerStates?.expire(nowMs)
    if (this.#endedBy !== null || this.#sizeBytes === 0) {
      return false
    }
    if (this.#oldest !== null && retentionCut(log, [this.#oldest], nowMs) === null) {
      return false
    }
    const { storage, commit } = this.#shared
    const oldest = await storage.list(this.partitionId, 0, MAINTENANCE_SLICE_CHUNKS)
    this.#oldest = oldest[0] ?? null
    const cut = retentionCut(log, oldest, nowMs)
    if (cut === null || cut > this.#highWatermark) {
      return false
    }
    const moved = await commit.exclusively(() => this.#moveStart(cut))
    return moved === cut
  }

  /**
   * Ends this log: what waits fails with `reason`, and so does whatever is asked of it from now on.
   * What is being written just now still is.
   */
  end(reason: Refusal): void {
    this.#endedBy ??= reason
    const dropped = this.#pending.dropWaiting()
    for (const batch of dropped) {
      batch.settle(reason)
    }
    this.#shared.commit.withdraw(this, sumOfBytes(dropped))
    this.#shared.history.drop(this.partitionId)
    this.#waiterSet?.changed()
  }

  // ─── What the group commit asks ───────────────────────────────────────────────────────────

  get isWaiting(): boolean {
    return this.#pending.isWaiting
  }

  takeChunk(request: ChunkRequest): PendingChunk | null {
    const chunk = this.#pending.takeChunk({
      ...request,
      partitionId: this.partitionId,
      runningMaxTimestampMs: this.#takenMaxTimestampMs,
    })
    if (chunk !== null) {
      this.#takenMaxTimestampMs = chunk.write.runningMaxTimestampMs
    }
    return chunk
  }

  rowAfter(chunks: readonly PendingChunk[]): PartitionUpdate {
    const snapshot = this.#chunksSinceSnapshot >= SNAPSHOT_CHUNKS ? this.#snapshot() : undefined
    return {
      partitionId: this.partitionId,
      logStartOffset: this.#logStartOffset,
      nextOffset: chunks.at(-1)?.write.nextOffset ?? this.#highWatermark,
      sizeBytes: this.#sizeBytes + sumOfChunks(chunks),
      ...(snapshot === undefined ? {} : { snapshot }),
    }
  }

  stored(chunks: readonly PendingChunk[]): void {
    this.#pending.stored()
    const isSnapshotDue = this.#chunksSinceSnapshot >= SNAPSHOT_CHUNKS
    this.#chunksSinceSnapshot = (isSnapshotDue ? 0 : this.#chunksSinceSnapshot) + chunks.length
    for (const { write, batches } of chunks) {
      this.#highWatermark = write.nextOffset
      this.#sizeBytes += write.sizeBytes
      this.#runningMaxTimestampMs = write.runningMaxTimestampMs
      if (this.#endedBy === null) {
        this.#shared.history.add(write)
      }
      for (const batch of batches) {
        if (batch.producer !== null) {
          this.#producers.stored(batch.producer)
        }
        batch.settle(storedOutcome(batch))
      }
    }
    this.#waiterSet?.appended(sumOfChunks(chunks))
  }

  rollBack(): number {
    const lost = this.#pending.rollBack()
    this.#nextOffset = this.#highWatermark
    this.#takenMaxTimestampMs = this.#runningMaxTimestampMs
    this.#producerStates?.rollBack(lost.flatMap((batch) => batch.producer ?? []))
    for (const batch of lost) {
      batch.settle(refuse('KAFKA_STORAGE_ERROR', 'The records could not be stored; try again.'))
    }
    return sumOfBytes(lost)
  }

  // ─── Steps ────────────────────────────────────────────────────────────────────────────────

  /** Clients are told of a failure by an error code that says nothing of its reason. */
  #reported<T>(read: Promise<T>): Promise<T> {
    return read.catch((error: unknown) => {
      this.#shared.reportFailure(error)
      throw error
    })
  }

  /** Gives a batch its offsets and lets the next transaction have it. */
  #take(bytes: Uint8Array, batch: BatchHeader, nowMs: number): Promise<AppendOutcome | Refusal> {
    const baseOffset = this.#nextOffset
    const logAppendTimeMs = this.#isLogAppendTime ? nowMs : -1
    placeBatch(bytes, { baseOffset, leaderEpoch: this.leaderEpoch, logAppendTimeMs })
    this.#nextOffset += batch.recordCount
    const pending = createPendingBatch({
      bytes,
      baseOffset,
      recordCount: batch.recordCount,
      maxTimestampMs: logAppendTimeMs < 0 ? batch.maxTimestampMs : logAppendTimeMs,
      logAppendTimeMs,
      producer: batch.producerId < 0 ? null : this.#producers.accept(batch, baseOffset, nowMs),
    })
    this.#pending.add(pending)
    this.#shared.commit.enqueue(this, bytes.length)
    return pending.outcome
  }

  /** Answers a batch sent again with its original offset, but not before the original is stored. */
  async #repeat(batch: BatchHeader, original: SequencedBatch): Promise<AppendOutcome | Refusal> {
    const { baseOffset, appendedMs } = original
    const outcome = await this.#pending.find(baseOffset)?.outcome
    if (outcome !== undefined && isRefusal(outcome)) {
      return outcome
    }
    return {
      baseOffset,
      recordCount: batch.recordCount,
      sizeBytes: batch.sizeBytes,
      logAppendTimeMs: this.#isLogAppendTime ? appendedMs : -1,
      duplicate: true,
    }
  }

  get #isLogAppendTime(): boolean {
    return this.#config().timestampType === 'LogAppendTime'
  }

  /** Only while no transaction is in flight, so that the row written here is the whole truth. */
  async #moveStart(target: number): Promise<number | Refusal> {
    if (this.#endedBy !== null) {
      return this.#endedBy
    }
    if (target <= this.#logStartOffset) {
      return this.#logStartOffset
    }
    const snapshot = this.#snapshot()
    const row = { partitionId: this.partitionId, nextOffset: this.#highWatermark, snapshot }
    try {
      this.#sizeBytes = await this.#shared.storage.truncateBefore({
        ...row,
        logStartOffset: target,
      })
    } catch (error) {
      this.#shared.reportFailure(error)
      return refuse('KAFKA_STORAGE_ERROR')
    }
    this.#logStartOffset = target
    this.#chunksSinceSnapshot = 0
    this.#oldest = null
    this.#shared.history.drop(this.partitionId, target)
    return target
  }

  #snapshot(): ProducerSnapshot {
    this.#producers.expire(this.#shared.clock.nowMs())
    return { offset: this.#highWatermark, bytes: this.#producers.snapshot() }
  }
}

/** What all logs of a broker use together. */
export interface SharedByLogs {
  readonly storage: LogStore
  readonly clock: Clock
  readonly commit: GroupCommit
  readonly history: ChunkHistory
  readonly reportFailure: (error: unknown) => void
}

export interface PartitionLogOptions {
  readonly partitionId: number
  /** The topic's configs as they are now. */
  readonly config: () => LogConfig
  /** What storage holds of the partition; null where nothing was ever appended. */
  readonly stored: StoredPartition | null
  readonly shared: SharedByLogs
}
