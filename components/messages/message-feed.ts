import type { MessageBatch, MessageRow, OffsetRange } from '../../lib/format/messages.ts'
import { formatPositions, parsePositions, placeOf } from '../../lib/format/messages.ts'

/**
 * What the messages page knows: the rows of its view up to a bound, where the feed stands, and how
 * many messages it has not shown. A pure reducer: streams, polls and pages bring the same shapes.
 */
export interface FeedState {
  /** In the view's order; within a partition always by offset. */
  readonly rows: readonly MessageRow[]
  /** Places of rows that arrived after the page was opened: they are tinted once. */
  readonly arrived: ReadonlySet<string>
  /** Messages since the page was opened that are not among the rows and were never shown. */
  readonly notShown: number
  /** Null unless paused: the newest of what has come since, and how many that were in all. */
  readonly held: { readonly rows: readonly MessageRow[]; readonly count: number } | null
  readonly next: string
  readonly offsets: readonly OffsetRange[]
  /** Where the next page begins; null where there is none. */
  readonly more: string | null
  /** How long the first read took. */
  readonly tookMs: number
}

export interface FirstPage extends MessageBatch {
  readonly more: string | null
  readonly tookMs: number
}

export type FeedEvent =
  | { readonly type: 'arrived'; readonly batch: MessageBatch }
  | { readonly type: 'paused' }
  | { readonly type: 'resumed' }
  | {
      readonly type: 'more'
      readonly rows: readonly MessageRow[]
      readonly more: string | null
    }
  | { readonly type: 'opened'; readonly page: FirstPage }

/** What arrives pushes out rows beyond this many; pages that somebody asked for may exceed it. */
export const rowsMax = 1000

export function startFeed(page: FirstPage): FeedState {
  return {
    rows: page.rows,
    arrived: new Set(),
    notShown: 0,
    held: null,
    next: page.next,
    offsets: page.offsets,
    more: page.more,
    tookMs: page.tookMs,
  }
}

export function nextFeed(state: FeedState, event: FeedEvent): FeedState {
  switch (event.type) {
    case 'opened':
      return startFeed(event.page)
    case 'more':
      return { ...state, rows: [...state.rows, ...event.rows], more: event.more }
    case 'paused':
      return state.held === null ? { ...state, held: { rows: [], count: 0 } } : state
    case 'resumed':
      return state.held === null ? state : { ...show(state, state.held), held: null }
    case 'arrived':
      return arrive(state, event.batch)
  }
}

function arrive(before: FeedState, batch: MessageBatch): FeedState {
  const known = new Set([...(before.held?.rows ?? []), ...before.rows].map(placeOf))
  const rows = batch.rows.filter((row) => !known.has(placeOf(row)))
  const state = {
    ...before,
    next: batch.next,
    offsets: mergeOffsets(before.offsets, batch.offsets),
  }
  const count = rows.length + batch.skipped
  if (state.held === null) return show(state, { rows, count })
  const held = [...rows, ...state.held.rows].slice(0, rowsMax)
  return { ...state, held: { rows: held, count: state.held.count + count } }
}

/** Rows are newer than those before: per partition they only ever go on top. */
function show(
  state: FeedState,
  { rows: added, count }: { readonly rows: readonly MessageRow[]; readonly count: number },
): FeedState {
  const rows = [...added, ...state.rows]
  const bound = Math.max(rowsMax, added.length === 0 ? rows.length : 0)
  const shown = added.slice(0, bound)
  return {
    ...state,
    rows: rows.slice(0, bound),
    more: moreAfter(state.more, rows.slice(bound)),
    arrived: new Set(shown.map(placeOf)),
    // A row that arrived and fell off again without being seen would be neither shown nor counted.
    notShown: state.notShown + count - shown.length,
  }
}

/** Rows that fell off the end are the first of the next page again. */
function moreAfter(more: string | null, fallen: readonly MessageRow[]): string | null {
  if (fallen.length === 0) return more
  const cursor = parsePositions(more ?? '') ?? new Map<number, number>()
  for (const { partition, offset } of fallen) {
    cursor.set(partition, Math.max(cursor.get(partition) ?? 0, offset + 1))
  }
  return formatPositions(cursor)
}

function mergeOffsets(before: readonly OffsetRange[], now: readonly OffsetRange[]): OffsetRange[] {
  const merged = new Map(before.map((range) => [range.partition, range]))
  for (const range of now) merged.set(range.partition, range)
  return [...merged.values()].sort((a, b) => a.partition - b.partition)
}
