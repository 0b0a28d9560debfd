import type { Chunk } from '../../storage/storage.ts'
import type { CleanedRange } from './cleaned-ranges.ts'
import type { FinishedRound, IndexedPart } from './cleaner.ts'

/** What the broker's main thread and a compaction thread say to each other: one call at a time. */
export type CleanerRequest =
  | {
      readonly method: 'index' | 'clean'
      readonly chunks: readonly Chunk[]
      /** Where to begin, or where to end. */
      readonly offset: number
    }
  | { readonly method: 'finish' }

export type CleanerReply =
  | { readonly ok: true; readonly result: IndexedPart | readonly CleanedRange[] | FinishedRound }
  | { readonly ok: false; readonly reason: string }
