import type { Clock } from '../../clock.ts'
import type { Chunk, LogStore } from '../../storage/storage.ts'
import type { PartitionLog } from '../partition-log.ts'
import type { DamageListener } from './checked-reads.ts'
import { describeSalvage } from './describe-salvage.ts'
import { type Salvage, salvageChunk } from './salvage.ts'

/**
 * Puts what is left of damaged chunks in their place, and says so, once each.
 *
 * Invariants
 * - No offset moves, neither the log's start nor its end, and producers' sequences go into a snapshot.
 * - What is replaced is what storage holds when it is: it is read again in the lane of the group
 *   commit, since compaction or retention may have come first.
 */
export class ChunkMender implements DamageListener {
  readonly #options: ChunkMenderOptions
  /** Chunks that are being replaced, or cannot be, and from when on to try again. */
  readonly #known = new Map<string, number>()
  readonly #reported = new Set<string>()
  #running: Promise<void> = Promise.resolve()

  constructor(options: ChunkMenderOptions) {
    this.#options = options
  }

  endOffset(partitionId: number): number {
    return this.#options.logs.get(partitionId)?.highWatermark ?? 0
  }

  found(chunk: Chunk, salvage: Salvage): void {
    const log = this.#options.logs.get(chunk.partitionId)
    const key = `${chunk.partitionId}:${chunk.baseOffset}`
    const nowMs = this.#options.clock.nowMs()
    if (log === undefined || nowMs < (this.#known.get(key) ?? 0)) {
      return
    }
    this.#report(log, chunk, salvage, key)
    this.#known.set(key, Number.POSITIVE_INFINITY)
    if (!salvage.isRowWrong) {
      this.#running = this.#running.then(() => this.#mend(log, chunk, key))
    }
  }

  /** Resolves when everything that was found so far is replaced, or could not be. */
  settled(): Promise<void> {
    return this.#running
  }

  async #mend(log: PartitionLog, { partitionId, baseOffset }: Chunk, key: string): Promise<void> {
    const { storage, clock, reportFailure } = this.#options
    try {
      await log.mend(async () => {
        const [chunk] = await storage.read(partitionId, baseOffset, 1)
        if (chunk?.baseOffset !== baseOffset) return null
        const salvage = salvageChunk(chunk, log.highWatermark)
        if (salvage === null || salvage.isRowWrong) return null
        const chunks = salvage.chunk === null ? [] : [salvage.chunk]
        return { baseOffset: chunk.baseOffset, nextOffset: chunk.nextOffset, chunks }
      })
      this.#known.delete(key)
    } catch (error) {
      reportFailure(error)
      // Until then readers are given what is left of it each time.
      this.#known.set(key, clock.nowMs() + RETRY_MS)
    }
  }

  #report(log: PartitionLog, chunk: Chunk, salvage: Salvage, key: string): void {
    if (!this.#reported.has(key)) {
      this.#reported.add(key)
      this.#options.reportDamage(describeSalvage(log, chunk, salvage))
    }
  }
}

export interface ChunkMenderOptions {
  /** As it is, without checked reads. */
  readonly storage: Pick<LogStore, 'read'>
  readonly clock: Clock
  readonly logs: ReadonlyMap<number, PartitionLog>
  /** Takes one line for each damaged chunk. */
  readonly reportDamage: (line: string) => void
  readonly reportFailure: (error: unknown) => void
}

/** A chunk that could not be replaced, for want of space perhaps, is tried again after so long. */
const RETRY_MS = 60_000
