import type { Chunk, ChunkInfo, ChunkWrite, LogWrite, PartitionUpdate } from '../storage.ts'

/** The log as lists that are filtered: slow, and too simple to be wrong in the same way. */
export class LogModel {
  chunks: readonly ChunkWrite[] = []
  rows: ReadonlyMap<number, PartitionUpdate> = new Map()

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

  oldest(partitionId: number, limit: number): ChunkInfo[] {
    return this.#of(partitionId).slice(0, limit)
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

  /** Sweeps to the end. */
  sweep(known: readonly number[]): void {
    this.chunks = this.chunks.filter((chunk) => known.includes(chunk.partitionId))
    this.rows = new Map([...this.rows].filter(([partitionId]) => known.includes(partitionId)))
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
