import { expect, test } from 'vitest'
import { addUpdate, mergeSeries, noFigures, type Series } from './live-figures.ts'

/** A series of 5 s steps that begins at this step; production says which step each point is of. */
function series(firstStep: number, production: readonly (number | null)[]): Series {
  return {
    fromMs: firstStep * 5000,
    stepMs: 5000,
    productionBytesPerSecond: [...production],
    consumptionBytesPerSecond: production.map(() => 0),
    recordsInPerSecond: production.map(() => 0),
    storedBytes: production.map(() => 1),
  }
}

function cluster(points: Series) {
  return {
    id: 'lkc-1',
    takenMs: null,
    rates: null,
    storedBytes: null,
    topics: null,
    partitions: null,
    connections: null,
    series: points,
  }
}

function topic(storedBytes: number) {
  return { rates: null, storedBytes, partitions: 1 }
}

test('a short update moves a long series on and keeps its length', () => {
  const merged = mergeSeries(series(10, [10, 11, 12, 13]), series(13, [13, 14]))
  expect(merged.fromMs).toBe(11 * 5000)
  expect(merged.productionBytesPerSecond).toEqual([11, 12, 13, 14])
})

test('what nobody measured while the stream was away is a gap, not zero', () => {
  const merged = mergeSeries(series(10, [10, 11, 12, 13]), series(16, [16]))
  expect(merged.productionBytesPerSecond).toEqual([13, null, null, 16])
  expect(merged.storedBytes).toEqual([1, null, null, 1])
})

test('a gap of the newer series stays one', () => {
  const merged = mergeSeries(series(10, [10, 11]), series(11, [null]))
  expect(merged.productionBytesPerSecond).toEqual([10, null])
})

test('services without samples take nothing away', () => {
  const before = series(10, [10, 11])
  expect(mergeSeries(before, series(0, []))).toBe(before)
  expect(mergeSeries(series(0, []), before)).toBe(before)
})

test('an update names only the topics that changed, and those that are gone', () => {
  const whole = { isWhole: true, byName: { a: topic(1), b: topic(2), c: topic(3) }, gone: [] }
  const first = addUpdate(noFigures, { cluster: cluster(series(1, [1])), topics: whole })
  const changed = { isWhole: false, byName: { b: topic(20), d: topic(4) }, gone: ['c'] }
  const { topicsByName } = addUpdate(first, { cluster: cluster(series(2, [2])), topics: changed })
  expect(topicsByName).toEqual({ a: topic(1), b: topic(20), d: topic(4) })
})

test('an update without topics leaves them as they are', () => {
  const whole = { isWhole: true, byName: { a: topic(1) }, gone: [] }
  const first = addUpdate(noFigures, { cluster: cluster(series(1, [1])), topics: whole })
  expect(addUpdate(first, { cluster: cluster(series(2, [2])) }).topicsByName).toEqual({
    a: topic(1),
  })
})
