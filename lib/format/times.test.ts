import { expect, test } from 'vitest'
import { formatBytes, formatCount, formatPlural } from './numbers.ts'
import {
  formatAgo,
  formatClockTime,
  formatDate,
  formatDateTime,
  formatRetention,
  formatSpan,
} from './times.ts'

test.each([
  [0, '0 B'],
  [1023, '1,023 B'],
  [1331, '1.30 KB'],
  [15_309_209, '14.6 MB'],
  [1024 ** 4 * 300, '300 TB'],
  [1_041_900, '1,017 KB'],
])('%i bytes read %s', (bytes, text) => expect(formatBytes(bytes)).toBe(text))

test('counts are grouped and never rounded', () => {
  expect(formatCount('9007199254740993')).toBe('9,007,199,254,740,993')
  expect(formatPlural(1, 'topic')).toBe('1 topic')
  expect(formatPlural(1200, 'topic')).toBe('1,200 topics')
})

test('a timestamp that no calendar has is shown as it is', () => {
  for (const format of [formatDate, formatDateTime, formatClockTime]) {
    expect(format(9007199254740991)).toBe('9007199254740991')
  }
})

test.each([
  [-1, 'Infinite'],
  [3_600_000, '1 hour'],
  [43_200_000, '12 hours'],
  [86_400_000, '1 day'],
  [604_800_000, '1 week'],
  [61_000, '61 seconds'],
  [1, '1 ms'],
])('a retention of %i ms reads %s', (ms, text) => expect(formatRetention(ms)).toBe(text))

test.each([
  [0, 'just now'],
  [59_000, '59 seconds ago'],
  [60_000, '1 minute ago'],
  [7_200_000, '2 hours ago'],
  [-5000, 'just now'],
])('%i ms ago reads %s', (ms, text) =>
  expect(formatAgo(1_000_000_000 - ms, 1_000_000_000)).toBe(text),
)

test.each([
  [0, '0 s'],
  [999, '0 s'],
  [29_400, '29 s'],
  [200_000, '3 min 20 s'],
  [7_500_000, '2 h 5 min'],
  [4 * 86_400_000, '4 d'],
])('a span of %d ms is %s', (spanMs, text) => {
  expect(formatSpan(spanMs)).toBe(text)
})
