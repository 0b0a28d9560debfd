import { newestFirst, type OffsetRange, oldestFirst, type Positioned } from '../format/messages.ts'

/**
 * Pages of messages over all partitions together. A cursor says per partition where the next page
 * begins: backwards the first offset that is not part of it, forwards the first that is.
 */
export type Direction = 'backwards' | 'forwards'
export type Cursor = ReadonlyMap<number, number>

export interface PartitionSpan {
  readonly partition: number
  readonly fromOffset: number
  /** Exclusive. */
  readonly toOffset: number
}

/** What to read of each partition for a page of `max` rows, in the best case all from one of them. */
export function spansOf(
  offsets: readonly OffsetRange[],
  cursor: Cursor,
  direction: Direction,
  max: number,
): PartitionSpan[] {
  return offsets.flatMap(({ partition, start, end }) => {
    const at = cursor.get(partition)
    if (at === undefined) return []
    const clamped = Math.min(Math.max(at, start), end)
    const span =
      direction === 'backwards'
        ? { fromOffset: Math.max(start, clamped - max), toOffset: clamped }
        : { fromOffset: clamped, toOffset: Math.min(end, clamped + max) }
    return [{ partition, ...span }]
  })
}

/**
 * The rows of a page from what was read of its spans, and where the next page begins; that is null
 * where nothing is left. A span that was not read whole (too large) goes on where it was cut.
 */
export function pageOf<Row extends Positioned>(
  read: readonly Row[],
  spans: readonly PartitionSpan[],
  offsets: readonly OffsetRange[],
  direction: Direction,
  max: number,
): { readonly rows: Row[]; readonly next: Cursor | null } {
  const rows = direction === 'backwards' ? newestFirst(read, max) : oldestFirst(read, max)
  const next = new Map(
    spans.map((span) => [span.partition, nextAfter(span, offsetsIn(read, span), rows, direction)]),
  )
  const isMore = offsets.some(({ partition, start, end }) => {
    const at = next.get(partition)
    return at !== undefined && (direction === 'backwards' ? at > start : at < end)
  })
  return { rows, next: isMore ? next : null }
}

function nextAfter(
  span: PartitionSpan,
  read: readonly number[],
  rows: readonly Positioned[],
  direction: Direction,
): number {
  const shown = offsetsIn(rows, span)
  const isBack = direction === 'backwards'
  // Offsets without a record (compacted away, or a transaction's marker) are passed over.
  if (read.length === 0) return isBack ? span.fromOffset : span.toOffset
  if (shown.length === 0) return isBack ? span.toOffset : span.fromOffset
  return isBack ? Math.min(...shown) : Math.max(...shown) + 1
}

function offsetsIn(rows: readonly Positioned[], { partition }: PartitionSpan): number[] {
  return rows.flatMap((row) => (row.partition === partition ? [row.offset] : []))
}
