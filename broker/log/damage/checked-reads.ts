import type { Chunk, LogStore } from '../../storage/storage.ts'
import { type Salvage, salvageChunk } from './salvage.ts'

/**
 * The log's storage, with every chunk checked that is read: of a damaged one, readers are given what
 * is left, and never a byte of the rest. It is the one door to stored bytes, for fetches, lookups by
 * time and compaction alike; what has just been written and is still in memory needs no check.
 */
export function withCheckedReads(storage: LogStore, listener: DamageListener): LogStore {
  function left(chunk: Chunk): Chunk | null {
    const { partitionId } = chunk
    const salvage = salvageChunk(chunk, listener.endOffset(partitionId))
    if (salvage === null) return chunk
    listener.found(chunk, salvage)
    return salvage.chunk
  }
  return {
    ...storage,
    async read(partitionId, offset, maxBytes) {
      for (let from = offset; ; ) {
        const chunks = await storage.read(partitionId, from, maxBytes)
        const sound = chunks.flatMap((chunk) => left(chunk) ?? [])
        const last = chunks.at(-1)
        if (last === undefined || sound.length > 0) return sound
        from = last.nextOffset
      }
    },
  }
}

export interface DamageListener {
  /** The high watermark of a partition. */
  endOffset(partitionId: number): number
  /** Called each time that a damaged chunk is read. */
  found(chunk: Chunk, salvage: Salvage): void
}
