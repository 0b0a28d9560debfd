import { NOT_COMPACTED } from '../log-rules.ts'
import type {
  Chunk,
  ChunkInfo,
  ChunkReplacement,
  ChunkWrite,
  CompactionMark,
  LogWrite,
  PartitionUpdate,
  StoredPartition,
} from '../storage.ts'

/**
 * The log as lists that are filtered: slow, and too simple to be wrong in the same way. What it
 * refuses it leaves alone.
 */
export class LogModel {
  chunks: readonly ChunkWrite[] = []
  rows: ReadonlyMap<number, PartitionUpdate> = new Map()
  marks: ReadonlyMap<number, CompactionMark> = new Map()
  /** What the writer above storage knows of each partition's times, until it starts anew. */
  writersMaxMs: ReadonlyMap<number, number> = new Map()

  /** Whether it was taken. */
  write({ chunks, partitions }: LogWrite): boolean {
    const continues = chunks.every((chunk, index) => {
      const before = chunks.slice(0, index).filter((one) => one.partitionId === chunk.partitionId)
      const end = before.at(-1)?.nextOffset ?? this.rows.get(chunk.partitionId)?.nextOffset ?? 0
      const row = partitions.find((one) => one.partitionId === chunk.partitionId)
      const isWithin = row !== undefined && chunk.nextOffset <= row.nextOffset
      return isWithin && end <= chunk.baseOffset && chunk.baseOffset < chunk.nextOffset
    })
    if (!continues || !partitions.every((row) => this.#advances(row))) return false
    this.chunks = [...this.chunks, ...chunks]
    for (const row of partitions) this.#put(row)
    for (const { partitionId, runningMaxTimestampMs } of chunks) {
      this.writersMaxMs = new Map([...this.writersMaxMs, [partitionId, runningMaxTimestampMs]])
    }
    return true
  }

  read(partitionId: number, offset: number, maxBytes: number): Chunk[] {
    const after = this.of(partitionId).filter((chunk) => chunk.nextOffset > offset)
    return after.filter((_, index) => index === 0 || sum(after.slice(0, index + 1)) <= maxBytes)
  }

  list(partitionId: number, offset: number, limit: number): ChunkInfo[] {
    return this.of(partitionId)
      .filter((chunk) => chunk.nextOffset > offset)
      .slice(0, limit)
  }

  byTimestamp(partitionId: number, timestampMs: number): ChunkInfo | null {
    return this.of(partitionId).filter((chunk) => chunk.maxTimestampMs >= timestampMs)[0] ?? null
  }

  maxTimestamp(partitionId: number): ChunkInfo | null {
    const chunks = this.of(partitionId)
    const largest = Math.max(...chunks.map((chunk) => chunk.maxTimestampMs))
    return chunks.filter((chunk) => chunk.maxTimestampMs === largest)[0] ?? null
  }

  /** The bytes that are left, or null where it is refused. */
  truncate(update: Omit<PartitionUpdate, 'sizeBytes'>): number | null {
    if (!this.#advances(update)) return null
    const { partitionId, logStartOffset } = update
    this.chunks = this.chunks.filter(
      (chunk) => chunk.partitionId !== partitionId || chunk.nextOffset > logStartOffset,
    )
    const sizeBytes = sum(this.of(partitionId))
    this.#put({ ...update, sizeBytes })
    return sizeBytes
  }

  /** The bytes that are left, or null where it is refused. */
  replace(replacement: ChunkReplacement): number | null {
    const { partitionId, baseOffset, nextOffset, chunks, snapshot } = replacement
    const row = this.rows.get(partitionId)
    if (row === undefined || !this.#canReplace(replacement, row)) return null
    const before = this.of(partitionId).filter((chunk) => chunk.nextOffset <= baseOffset)
    const after = this.of(partitionId).filter((chunk) => chunk.baseOffset >= nextOffset)
    const fresh = chunks.map((chunk, index) => ({
      ...chunk,
      producers: new Uint8Array(0),
      runningMaxTimestampMs: Math.max(
        before.at(-1)?.runningMaxTimestampMs ?? -1,
        ...chunks.slice(0, index + 1).map((earlier) => earlier.maxTimestampMs),
      ),
    }))
    const others = this.chunks.filter((chunk) => chunk.partitionId !== partitionId)
    this.chunks = [...others, ...before, ...fresh, ...after]
    const sizeBytes = sum(this.of(partitionId))
    this.#put({ ...row, sizeBytes, ...(snapshot && { snapshot }) })
    return sizeBytes
  }

  /** Of a partition without a row there is nothing to mark. */
  mark(partitionId: number, mark: CompactionMark): void {
    if (this.rows.has(partitionId)) this.marks = new Map([...this.marks, [partitionId, mark]])
  }

  /** Sweeps to the end. */
  sweep(known: readonly number[]): void {
    const isKnown = (partitionId: number) => known.includes(partitionId)
    this.chunks = this.chunks.filter((chunk) => isKnown(chunk.partitionId))
    this.rows = new Map([...this.rows].filter(([partitionId]) => isKnown(partitionId)))
    this.marks = new Map([...this.marks].filter(([partitionId]) => isKnown(partitionId)))
    this.writersMaxMs = new Map([...this.writersMaxMs].filter(([id]) => isKnown(id)))
  }

  /** The writer above storage starts anew: it knows what `load` tells it. */
  reopen(): void {
    this.writersMaxMs = new Map()
  }

  /** What `load` says, in order of the partitions. */
  stored(): StoredPartition[] {
    const rows = [...this.rows.values()].sort((a, b) => a.partitionId - b.partitionId)
    return rows.map((row) => {
      const from = row.snapshot?.offset ?? 0
      const chunks = this.of(row.partitionId)
      return {
        ...row,
        snapshot: row.snapshot ?? null,
        runningMaxTimestampMs: chunks.at(-1)?.runningMaxTimestampMs ?? -1,
        producers: chunks
          .filter((chunk) => chunk.nextOffset > from && chunk.producers.length > 0)
          .map((chunk) => chunk.producers),
        compaction: this.marks.get(row.partitionId) ?? NOT_COMPACTED,
      }
    })
  }

  /** The chunks of a partition, oldest first. */
  of(partitionId: number): ChunkWrite[] {
    return this.chunks.filter((chunk) => chunk.partitionId === partitionId)
  }

  #advances(row: Omit<PartitionUpdate, 'sizeBytes'>): boolean {
    const stored = this.rows.get(row.partitionId)
    return (
      row.nextOffset >= (stored?.nextOffset ?? 0) &&
      row.logStartOffset >= (stored?.logStartOffset ?? 0)
    )
  }

  #canReplace(replacement: ChunkReplacement, row: PartitionUpdate): boolean {
    const { partitionId, baseOffset, nextOffset, chunks } = replacement
    const snapshotOffset = (replacement.snapshot ?? row.snapshot)?.offset ?? 0
    const replaced = this.of(partitionId).filter(
      (chunk) => chunk.nextOffset > baseOffset && chunk.baseOffset < nextOffset,
    )
    const largestMs = Math.max(...replaced.map((chunk) => chunk.maxTimestampMs))
    const isWithin = (chunk: ChunkInfo) =>
      chunk.baseOffset >= baseOffset && chunk.nextOffset <= nextOffset
    return (
      replaced.length > 0 &&
      nextOffset <= row.nextOffset &&
      replaced.every(isWithin) &&
      replaced.every((one) => one.producers.length === 0 || one.nextOffset <= snapshotOffset) &&
      chunks.every(isWithin) &&
      chunks.every((chunk) => chunk.baseOffset < chunk.nextOffset) &&
      chunks.every((chunk, n) => chunk.baseOffset >= (chunks[n - 1]?.nextOffset ?? 0)) &&
      chunks.every((chunk) => chunk.maxTimestampMs <= largestMs)
    )
  }

  /** Without a snapshot the one that there is stays. */
  #put(row: PartitionUpdate): void {
    const snapshot = row.snapshot ?? this.rows.get(row.partitionId)?.snapshot
    const put = snapshot === undefined ? row : { ...row, snapshot }
    this.rows = new Map([...this.rows, [row.partitionId, put]])
  }
}

export function sum(chunks: readonly ChunkInfo[]): number {
  return chunks.reduce((total, chunk) => total + chunk.sizeBytes, 0)
}
