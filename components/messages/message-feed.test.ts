import { expect, test } from 'vitest'
import type { MessageBatch, MessageRow } from '../../lib/format/messages.ts'
import { type FeedState, nextFeed, rowsMax, startFeed } from './message-feed.ts'

function row(offset: number, partition = 0): MessageRow {
  return {
    partition,
    offset,
    timestampMs: offset,
    timestampType: 'CreateTime',
    key: null,
    value: null,
    headers: [],
  }
}

function batch(offsets: readonly number[], rest: Partial<MessageBatch> = {}): MessageBatch {
  return {
    rows: offsets.map((offset) => row(offset)),
    skipped: 0,
    next: `0:${(offsets[0] ?? -1) + 1}`,
    offsets: [],
    ...rest,
  }
}

const start = (offsets: readonly number[], rest: Partial<MessageBatch> = {}) =>
  startFeed({ ...batch(offsets, rest), more: null, tookMs: 1 })
const arrive = (state: FeedState, offsets: readonly number[], rest: Partial<MessageBatch> = {}) =>
  nextFeed(state, { type: 'arrived', batch: batch(offsets, rest) })
const offsetsOf = ({ rows }: FeedState) => rows.map(({ offset }) => offset)

test('what arrives goes on top and is marked as new', () => {
  const state = arrive(start([1, 0]), [3, 2])
  expect(offsetsOf(state)).toEqual([3, 2, 1, 0])
  expect([...state.arrived]).toEqual(['0:3', '0:2'])
  expect(state.next).toBe('0:4')
})

test('a record that comes twice, as after a reconnection, is shown once', () => {
  expect(offsetsOf(arrive(start([1, 0]), [2, 1]))).toEqual([2, 1, 0])
})

test('rows are bounded, what was left out is counted, what fell off can be loaded again', () => {
  let state = start([])
  for (let offset = 0; offset < rowsMax * 2; offset++) state = arrive(state, [offset])
  expect(state.rows).toHaveLength(rowsMax)
  expect(state.rows[0]?.offset).toBe(rowsMax * 2 - 1)
  expect(state.notShown).toBe(0)
  expect(state.more).toBe(`0:${rowsMax}`)
  expect(arrive(state, [rowsMax * 2], { skipped: 312 }).notShown).toBe(312)
})

test('while paused nothing moves and everything is counted; then the newest are shown', () => {
  let state = nextFeed(start([1, 0]), { type: 'paused' })
  for (let offset = 2; offset < 2 + rowsMax + 312; offset++) state = arrive(state, [offset])
  state = arrive(state, [], { skipped: 5 })
  expect(offsetsOf(state)).toEqual([1, 0])
  expect(state.held?.count).toBe(rowsMax + 317)
  state = nextFeed(state, { type: 'resumed' })
  expect(state.held).toBeNull()
  expect(state.rows[0]?.offset).toBe(rowsMax + 313)
  expect(state.rows).toHaveLength(rowsMax)
  // Never shown, and said so.
  expect(state.notShown).toBe(317)
})

test('a page that was asked for goes below, however many rows there are', () => {
  const first = start(Array.from({ length: rowsMax }, (_, i) => 2 * rowsMax - i))
  const state = nextFeed(first, { type: 'more', rows: [row(rowsMax)], more: `0:${rowsMax}` })
  expect(state.rows).toHaveLength(rowsMax + 1)
  expect(nextFeed(arrive(state, []), { type: 'resumed' }).rows).toHaveLength(rowsMax + 1)
})

test('offsets of partitions that a batch does not name stay', () => {
  const first = start([], {
    offsets: [
      { partition: 0, start: 0, end: 4 },
      { partition: 1, start: 0, end: 9 },
    ],
  })
  const state = arrive(first, [4], { offsets: [{ partition: 0, start: 2, end: 5 }] })
  expect(state.offsets).toEqual([
    { partition: 0, start: 2, end: 5 },
    { partition: 1, start: 0, end: 9 },
  ])
})
