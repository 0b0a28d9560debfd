import { expect, test } from 'vitest'
import type { MessageBatch, MessageRow } from '../../lib/format/messages.ts'
import { addBatch, rowsMax, startFeed } from './message-feed.ts'

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

test('what arrives goes on top and is marked as new', () => {
  const state = addBatch(startFeed(batch([1, 0])), batch([3, 2]))
  expect(state.rows.map(({ offset }) => offset)).toEqual([3, 2, 1, 0])
  expect([...state.arrived]).toEqual(['0:3', '0:2'])
  expect(state.next).toBe('0:4')
})

test('a record that comes twice, as after a reconnection, is shown once', () => {
  const state = addBatch(startFeed(batch([1, 0])), batch([2, 1]))
  expect(state.rows.map(({ offset }) => offset)).toEqual([2, 1, 0])
})

test('rows are bounded, and what was left out is counted', () => {
  let state = startFeed(batch([]))
  for (let offset = 0; offset < rowsMax * 2; offset++) state = addBatch(state, batch([offset]))
  expect(state.rows).toHaveLength(rowsMax)
  expect(state.rows[0]?.offset).toBe(rowsMax * 2 - 1)
  expect(state.notShown).toBe(0)
  state = addBatch(state, batch([rowsMax * 2], { skipped: 312 }))
  expect(state.notShown).toBe(312)
})

test('offsets of partitions that a batch does not name stay', () => {
  const start = startFeed(
    batch([], {
      offsets: [
        { partition: 0, start: 0, end: 4 },
        { partition: 1, start: 0, end: 9 },
      ],
    }),
  )
  const state = addBatch(start, batch([4], { offsets: [{ partition: 0, start: 2, end: 5 }] }))
  expect(state.offsets).toEqual([
    { partition: 0, start: 2, end: 5 },
    { partition: 1, start: 0, end: 9 },
  ])
})
