import type {
  ChunkReplacement,
  ChunkWrite,
  CompactionMark,
  LogStore,
  PartitionUpdate,
  ProducerSnapshot,
  StoredPartition,
} from '../storage/storage.ts'
import { SNAPSHOT_CHUNKS } from './log-limits.ts'

/**
 * What storage holds of one partition, as memory knows it: where it begins and ends, how large it is,
 * and as of when its producers were written down.
 *
 * Invariant: whatever writes the row does so in the lane of the group commit, one after another, so
 * that this is what storage holds whenever nothing is in flight.
 */
export class PartitionRow {
  readonly partitionId: number
  readonly #takeSnapshot: () => Uint8Array
  #logStartOffset = 0
  #highWatermark = 0
  #sizeBytes = 0
  #runningMaxTimestampMs = -1
  #compaction: CompactionMark = { cleanOffset: 0, tombstonesDueMs: null }
  #snapshotOffset = 0
  #chunksSinceSnapshot = 0

  /** `takeSnapshot` encodes the producers as of the high watermark. */
  constructor(partitionId: number, stored: StoredPartition | null, takeSnapshot: () => Uint8Array) {
    this.partitionId = partitionId
    this.#takeSnapshot = takeSnapshot
    if (stored !== null) {
      this.#logStartOffset = stored.logStartOffset
      this.#highWatermark = stored.nextOffset
      this.#sizeBytes = stored.sizeBytes
      this.#runningMaxTimestampMs = stored.runningMaxTimestampMs
      this.#compaction = stored.compaction
      this.#snapshotOffset = stored.snapshot?.offset ?? 0
      this.#chunksSinceSnapshot = stored.producers.length
    }
  }

  /** The first offset that may be read. */
  get logStartOffset(): number {
    return this.#logStartOffset
  }

  /** One past the last stored record. */
  get highWatermark(): number {
    return this.#highWatermark
  }

  /** Bytes of record batches in storage. */
  get sizeBytes(): number {
    return this.#sizeBytes
  }

  /** The largest timestamp that was ever stored. */
  get runningMaxTimestampMs(): number {
    return this.#runningMaxTimestampMs
  }

  /** How far compaction has come. */
  get compaction(): CompactionMark {
    return this.#compaction
  }

  /** The row once these chunks are stored as well. */
  after(chunks: readonly ChunkWrite[]): PartitionUpdate {
    return {
      partitionId: this.partitionId,
      logStartOffset: this.#logStartOffset,
      nextOffset: chunks.at(-1)?.nextOffset ?? this.#highWatermark,
      sizeBytes: this.#sizeBytes + sumOfSizes(chunks),
      ...(this.#isSnapshotDue ? { snapshot: this.#snapshot() } : {}),
    }
  }

  /** These chunks are stored, with the row that `after` made of them. */
  stored(chunks: readonly ChunkWrite[]): void {
    if (this.#isSnapshotDue) {
      this.#snapshotStored()
    }
    this.#chunksSinceSnapshot += chunks.length
    this.#sizeBytes += sumOfSizes(chunks)
    for (const { nextOffset, runningMaxTimestampMs } of chunks) {
      this.#highWatermark = nextOffset
      this.#runningMaxTimestampMs = runningMaxTimestampMs
    }
  }

  /** Moves the log start offset and deletes what lies wholly below it. */
  async moveStart(storage: LogStore, logStartOffset: number): Promise<void> {
    this.#sizeBytes = await storage.truncateBefore({
      partitionId: this.partitionId,
      logStartOffset,
      nextOffset: this.#highWatermark,
      snapshot: this.#snapshot(),
    })
    this.#logStartOffset = logStartOffset
    this.#snapshotStored()
  }

  /** Puts other chunks in the place of some; their producers are written down where they are not yet. */
  async replaceChunks(
    storage: LogStore,
    range: Omit<ChunkReplacement, 'partitionId' | 'snapshot'>,
  ): Promise<void> {
    const isSnapshotDue = this.#snapshotOffset < range.nextOffset
    this.#sizeBytes = await storage.replaceChunks({
      ...range,
      partitionId: this.partitionId,
      ...(isSnapshotDue ? { snapshot: this.#snapshot() } : {}),
    })
    if (isSnapshotDue) {
      this.#snapshotStored()
    }
  }

  async putCompaction(storage: LogStore, mark: CompactionMark): Promise<void> {
    await storage.putCompaction(this.partitionId, mark)
    this.#compaction = mark
  }

  get #isSnapshotDue(): boolean {
    return this.#chunksSinceSnapshot >= SNAPSHOT_CHUNKS
  }

  #snapshot(): ProducerSnapshot {
    return { offset: this.#highWatermark, bytes: this.#takeSnapshot() }
  }

  #snapshotStored(): void {
    this.#snapshotOffset = this.#highWatermark
    this.#chunksSinceSnapshot = 0
  }
}

function sumOfSizes(chunks: readonly ChunkWrite[]): number {
  return chunks.reduce((sum, { sizeBytes }) => sum + sizeBytes, 0)
}
