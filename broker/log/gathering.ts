import type { Chunk, SpaceUse } from '../storage/storage.ts'
import type { CleanedRange } from './compaction/cleaned-ranges.ts'
import { type ChunkGroup, groupsToGather } from './gather-plan.ts'
import { GATHER_LIST_CHUNKS, GATHER_WASTE_BYTES, GATHER_WASTE_SHARE } from './log-limits.ts'
import type { PartitionLog } from './partition-log.ts'
import type { SharedByLogs } from './shared-by-logs.ts'

/**
 * Makes one chunk of small neighbouring ones, in all logs, where the files hold much more than the
 * logs do. Logs that are compacted are left to compaction, which gathers as it goes.
 *
 * Each group is read and replaced in one turn of the lane, so that nothing else can have changed it
 * meanwhile, and is one transaction: readers find the same batches before and after.
 */
export class Gathering {
  readonly #shared: SharedByLogs
  readonly #logs: ReadonlyMap<number, PartitionLog>
  /** What was still wasted when there was nothing left to gather. */
  #wasteInVain = 0

  constructor(shared: SharedByLogs, logs: ReadonlyMap<number, PartitionLog>) {
    this.#shared = shared
    this.#logs = logs
  }

  /** Gathers where that is worth it, until `isOver`. Rejects where storage fails. */
  async run(isOver: () => boolean): Promise<void> {
    const wasteBytes = this.#excessiveWaste(await this.#shared.storage.space())
    if (wasteBytes <= this.#wasteInVain) {
      return
    }
    for (const log of [...this.#logs.values()]) {
      if (isOver()) return
      if (log.sizeBytes > 0) await this.#gather(log, isOver)
    }
    if (!isOver()) {
      const leftBytes = this.#excessiveWaste(await this.#shared.storage.space())
      this.#wasteInVain = leftBytes * (1 + GATHER_WASTE_SHARE)
    }
  }

  /** What is in files beyond the logs, or 0 where that is little. */
  #excessiveWaste({ usedBytes }: SpaceUse): number {
    let liveBytes = 0
    for (const log of this.#logs.values()) liveBytes += log.sizeBytes
    const wasteBytes = usedBytes - liveBytes
    return wasteBytes > liveBytes * GATHER_WASTE_SHARE + GATHER_WASTE_BYTES ? wasteBytes : 0
  }

  async #gather(log: PartitionLog, isOver: () => boolean): Promise<void> {
    let next = log.logStartOffset
    for (;;) {
      const chunks = await this.#shared.storage.list(log.partitionId, next, GATHER_LIST_CHUNKS)
      for (const group of groupsToGather(chunks, log.config)) {
        if (isOver() || isLeftAlone(log)) return
        await log.mend(() => this.#join(log, group))
      }
      const last = chunks.at(-1)
      if (last === undefined || chunks.length < GATHER_LIST_CHUNKS) return
      next = last.nextOffset
    }
  }

  /** Null where the group is not there any more as it was listed, or not all of it could be read. */
  async #join(log: PartitionLog, group: ChunkGroup): Promise<CleanedRange | null> {
    const { baseOffset, nextOffset, sizeBytes } = group
    if (isLeftAlone(log)) {
      return null
    }
    const chunks = await this.#shared.storage.read(log.partitionId, baseOffset, sizeBytes)
    const chunk = joined(chunks, group)
    const isSame =
      chunks.length === group.count &&
      chunks[0]?.baseOffset === baseOffset &&
      chunks.at(-1)?.nextOffset === nextOffset &&
      chunk.sizeBytes === sizeBytes
    return isSame ? { baseOffset, nextOffset, chunks: [chunk] } : null
  }
}

function isLeftAlone(log: PartitionLog): boolean {
  return log.isEnded || log.config.isCompacted
}

function joined(chunks: readonly Chunk[], group: ChunkGroup): Chunk {
  // Memory of its own, which can be moved to another thread.
  const bytes = new Uint8Array(chunks.reduce((sum, chunk) => sum + chunk.bytes.length, 0))
  let at = 0
  let maxTimestampMs = -1
  for (const chunk of chunks) {
    bytes.set(chunk.bytes, at)
    at += chunk.bytes.length
    maxTimestampMs = Math.max(maxTimestampMs, chunk.maxTimestampMs)
  }
  const { baseOffset, nextOffset } = group
  const partitionId = chunks[0]?.partitionId ?? -1
  return { partitionId, baseOffset, nextOffset, maxTimestampMs, sizeBytes: at, bytes }
}
