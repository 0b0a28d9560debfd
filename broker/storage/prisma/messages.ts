import type { StorageFailureCode } from '../failure.ts'
import type { CatalogueStore, ChunkWrite, LogStore, PartitionUpdate } from '../storage.ts'

/** What the broker's main thread and its storage thread say to each other: plain data. */

/** What the thread is started with (`workerData`). */
export interface ThreadOptions {
  readonly dataDir: string
  /** The project's `prisma` folder: its `broker/migrations` and `log/migrations` are applied. */
  readonly prismaDir: string
  readonly synchronous: 'NORMAL' | 'FULL'
  /** Shared memory that the bytes of writes come in. */
  readonly slots: readonly SharedArrayBuffer[]
}

/** The log's `write` takes packed bytes; every other method is called as its interface says. */
export interface ThreadStores {
  readonly catalogue: CatalogueStore
  readonly log: Omit<LogStore, 'write'> & { write(write: PackedWrite): Promise<void> }
}

export interface ThreadRequest {
  readonly id: number
  /** `thread` has one method, `close`. */
  readonly store: keyof ThreadStores | 'thread'
  readonly method: string
  readonly args: readonly unknown[]
}

/** Requests are answered in the order in which they were made. */
export type ThreadReply =
  | { readonly id: number; readonly ok: true; readonly result: unknown }
  | {
      readonly id: number
      readonly ok: false
      readonly code: StorageFailureCode
      readonly message: string
    }

/** The id under which the thread says that the databases are open, or why not. */
export const OPENING_ID = 0

/** A write whose bytes travel beside it: `producers`, then `bytes`, of one chunk after another. */
export interface PackedWrite {
  readonly chunks: readonly PackedChunk[]
  readonly partitions: readonly PartitionUpdate[]
  /** Index of a shared slot, or memory of its own where no slot was free or large enough. */
  readonly memory: number | ArrayBuffer
}

export interface PackedChunk extends Omit<ChunkWrite, 'bytes' | 'producers'> {
  readonly producersLength: number
  readonly bytesLength: number
}
