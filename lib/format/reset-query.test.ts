import { expect, it } from 'vitest'
import { parseReset, type ResetQuery } from './reset-query.ts'

it('without anything said: all topics to their first message', () => {
  expect(parseReset({})).toEqual({
    scope: { topic: null, partitions: null },
    target: { to: 'earliest' },
  })
})

it.each([
  ['', null],
  ['0', [0]],
  ['2, 0,2', [0, 2]],
  ['3-5,0', [0, 3, 4, 5]],
])('partitions %j', (partitions, expected) => {
  expect(parseReset({ topic: 'rides', partitions })).toMatchObject({
    scope: { topic: 'rides', partitions: expected },
  })
})

it('partitions mean nothing without a topic', () => {
  expect(parseReset({ partitions: '0' })).toMatchObject({ scope: { partitions: null } })
})

it.each<[ResetQuery, object]>([
  [{ to: 'latest' }, { to: 'latest' }],
  [
    { to: 'time', value: '2026-11-20T15:00:00.000Z' },
    { to: 'time', timeMs: 1_795_186_800_000 },
  ],
  [
    { to: 'offset', value: ' 17 ' },
    { to: 'offset', offset: 17 },
  ],
  [
    { to: 'shift', value: '-100' },
    { to: 'shift', by: -100 },
  ],
  [
    { to: 'shift', value: '+5' },
    { to: 'shift', by: 5 },
  ],
])('%j', (query, target) => {
  expect(parseReset(query)).toMatchObject({ target })
})

it.each<[ResetQuery, string]>([
  [{ topic: 'rides', partitions: 'first' }, 'partitions'],
  [{ topic: 'rides', partitions: '5-3' }, 'partitions'],
  [{ topic: 'rides', partitions: '1,,2' }, 'partitions'],
  [{ to: 'time', value: '' }, 'value'],
  [{ to: 'time', value: 'yesterday' }, 'value'],
  [{ to: 'offset', value: '-1' }, 'value'],
  [{ to: 'offset', value: '1.5' }, 'value'],
  [{ to: 'offset', value: '9007199254740993' }, 'value'],
  [{ to: 'shift', value: '0' }, 'value'],
  [{ to: 'shift', value: '' }, 'value'],
])('%j says which field is wrong', (query, field) => {
  expect(parseReset(query)).toMatchObject({ problem: { field } })
})
