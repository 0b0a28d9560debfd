import fc from 'fast-check'
import { expect, test } from 'vitest'
import { timeTicks, valueTicks } from './axis-ticks.ts'
import { formatChartValue } from './chart-unit.ts'

test.each([
  [1450, 'bytesPerSecond', ['0 B/s', '512 B/s', '1.00 KB/s', '1.50 KB/s']],
  [3, 'count', ['0', '1', '2', '3']],
  [5.57, 'recordsPerSecond', ['0', '2', '4', '6']],
  [0, 'bytesPerSecond', ['0 B/s', '25 B/s', '50 B/s', '75 B/s', '100 B/s']],
] as const)('%d in %s has ticks that read well', (maximum, unit, texts) => {
  expect(valueTicks(maximum, unit).map((tick) => formatChartValue(tick, unit))).toEqual(texts)
})

test('ticks reach over every value, in at most six lines, each with a text of its own', () => {
  const units = fc.constantFrom('bytes', 'bytesPerSecond', 'recordsPerSecond', 'count')
  fc.assert(
    fc.property(fc.double({ min: 0.1, max: 1e13, noNaN: true }), units, (maximum, unit) => {
      const ticks = valueTicks(maximum, unit)
      expect(ticks.at(-1)).toBeGreaterThanOrEqual(maximum * (1 - 1e-9))
      expect(ticks.length).toBeLessThanOrEqual(6)
      const texts = ticks.map((tick) => formatChartValue(tick, unit))
      expect(new Set(texts).size).toBe(texts.length)
    }),
  )
})

test('an hour has a tick every ten minutes of the reader’s clock', () => {
  const halfHourZoneMs = 5.5 * 3_600_000
  const fromMs = Date.UTC(2026, 10, 20, 8, 41, 7)
  const ticks = timeTicks({ fromMs, toMs: fromMs + 3_600_000 }, 6, halfHourZoneMs)
  expect(ticks).toHaveLength(6)
  expect(new Set(ticks.map((atMs) => (atMs + halfHourZoneMs) % 600_000))).toEqual(new Set([0]))
})
