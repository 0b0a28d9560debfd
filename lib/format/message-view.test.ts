import { expect, test } from 'vitest'
import { defaultView, type MessageView, parseView, viewQuery } from './message-view.ts'

const views: readonly MessageView[] = [
  defaultView,
  { jump: { kind: 'now' }, partitions: [0, 3], max: 1000 },
  { jump: { kind: 'beginning' }, partitions: null, max: 7 },
  { jump: { kind: 'offset', offset: 9007199254740991 }, partitions: null, max: 50 },
  { jump: { kind: 'time', timestampMs: 0 }, partitions: [5], max: 100 },
]

test.each(views)('an address brings back the view that made it: %j', (view) => {
  const query = viewQuery(view)
  expect(parseView((name) => query[name])).toEqual(view)
})

test('the plain address names nothing', () => {
  expect(Object.values(viewQuery(defaultView)).every((part) => part === undefined)).toBe(true)
})

test.each([
  { jump: 'offset:9007199254740993' },
  { jump: 'offset:-1' },
  { jump: 'time:yesterday' },
  { max: '0' },
  { max: '1001' },
  { max: '1e2x' },
  { partitions: '1,' },
  { partitions: '' },
])('what makes no sense is the default: %j', (query) => {
  expect(parseView((name) => query[name])).toEqual(defaultView)
})
