import type { LogStore, PartitionUpdate } from '../storage/storage.ts'
import type { AllocateChunk } from './chunk-buffer.ts'
import { PENDING_BYTES_HIGH, TRANSACTION_BYTES_MAX } from './log-limits.ts'
import type { PendingChunk } from './pending-batches.ts'

/**
 * One lane to the log's storage. While a transaction is being written, whatever is appended to any
 * partition is collected, and goes into the next one as a few large chunks.
 *
 * Invariants
 * - One transaction is in flight at a time, and maintenance that rewrites a partition's row takes
 *   its turn in the same lane: what memory says of a row is always what storage holds.
 * - Chunks of a partition are written in order. If a transaction fails, everything pending of its
 *   partitions fails with it, and nothing of other partitions.
 * - Nothing waits for a timer: a transaction begins in the turn of the event loop after the first
 *   append, so that what arrived in the same turn shares it.
 */
export class GroupCommit {
  readonly #storage: LogStore
  readonly #reportFailure: (error: unknown) => void
  readonly #allocate: AllocateChunk
  /** Partitions with waiting batches, the one that waits longest first. */
  readonly #ready = new Set<CommitSource>()
  readonly #tasks: (() => Promise<void>)[] = []
  #isRunning = false
  #pendingBytes = 0
  #storedBytes = 0
  #reliefs: (() => void)[] = []
  #flushes: (() => void)[] = []

  constructor(storage: LogStore, reportFailure: (error: unknown) => void, allocate: AllocateChunk) {
    this.#storage = storage
    this.#reportFailure = reportFailure
    this.#allocate = allocate
  }

  /** Bytes that were appended and are not stored yet. */
  get pendingBytes(): number {
    return this.#pendingBytes
  }

  /** Bytes of the batches that were stored since the start. */
  get storedBytes(): number {
    return this.#storedBytes
  }

  /** Whether so much waits that no more should be read from sockets. */
  isHigh(): boolean {
    return this.#pendingBytes >= PENDING_BYTES_HIGH
  }

  /** Calls back once, when half of what `isHigh` allows is stored. */
  onRelief(resume: () => void): void {
    if (this.isHigh()) {
      this.#reliefs.push(resume)
    } else {
      setImmediate(resume)
    }
  }

  /** The source took a batch of so many bytes: it will be asked for chunks. */
  enqueue(source: CommitSource, sizeBytes: number): void {
    this.#pendingBytes += sizeBytes
    this.#ready.add(source)
    this.#start()
  }

  /** The source gave up waiting batches of so many bytes. */
  withdraw(source: CommitSource, sizeBytes: number): void {
    this.#ready.delete(source)
    this.#release(sizeBytes)
  }

  /** Runs a task while no transaction is in flight. */
  exclusively<T>(task: () => Promise<T>): Promise<T> {
    return new Promise<T>((resolve, reject) => {
      this.#tasks.push(() => task().then(resolve, reject))
      this.#start()
    })
  }

  /** Resolves when nothing waits any more: everything is stored, or has failed. */
  flush(): Promise<void> {
    return new Promise((resolve) => {
      this.#flushes.push(resolve)
      this.#start()
    })
  }

  #start(): void {
    if (!this.#isRunning) {
      this.#isRunning = true
      setImmediate(() => void this.#run())
    }
  }

  async #run(): Promise<void> {
    while (this.#tasks.length > 0 || this.#ready.size > 0) {
      // Tasks and transactions alternate, so that neither can keep the other waiting.
      await this.#tasks.shift()?.()
      if (this.#ready.size > 0) {
        await this.#writeTransaction()
      }
      // Lets sockets be read, so that the next transaction gathers more.
      await new Promise((resolve) => setImmediate(resolve))
    }
    this.#isRunning = false
    for (const resolve of this.#flushes.splice(0)) {
      resolve()
    }
  }

  async #writeTransaction(): Promise<void> {
    const bySource = this.#takeChunks()
    const partitions: PartitionUpdate[] = []
    for (const [source, chunks] of bySource) {
      partitions.push(source.rowAfter(chunks))
    }
    const chunks = [...bySource.values()].flatMap((taken) => taken.map((chunk) => chunk.write))
    try {
      await this.#storage.write({ chunks, partitions })
    } catch (error) {
      this.#fail([...bySource.keys()], error)
      return
    }
    for (const [source, taken] of bySource) {
      source.stored(taken)
    }
    const sizeBytes = chunks.reduce((sum, chunk) => sum + chunk.sizeBytes, 0)
    this.#storedBytes += sizeBytes
    this.#release(sizeBytes)
  }

  /** Takes a chunk of each partition in turn, until the transaction is full. */
  #takeChunks(): Map<CommitSource, PendingChunk[]> {
    const bySource = new Map<CommitSource, PendingChunk[]>()
    let left = TRANSACTION_BYTES_MAX
    // Sources added again while iterating come round again, which is the turn-taking meant here.
    for (const source of this.#ready) {
      const evenIfLarger = bySource.size === 0
      const chunk = source.takeChunk({ bytesMax: left, evenIfLarger, allocate: this.#allocate })
      if (chunk === null) {
        break
      }
      left -= chunk.write.sizeBytes
      const taken = bySource.get(source)
      if (taken === undefined) {
        bySource.set(source, [chunk])
      } else {
        taken.push(chunk)
      }
      this.#ready.delete(source)
      if (source.isWaiting) {
        this.#ready.add(source)
      }
      if (left <= 0) {
        break
      }
    }
    return bySource
  }

  #fail(sources: readonly CommitSource[], error: unknown): void {
    this.#reportFailure(error)
    for (const source of sources) {
      this.#ready.delete(source)
      this.#release(source.rollBack())
    }
  }

  #release(sizeBytes: number): void {
    this.#pendingBytes -= sizeBytes
    if (this.#pendingBytes <= PENDING_BYTES_HIGH / 2) {
      for (const resume of this.#reliefs.splice(0)) {
        resume()
      }
    }
  }
}

/** A partition, as the group commit sees it. */
export interface CommitSource {
  readonly isWaiting: boolean
  /** The next chunk of waiting batches, or null where the first of them does not fit. */
  takeChunk(options: ChunkRequest): PendingChunk | null
  /** The partition's row, once these chunks are stored. */
  rowAfter(chunks: readonly PendingChunk[]): PartitionUpdate
  /** Every chunk taken is stored. */
  stored(chunks: readonly PendingChunk[]): void
  /** Nothing pending is stored, nor will be; returns how many bytes that were. */
  rollBack(): number
}

export interface ChunkRequest {
  readonly bytesMax: number
  readonly evenIfLarger: boolean
  readonly allocate: AllocateChunk
}
