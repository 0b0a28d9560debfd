import type { Clock } from '../clock.ts'
import type { LogStore } from '../storage/storage.ts'
import type { GroupCommit } from './group-commit.ts'
import type { ChunkHistory } from './history.ts'
import type { ProducerCount } from './producer-state.ts'
import type { Turns } from './turns.ts'

/** What all logs of a broker use together. */
export interface SharedByLogs {
  readonly storage: LogStore
  readonly clock: Clock
  readonly commit: GroupCommit
  readonly history: ChunkHistory
  readonly producers: ProducerCount
  /** Unpacks one batch at a time: a few kilobytes may become 64 MiB. */
  readonly unpacking: Turns
  readonly reportFailure: ReportFailure
}

/** Takes a failure of storage and, where it is known, the partition that it struck. */
export type ReportFailure = (error: unknown, place?: string) => void
