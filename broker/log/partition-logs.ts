import { type Clock, systemClock } from '../clock.ts'
import { type Refusal, refuse } from '../errors.ts'
import { HeldMemory } from '../free-memory.ts'
import type { Storage, StoredPartition } from '../storage/storage.ts'
import { createChunkAllocator } from './chunk-buffer.ts'
import { createCleaner } from './compaction/cleaner.ts'
import { LogCompaction } from './compaction/log-compaction.ts'
import type { OpenCleaner } from './compaction/round.ts'
import { withCheckedReads } from './damage/checked-reads.ts'
import { ChunkMender } from './damage/chunk-mender.ts'
import { StartCheck } from './damage/start-check.ts'
import { GroupCommit } from './group-commit.ts'
import { ChunkHistory } from './history.ts'
import type { LogConfig } from './log-config.ts'
import { LogMaintenance } from './log-maintenance.ts'
import { LogSpace } from './log-space.ts'
import { PartitionLog } from './partition-log.ts'
import type { ReportFailure, SharedByLogs } from './shared-by-logs.ts'
import { Turns } from './turns.ts'

/**
 * The logs of all partitions of all tenants: one lane to storage, one cache, one maintenance.
 *
 * Invariant: nothing of a partition is swept before `startMaintenance` says that every partition
 * which exists has been opened.
 */
export class PartitionLogs {
  readonly #shared: SharedByLogs
  readonly #maintenance: LogMaintenance
  readonly #space: LogSpace
  readonly #compaction: LogCompaction
  readonly #mender: ChunkMender
  readonly #startCheck: StartCheck
  readonly #logs: Map<number, PartitionLog>
  /** What storage holds of partitions that nobody opened yet. */
  readonly #stored: Map<number, StoredPartition>

  constructor({ shared, logs, mender, stored, openCleaner }: PartitionLogsParts) {
    this.#shared = shared
    this.#logs = logs
    this.#mender = mender
    this.#stored = new Map(stored.map((partition) => [partition.partitionId, partition]))
    this.#startCheck = new StartCheck({ ...shared, logs })
    this.#maintenance = new LogMaintenance(shared, this.#logs)
    this.#space = new LogSpace(shared, this.#logs)
    this.#compaction = new LogCompaction({ shared, openCleaner }, this.#logs)
  }

  /**
   * Opens a partition that the catalogue knows. `config` is asked each time it matters, `describe` where
   * the broker's log is to name it.
   */
  open(
    partitionId: number,
    config: () => LogConfig,
    describe = () => `partition id ${partitionId}`,
  ): PartitionLog {
    if (this.#logs.has(partitionId)) {
      throw new Error(`Partition ${partitionId} is open already.`)
    }
    const stored = this.#stored.get(partitionId) ?? null
    this.#stored.delete(partitionId)
    const log = new PartitionLog({ partitionId, describe, config, stored, shared: this.#shared })
    this.#logs.set(partitionId, log)
    return log
  }

  /** The catalogue has deleted these partitions: whoever waits for them is told, chunks go later. */
  drop(partitionIds: readonly number[]): void {
    for (const partitionId of partitionIds) {
      this.#logs.get(partitionId)?.end(refuse('UNKNOWN_TOPIC_OR_PARTITION'))
      this.#logs.delete(partitionId)
    }
    this.#space.sweepSoon()
  }

  /** To be called once every partition of the catalogue is open: from now on the rest is swept. */
  startMaintenance(): void {
    this.#stored.clear()
    this.#maintenance.start()
    this.#space.start()
    this.#compaction.start()
    this.#startCheck.start()
  }

  /** Does now what the clock would have compaction do; resolves when it is done. */
  compact(): Promise<void> {
    return this.#compaction.run()
  }

  /** Does now what the clock would have done to give space back; resolves when it is done. */
  giveSpaceBack(): Promise<void> {
    return this.#space.run()
  }

  /** Bytes that were appended and are not stored yet. */
  get pendingBytes(): number {
    return this.#shared.commit.pendingBytes
  }

  /** Bytes of chunks that are kept in memory for readers. */
  get cachedBytes(): number {
    return this.#shared.history.sizeBytes
  }

  /** Whether so much waits to be stored that no more should be read from sockets. */
  isHigh(): boolean {
    return this.#shared.commit.isHigh()
  }

  /** Calls back once, when that is over. */
  onRelief(resume: () => void): void {
    this.#shared.commit.onRelief(resume)
  }

  /** Resolves when nothing waits to be stored any more. */
  flush(): Promise<void> {
    return this.#shared.commit.flush()
  }

  /** Takes nothing more, stores what was taken, and lets go of whoever waits. Storage stays open. */
  async close(): Promise<void> {
    await Promise.all([
      this.#maintenance.stop(),
      this.#space.stop(),
      this.#compaction.stop(),
      this.#startCheck.stop(),
    ])
    await this.#mender.settled()
    await this.flush()
    for (const log of this.#logs.values()) {
      log.end(CLOSING)
    }
    await this.flush()
  }
}

/** Loads what storage knows of its partitions, without a byte of their records. */
export async function openPartitionLogs(options: PartitionLogsOptions): Promise<PartitionLogs> {
  const { clock = systemClock, reportFailure = () => {}, openCleaner = cleanHere } = options
  const { reportDamage = reportFailure } = options
  const logs = new Map<number, PartitionLog>()
  const unchecked = options.storage.log
  const mender = new ChunkMender({ storage: unchecked, clock, logs, reportDamage, reportFailure })
  const storage = withCheckedReads(unchecked, mender)
  const memory = storage.givesBytesAway === true ? new HeldMemory() : null
  const commit = new GroupCommit(storage, reportFailure, createChunkAllocator(memory))
  const history = new ChunkHistory(storage, memory, options.cacheBytes)
  const unpacking = new Turns()
  const producers = { count: 0 }
  const shared = { storage, clock, commit, history, producers, unpacking, reportFailure }
  return new PartitionLogs({ shared, logs, mender, stored: await storage.load(), openCleaner })
}

interface PartitionLogsParts {
  readonly shared: SharedByLogs
  /** Empty; partitions are added as they are opened. */
  readonly logs: Map<number, PartitionLog>
  readonly mender: ChunkMender
  readonly stored: readonly StoredPartition[]
  readonly openCleaner: OpenCleaner
}

export interface PartitionLogsOptions {
  readonly storage: Pick<Storage, 'log'>
  readonly clock?: Clock
  /** Bytes of recent and read-back chunks to keep in memory. */
  readonly cacheBytes?: number
  /** Where compaction decompresses and goes over records; this thread where absent. */
  readonly openCleaner?: OpenCleaner
  /** Told of every failure of storage. */
  readonly reportFailure?: ReportFailure
  /** Takes a line for each damaged chunk that is found; as `reportFailure` where absent. */
  readonly reportDamage?: (line: string) => void
}

/** Retriable: the client asks again, and finds the broker once it is back. */
const CLOSING: Refusal = refuse('NOT_LEADER_OR_FOLLOWER', 'The broker is stopping.')

const cleanHere: OpenCleaner = async (rules) => createCleaner(rules)
