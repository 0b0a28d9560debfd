import type { MessageBatch, MessageRow, OffsetRange } from '../../lib/format/messages.ts'
import { placeOf } from '../../lib/format/messages.ts'

/**
 * What the messages page knows: the newest rows up to a bound, where the feed stands, and how many
 * messages it has not shown. A pure reducer: streams and polls bring the same batches.
 */
export interface FeedState {
  /** Newest first; within a partition always by falling offset. */
  readonly rows: readonly MessageRow[]
  /** Places of rows that arrived after the page was opened: they are tinted once. */
  readonly arrived: ReadonlySet<string>
  /** Messages since the page was opened that are not among the rows. */
  readonly notShown: number
  readonly next: string
  readonly offsets: readonly OffsetRange[]
}

/** More rows than a person reads; the rest would only fill the browser's memory. */
export const rowsMax = 200

export function startFeed(batch: MessageBatch): FeedState {
  return {
    rows: batch.rows,
    arrived: new Set(),
    notShown: 0,
    next: batch.next,
    offsets: batch.offsets,
  }
}

/** Adds what came. Rows are newer than those before: per partition they only ever go on top. */
export function addBatch(state: FeedState, batch: MessageBatch): FeedState {
  const known = new Set(state.rows.map(placeOf))
  const added = batch.rows.filter((row) => !known.has(placeOf(row)))
  const rows = [...added, ...state.rows]
  const shown = rows.slice(0, rowsMax)
  return {
    rows: shown,
    arrived: new Set(added.map(placeOf)),
    // A row that arrived and fell off again without being seen would be neither shown nor counted.
    notShown: state.notShown + batch.skipped + Math.max(0, added.length - rowsMax),
    next: batch.next,
    offsets: mergeOffsets(state.offsets, batch.offsets),
  }
}

function mergeOffsets(before: readonly OffsetRange[], now: readonly OffsetRange[]): OffsetRange[] {
  const merged = new Map(before.map((range) => [range.partition, range]))
  for (const range of now) merged.set(range.partition, range)
  return [...merged.values()].sort((a, b) => a.partition - b.partition)
}
