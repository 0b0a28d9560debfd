import { NOT_COMPACTED } from '../log-rules.ts'
import type {
  Chunk,
  ChunkInfo,
  ChunkReplacement,
  ChunkWrite,
  CompactionMark,
  LogWrite,
  PartitionUpdate,
} from '../storage.ts'

/** The log as lists that are filtered: slow, and too simple to be wrong in the same way. */
export class LogModel {
  chunks: readonly ChunkWrite[] = []
  rows: ReadonlyMap<number, PartitionUpdate> = new Map()
  marks: ReadonlyMap<number, CompactionMark> = new Map()

  write({ chunks, partitions }: LogWrite): void {
    this.chunks = [...this.chunks, ...chunks]
    this.rows = new Map([
      ...this.rows,
      ...partitions.map((row) => [row.partitionId, this.#withSnapshot(row)] as const),
    ])
  }

  read(partitionId: number, offset: number, maxBytes: number): Chunk[] {
    const after = this.#of(partitionId).filter((chunk) => chunk.nextOffset > offset)
    return after.filter((_, index) => index === 0 || sum(after.slice(0, index + 1)) <= maxBytes)
  }

  list(partitionId: number, offset: number, limit: number): ChunkInfo[] {
    return this.#of(partitionId)
      .filter((chunk) => chunk.nextOffset > offset)
      .slice(0, limit)
  }

  byTimestamp(partitionId: number, timestampMs: number): ChunkInfo | null {
    return this.#of(partitionId).filter((chunk) => chunk.maxTimestampMs >= timestampMs)[0] ?? null
  }

  maxTimestamp(partitionId: number): ChunkInfo | null {
    const chunks = this.#of(partitionId)
    const largest = Math.max(...chunks.map((chunk) => chunk.maxTimestampMs))
    return chunks.filter((chunk) => chunk.maxTimestampMs === largest)[0] ?? null
  }

  truncate(update: Omit<PartitionUpdate, 'sizeBytes'>): number {
    const { partitionId, logStartOffset } = update
    this.chunks = this.chunks.filter(
      (chunk) => chunk.partitionId !== partitionId || chunk.nextOffset > logStartOffset,
    )
    const sizeBytes = sum(this.#of(partitionId))
    this.rows = new Map([
      ...this.rows,
      [partitionId, this.#withSnapshot({ ...update, sizeBytes })] as const,
    ])
    return sizeBytes
  }

  replace(replacement: ChunkReplacement): number {
    const { partitionId, baseOffset, nextOffset, chunks, snapshot } = replacement
    const isReplaced = (chunk: ChunkInfo) =>
      chunk.partitionId === partitionId &&
      chunk.baseOffset >= baseOffset &&
      chunk.nextOffset <= nextOffset
    const before = this.#of(partitionId).filter((chunk) => chunk.nextOffset <= baseOffset)
    const fresh = chunks.map((chunk, index) => ({
      ...chunk,
      producers: new Uint8Array(0),
      runningMaxTimestampMs: Math.max(
        before.at(-1)?.runningMaxTimestampMs ?? -1,
        ...chunks.slice(0, index + 1).map((earlier) => earlier.maxTimestampMs),
      ),
    }))
    this.chunks = [...this.chunks.filter((chunk) => !isReplaced(chunk)), ...fresh].sort(
      (a, b) => a.baseOffset - b.baseOffset,
    )
    const sizeBytes = sum(this.#of(partitionId))
    const row = this.rows.get(partitionId)
    if (row !== undefined) {
      const changed = { ...row, sizeBytes, ...(snapshot === undefined ? {} : { snapshot }) }
      this.rows = new Map([...this.rows, [partitionId, changed] as const])
    }
    return sizeBytes
  }

  /** Of a partition without a row there is nothing to mark. */
  mark(partitionId: number, mark: CompactionMark): void {
    if (this.rows.has(partitionId)) this.marks = new Map([...this.marks, [partitionId, mark]])
  }

  compaction(partitionId: number): CompactionMark {
    return this.marks.get(partitionId) ?? NOT_COMPACTED
  }

  /** Sweeps to the end. */
  sweep(known: readonly number[]): void {
    this.chunks = this.chunks.filter((chunk) => known.includes(chunk.partitionId))
    this.rows = new Map([...this.rows].filter(([partitionId]) => known.includes(partitionId)))
    this.marks = new Map([...this.marks].filter(([partitionId]) => known.includes(partitionId)))
  }

  producers(partitionId: number): Uint8Array[] {
    const from = this.rows.get(partitionId)?.snapshot?.offset ?? 0
    return this.#of(partitionId)
      .filter((chunk) => chunk.nextOffset > from && chunk.producers.length > 0)
      .map((chunk) => chunk.producers)
  }

  runningMaxTimestampMs(partitionId: number): number {
    return this.#of(partitionId).at(-1)?.runningMaxTimestampMs ?? -1
  }

  #of(partitionId: number): ChunkWrite[] {
    return this.chunks.filter((chunk) => chunk.partitionId === partitionId)
  }

  #withSnapshot(row: PartitionUpdate): PartitionUpdate {
    const snapshot = row.snapshot ?? this.rows.get(row.partitionId)?.snapshot
    return snapshot === undefined ? row : { ...row, snapshot }
  }
}

export function sum(chunks: readonly ChunkInfo[]): number {
  return chunks.reduce((total, chunk) => total + chunk.sizeBytes, 0)
}
