import { assertContinues, assertRowAdvances } from '../log-rules.ts'
import type {
  Chunk,
  ChunkInfo,
  ChunkWrite,
  LogStore,
  PartitionRecord,
  ProducerSnapshot,
  StoredPartition,
} from '../storage.ts'

interface MemoryPartition {
  record: PartitionRecord
  snapshot: ProducerSnapshot | null
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
          partitions.set(record.partitionId, { record, snapshot: snapshot ?? null, chunks: [] })
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
    async listOldest(partitionId, limit) {
      assertOpen()
      return chunksOf(partitionId).slice(0, limit).map(infoOf)
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
        chunks,
      })
      return sizeBytes
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

function storedPartition({ record, snapshot, chunks }: MemoryPartition): StoredPartition {
  const from = indexAfter(chunks, snapshot?.offset ?? 0)
  return {
    ...record,
    runningMaxTimestampMs: chunks.at(-1)?.runningMaxTimestampMs ?? -1,
    snapshot,
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
