import { isRefusal, type Refusal, refuse } from '../errors.ts'
import type { BatchHeader } from '../protocol/record-batch.ts'
import type { PartitionUpdate, StoredPartition } from '../storage/storage.ts'
import type { ChunkRequest, CommitSource } from './group-commit.ts'
import type { LogConfig } from './log-config.ts'
import type { PartitionRow } from './partition-row.ts'
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
import { recordKeysProblem } from './record-keys.ts'
import type { SharedByLogs } from './shared-by-logs.ts'
import { Turns } from './turns.ts'

/**
 * What is appended to one partition, from the check of a batch to its being stored: offsets,
 * producer sequences, and what the group commit takes from here.
 *
 * Invariants
 * - `append` runs to completion before it returns its promise: batches get their offsets in the
 *   order of the calls. Only where keys have to be looked at in what is compressed does it wait, and
 *   what comes after waits behind it.
 * - After a failed write memory says again what storage holds, and appends may go on from there.
 */
export class Appends implements CommitSource {
  readonly #options: AppendsOptions
  // These are made at first use: of a hundred thousand partitions few are ever written to.
  #producerStates: ProducerStates | null = null
  #keyChecks: Turns | null = null
  readonly #pending = new PendingBatches()
  #nextOffset: number
  /** The largest timestamp as of the last chunk that was taken for writing. */
  #takenMaxTimestampMs: number
  #endedBy: Refusal | null = null

  constructor(options: AppendsOptions) {
    const { row, stored } = options
    this.#options = options
    this.#nextOffset = row.highWatermark
    this.#takenMaxTimestampMs = row.runningMaxTimestampMs
    if (stored !== null && (stored.snapshot !== null || stored.producers.length > 0)) {
      const damaged = this.#producers.restore(stored.snapshot?.bytes ?? null, stored.producers)
      if (damaged > 0) {
        options.shared.reportFailure(
          `of partition id ${row.partitionId} ${damaged} of ${stored.producers.length + 1} notes of its producers are damaged; a batch that one of them sends again now may be stored twice`,
        )
      }
    }
  }

  /** The offset that the next record gets; what lies below and is not stored is being written. */
  get nextOffset(): number {
    return this.#nextOffset
  }

  /** How many idempotent producers are remembered. */
  get producerCount(): number {
    return this.#producerStates?.size ?? 0
  }

  /** The idempotent producers whose batches are still remembered. */
  activeProducers(): readonly ProducerState[] {
    return this.#producerStates?.active(this.#nowMs()) ?? []
  }

  /** Forgets producers that wrote nothing for a day. */
  expireProducers(): void {
    this.#producerStates?.expire(this.#nowMs())
  }

  /** The producers as of the high watermark, encoded. */
  producerSnapshot(): Uint8Array {
    this.expireProducers()
    return this.#producers.snapshot()
  }

  /** See `PartitionLog.append`. */
  append(records: Uint8Array): Promise<AppendOutcome | Refusal> {
    if (this.#endedBy !== null) {
      return Promise.resolve(this.#endedBy)
    }
    const config = this.#options.config()
    const nowMs = this.#nowMs()
    const batch = checkProducedBatch(records, config, nowMs)
    if (isRefusal(batch)) {
      return Promise.resolve(batch)
    }
    const problem = config.isCompacted ? recordKeysProblem(records, batch) : null
    if (typeof problem === 'function') {
      return this.#appendInTurn(records, batch, this.#options.shared.unpacking.take(problem))
    }
    if (this.#keyChecks?.isBusy) {
      return this.#appendInTurn(records, batch, problem)
    }
    return problem === null ? this.#admit(records, batch, nowMs) : Promise.resolve(problem)
  }

  /** What waits fails with `reason`, and so does whatever is appended from now on. */
  end(reason: Refusal): void {
    this.#endedBy ??= reason
    this.#producerStates?.close()
    const dropped = this.#pending.dropWaiting()
    for (const batch of dropped) {
      batch.settle(reason)
    }
    this.#options.shared.commit.withdraw(this, sumOfBytes(dropped))
  }

  // ─── What the group commit asks ───────────────────────────────────────────────────────────

  get isWaiting(): boolean {
    return this.#pending.isWaiting
  }

  takeChunk(request: ChunkRequest): PendingChunk | null {
    const chunk = this.#pending.takeChunk({
      ...request,
      partitionId: this.#options.row.partitionId,
      runningMaxTimestampMs: this.#takenMaxTimestampMs,
    })
    if (chunk !== null) {
      this.#takenMaxTimestampMs = chunk.write.runningMaxTimestampMs
    }
    return chunk
  }

  rowAfter(chunks: readonly PendingChunk[]): PartitionUpdate {
    return this.#options.row.after(chunks.map(({ write }) => write))
  }

  stored(chunks: readonly PendingChunk[]): void {
    const { row, shared, onStored } = this.#options
    this.#pending.stored()
    row.stored(chunks.map(({ write }) => write))
    for (const { write, batches } of chunks) {
      if (this.#endedBy === null) {
        shared.history.add(write)
      }
      for (const batch of batches) {
        if (batch.producer !== null) {
          this.#producers.stored(batch.producer)
        }
        batch.settle(storedOutcome(batch))
      }
    }
    onStored(sumOfChunks(chunks))
  }

  rollBack(): number {
    const { row } = this.#options
    const lost = this.#pending.rollBack()
    this.#nextOffset = row.highWatermark
    this.#takenMaxTimestampMs = row.runningMaxTimestampMs
    this.#producerStates?.rollBack(lost.flatMap((batch) => batch.producer ?? []))
    for (const batch of lost) {
      batch.settle(refuse('KAFKA_STORAGE_ERROR', 'The records could not be stored; try again.'))
    }
    return sumOfBytes(lost)
  }

  // ─── Steps ────────────────────────────────────────────────────────────────────────────────

  /** A batch whose keys are looked at meanwhile, or one that comes behind such a batch. */
  async #appendInTurn(
    records: Uint8Array,
    batch: BatchHeader,
    problem: Refusal | null | Promise<Refusal | null>,
  ): Promise<AppendOutcome | Refusal> {
    this.#keyChecks ??= new Turns()
    // The turn ends when the batch is taken, not when it is stored, so that many share a transaction.
    const taken = await this.#keyChecks.take(async () => {
      const refusal = (await problem) ?? this.#endedBy
      const outcome = refusal ?? this.#admit(records, batch, this.#nowMs())
      return { outcome }
    })
    return taken.outcome
  }

  /** Judges a sound batch by its sequence, and takes it. */
  #admit(records: Uint8Array, batch: BatchHeader, nowMs: number): Promise<AppendOutcome | Refusal> {
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

  /** Gives a batch its offsets and lets the next transaction have it. */
  #take(bytes: Uint8Array, batch: BatchHeader, nowMs: number): Promise<AppendOutcome | Refusal> {
    const baseOffset = this.#nextOffset
    const logAppendTimeMs = this.#isLogAppendTime ? nowMs : -1
    placeBatch(bytes, { baseOffset, leaderEpoch: LEADER_EPOCH, logAppendTimeMs })
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
    this.#options.shared.commit.enqueue(this, bytes.length)
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
    return this.#options.config().timestampType === 'LogAppendTime'
  }

  get #producers(): ProducerStates {
    this.#producerStates ??= new ProducerStates(this.#options.shared.producers)
    return this.#producerStates
  }

  #nowMs(): number {
    return this.#options.shared.clock.nowMs()
  }
}

export interface AppendsOptions {
  /** The topic's configs as they are now. */
  readonly config: () => LogConfig
  readonly row: PartitionRow
  /** What storage holds of the partition; null where nothing was ever appended. */
  readonly stored: StoredPartition | null
  readonly shared: SharedByLogs
  /** Called with the bytes that have become readable. */
  readonly onStored: (sizeBytes: number) => void
}

/** There is one copy of a partition and it never changes hands, so its epoch never moves. */
export const LEADER_EPOCH = 0
