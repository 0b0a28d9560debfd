import { assertContinues, assertReplaces, assertRowAdvances, NOT_COMPACTED } from '../log-rules.ts'
import type {
  Chunk,
  ChunkInfo,
  ChunkWrite,
  CompactionMark,
  LogStore,
  PartitionRecord,
  ProducerSnapshot,
  StoredPartition,
} from '../storage.ts'

interface MemoryPartition {
  record: PartitionRecord
  snapshot: ProducerSnapshot | null
  compaction: CompactionMark
  /** In order of their offsets. */
  readonly chunks: ChunkWrite[]
}

/** Partitions as arrays of chunks. `assertOpen` throws once the storage is closed. */
export function createMemoryLog(assertOpen: () => void): LogStore {
  const partitions = new Map<number, MemoryPartition>()
  const chunksOf = (partitionId: number) => partitions.get(partitionId)?.chunks ?? []

  return {
    async load() {
      assertOpen()
      return [...partitions.values()].map(storedPartition)
    },
    async write(write) {
      assertOpen()
      assertContinues(write, (partitionId) => partitions.get(partitionId)?.record)
      for (const { snapshot, ...record } of write.partitions) {
        const partition = partitions.get(record.partitionId)
        if (partition === undefined) {
          partitions.set(record.partitionId, {
            record,
            snapshot: snapshot ?? null,
            compaction: NOT_COMPACTED,
            chunks: [],
          })
        } else {
          partition.record = record
          partition.snapshot = snapshot ?? partition.snapshot
        }
      }
      for (const chunk of write.chunks) chunksOf(chunk.partitionId).push(chunk)
    },
    async read(partitionId, offset, maxBytes) {
      assertOpen()
      const chunks = chunksOf(partitionId)
      const found: Chunk[] = []
      let sizeBytes = 0
      for (let at = indexAfter(chunks, offset); at < chunks.length; at++) {
        const chunk = chunks[at]
        if (chunk === undefined) break
        sizeBytes += chunk.sizeBytes
        if (found.length > 0 && sizeBytes > maxBytes) break
        found.push({ ...infoOf(chunk), bytes: chunk.bytes })
      }
      return found
    },
    async list(partitionId, offset, limit) {
      assertOpen()
      const chunks = chunksOf(partitionId)
      const from = indexAfter(chunks, offset)
      return chunks.slice(from, from + limit).map(infoOf)
    },
    async findByTimestamp(partitionId, timestampMs) {
      assertOpen()
      const found = chunksOf(partitionId).find((chunk) => chunk.maxTimestampMs >= timestampMs)
      return found === undefined ? null : infoOf(found)
    },
    async findMaxTimestamp(partitionId) {
      assertOpen()
      let found: ChunkWrite | null = null
      for (const chunk of chunksOf(partitionId)) {
        if (found === null || chunk.maxTimestampMs > found.maxTimestampMs) found = chunk
      }
      return found === null ? null : infoOf(found)
    },
    async truncateBefore({ snapshot, ...update }) {
      assertOpen()
      const partition = partitions.get(update.partitionId)
      assertRowAdvances(update, partition?.record)
      const chunks = partition?.chunks ?? []
      chunks.splice(0, indexAfter(chunks, update.logStartOffset))
      const sizeBytes = sumOfSizes(chunks)
      partitions.set(update.partitionId, {
        record: { ...update, sizeBytes },
        snapshot: snapshot ?? partition?.snapshot ?? null,
        compaction: partition?.compaction ?? NOT_COMPACTED,
        chunks,
      })
      return sizeBytes
    },
    async replaceChunks(replacement) {
      assertOpen()
      const partition = partitions.get(replacement.partitionId)
      const chunks = partition?.chunks ?? []
      const from = indexAfter(chunks, replacement.baseOffset)
      const to = indexAfter(chunks, replacement.nextOffset - 1)
      const isLastTouched = (chunks[to]?.baseOffset ?? Infinity) < replacement.nextOffset
      const replaced = chunks.slice(from, isLastTouched ? to + 1 : to)
      const snapshot = replacement.snapshot ?? partition?.snapshot ?? null
      assertReplaces(replacement, {
        ends: partition?.record,
        replaced,
        snapshotOffset: snapshot?.offset ?? 0,
      })
      if (partition === undefined) return 0
      let runningMaxTimestampMs = chunks[from - 1]?.runningMaxTimestampMs ?? -1
      const fresh = replacement.chunks.map((chunk) => {
        runningMaxTimestampMs = Math.max(runningMaxTimestampMs, chunk.maxTimestampMs)
        return { ...chunk, runningMaxTimestampMs, producers: new Uint8Array(0) }
      })
      chunks.splice(from, replaced.length, ...fresh)
      partition.snapshot = snapshot
      partition.record = { ...partition.record, sizeBytes: sumOfSizes(chunks) }
      return partition.record.sizeBytes
    },
    async putCompaction(partitionId, mark) {
      assertOpen()
      const partition = partitions.get(partitionId)
      if (partition !== undefined) partition.compaction = mark
    },
    async sweep(known, limit) {
      assertOpen()
      const kept = new Set(known)
      let deleted = 0
      for (const [partitionId, { chunks }] of partitions) {
        if (kept.has(partitionId)) continue
        deleted += chunks.splice(0, limit - deleted).length
        if (chunks.length > 0) break
        partitions.delete(partitionId)
      }
      return deleted
    },
    async vacuum() {
      assertOpen()
      return 0
    },
    async space() {
      assertOpen()
      const sizes = [...partitions.values()].map(({ chunks }) => sumOfSizes(chunks))
      return { usedBytes: sizes.reduce((sum, size) => sum + size, 0), freeBytes: 0, pageBytes: 1 }
    },
    async checkpoint() {
      assertOpen()
    },
  }
}

/** Index of the first chunk that ends after `offset`, by bisection. */
function indexAfter(chunks: readonly ChunkWrite[], offset: number): number {
  let low = 0
  let high = chunks.length
  while (low < high) {
    const middle = (low + high) >>> 1
    const chunk = chunks[middle]
    if (chunk !== undefined && chunk.nextOffset <= offset) low = middle + 1
    else high = middle
  }
  return low
}

function storedPartition({
  record,
  snapshot,
  compaction,
  chunks,
}: MemoryPartition): StoredPartition {
  const from = indexAfter(chunks, snapshot?.offset ?? 0)
  return {
    ...record,
    runningMaxTimestampMs: chunks.at(-1)?.runningMaxTimestampMs ?? -1,
    snapshot,
    compaction,
    producers: chunks
      .slice(from)
      .map((chunk) => chunk.producers)
      .filter((producers) => producers.length > 0),
  }
}

function infoOf(chunk: ChunkWrite): ChunkInfo {
  const { partitionId, baseOffset, nextOffset, maxTimestampMs, sizeBytes } = chunk
  return { partitionId, baseOffset, nextOffset, maxTimestampMs, sizeBytes }
}

function sumOfSizes(chunks: readonly ChunkInfo[]): number {
  return chunks.reduce((sum, chunk) => sum + chunk.sizeBytes, 0)
}
