import { expect, test } from 'vitest'
import { gapsIn, newestOf, summaryOf } from './series.ts'

const measured = (...series: (number | null)[][]) => ({
  fromMs: 1000,
  stepMs: 5,
  series: series.map((values, index) => ({ name: `s${index}`, colour: 'd1' as const, values })),
})

test('a gap reaches from the last value before it to the first one after it', () => {
  expect(gapsIn(measured([1, null, null, 0, 2]))).toEqual([{ fromMs: 1000, toMs: 1015 }])
})

test('a gap at either end stays within what was asked for', () => {
  expect(gapsIn(measured([null, 1, null]))).toEqual([
    { fromMs: 1000, toMs: 1005 },
    { fromMs: 1005, toMs: 1010 },
  ])
})

test('zero is measured, and one series that was measured is enough', () => {
  expect(gapsIn(measured([0, 0]))).toEqual([])
  expect(gapsIn(measured([null, 1], [2, null]))).toEqual([])
})

test('before a gap is not now', () => {
  expect(newestOf([3, null])).toBeNull()
  expect(newestOf([3, 0])).toBe(0)
})

test('a summary leaves gaps out, and is absent where nothing was measured', () => {
  expect(summaryOf([5, null, 1, 3, 4])).toEqual({ last: 4, minimum: 1, maximum: 5, median: 3.5 })
  expect(summaryOf([null, null])).toBeNull()
})
