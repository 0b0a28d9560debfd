import { brokerLimit } from '../../rules/limits.ts'
import type { Chunk } from '../../storage/storage.ts'
import type { ChunkDamage } from '../chunk-damage.ts'
import { COMPACTION_READ_BYTES } from '../log-limits.ts'
import type { PartitionLog } from '../partition-log.ts'
import type { SharedByLogs } from '../shared-by-logs.ts'
import type { CleanedRange } from './cleaned-ranges.ts'
import type { Cleaner, CleanerRules } from './cleaner.ts'
import type { DirtyPart } from './dirty-part.ts'

/**
 * One round of compaction over one log: the keys of the dirty part are noted, then everything from
 * the log's start to its end is cleaned, a few megabytes at a time.
 *
 * Invariants
 * - What takes the place of some chunks is one transaction, and each of them by itself leaves the log
 *   as true as before: a record only goes when a later one of its key is stored and stays. A round
 *   that is broken off, or killed, is merely not done.
 * - Chunks are cleaned from the oldest on, so that when a tombstone is dated all that it deletes is
 *   gone.
 *
 * Resolves with the bytes that are left of what was cleaned, or null where it was broken off: the log
 * ended, it is compacted no more, its start moved, or `isStopping`. Rejects where storage fails.
 */
export async function compactLog(
  log: PartitionLog,
  part: DirtyPart,
  tools: RoundTools,
): Promise<number | null> {
  const { clock } = tools.shared
  const cleaner = await tools.openCleaner({
    nowMs: clock.nowMs(),
    deleteRetentionMs: log.config.deleteRetentionMs,
    highWatermark: log.highWatermark,
    indexBytesMax: brokerLimit('compactionIndexBytes'),
  })
  try {
    return await new Round(log, cleaner, tools).run(part)
  } finally {
    await cleaner.close()
  }
}

export interface RoundTools {
  readonly shared: SharedByLogs
  readonly openCleaner: OpenCleaner
  readonly isStopping: () => boolean
  /** The damaged places that were reported since the start, each of them once. */
  readonly reported: Set<string>
}

export type OpenCleaner = (rules: CleanerRules) => Promise<Cleaner>

class Round {
  readonly #log: PartitionLog
  readonly #cleaner: Cleaner
  readonly #tools: RoundTools
  readonly #logStartOffset: number

  constructor(log: PartitionLog, cleaner: Cleaner, tools: RoundTools) {
    this.#log = log
    this.#cleaner = cleaner
    this.#tools = tools
    this.#logStartOffset = log.logStartOffset
  }

  async run(part: DirtyPart): Promise<number | null> {
    const endOffset = await this.#index(part)
    const areCleaned = endOffset !== null && (await this.#clean(endOffset))
    if (!areCleaned) {
      return null
    }
    const { ranges, leftBytes, tombstonesDueMs, damaged } = await this.#cleaner.finish()
    if (!(await this.#replace(ranges))) {
      return null
    }
    await this.#log.putCompaction({ cleanOffset: endOffset, tombstonesDueMs })
    this.#report(damaged)
    return leftBytes
  }

  /** Resolves with the offset up to which keys are noted; null where the round is over. */
  async #index({ fromOffset, endOffset }: DirtyPart): Promise<number | null> {
    let indexed = fromOffset
    for await (const chunks of this.#chunks(fromOffset, endOffset)) {
      const part = await this.#cleaner.index(chunks, indexed)
      indexed = part.endOffset
      if (part.isFull) break
    }
    return this.#isOver() ? null : indexed
  }

  async #clean(endOffset: number): Promise<boolean> {
    for await (const chunks of this.#chunks(this.#logStartOffset, endOffset)) {
      if (!(await this.#replace(await this.#cleaner.clean(chunks, endOffset)))) {
        return false
      }
    }
    return !this.#isOver()
  }

  async #replace(ranges: readonly CleanedRange[]): Promise<boolean> {
    for (const range of ranges) {
      if (this.#isOver() || !(await this.#log.replaceChunks(range, this.#logStartOffset))) {
        return false
      }
    }
    return true
  }

  /** The chunks that begin below `endOffset`, from the one that holds `offset` on, as read together. */
  async *#chunks(offset: number, endOffset: number): AsyncGenerator<readonly Chunk[]> {
    const { storage } = this.#tools.shared
    for (let next = offset; next < endOffset && !this.#isOver(); ) {
      const read = await storage.read(this.#log.partitionId, next, COMPACTION_READ_BYTES)
      const chunks = read.filter((chunk) => chunk.baseOffset < endOffset)
      const last = chunks.at(-1)
      if (last === undefined) {
        return
      }
      // Asked before the bytes are given away.
      next = last.nextOffset
      yield chunks
    }
  }

  #isOver(): boolean {
    return this.#tools.isStopping() || this.#log.isEnded || !this.#log.config.isCompacted
  }

  #report(damaged: readonly ChunkDamage[]): void {
    for (const { offset, reason } of damaged) {
      const place = `${this.#log.describe()} at offset ${offset}`
      if (!this.#tools.reported.has(place)) {
        this.#tools.reported.add(place)
        this.#tools.shared.reportFailure(`compaction left ${place} alone, since ${reason}`)
      }
    }
  }
}
