import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { openServicesDb, type ServicesDb } from '../database.ts'
import { noChange } from './frames.ts'
import type { CollectedMinute } from './minute-collector.ts'
import { createMinuteLedger } from './minute-ledger.ts'
import { minutePoints, minuteRange } from './minute-points.ts'
import { readSeries, readSteps } from './minute-reads.ts'
import { createMinuteStore, ledgerMinuteOf, type MinuteStore } from './minute-store.ts'
import { createSeriesRegistry, type Series, type SeriesRegistry } from './series-registry.ts'

let dataDir: string
let db: ServicesDb
let store: MinuteStore
let registry: SeriesRegistry

beforeEach(() => {
  dataDir = mkdtempSync(join(tmpdir(), 'tributary-minutes-'))
  db = openServicesDb(dataDir)
  store = createMinuteStore(db, [])
  registry = createSeriesRegistry()
})
afterEach(async () => {
  await db.$disconnect()
  rmSync(dataDir, { recursive: true, force: true })
})

const take = (resourceId: string) =>
  registry.take({ clusterId: 'lkc-1', kind: 'topic', resourceId }, resourceId, 0)

/** A whole minute in which each of the series received so many bytes. */
function minuteOf(minute: number, series: readonly Series[], bytes = 60): CollectedMinute {
  const rows = series.map((one) => {
    one.gauges = { ...one.gauges, retainedBytes: one.gauges.retainedBytes + bytes }
    return { series: one, change: { ...noChange, receivedBytes: bytes }, gauges: one.gauges }
  })
  return { minute, steps: 0b1111_1111_1111, measuredMs: 60_000, rows }
}

function write(collected: CollectedMinute, horizon = 0, dropped: readonly number[] = []) {
  return store.write({ collected, series: [...registry.all()], dropped, horizon })
}

it('gives minutes back as they were written, in steps of any size', async () => {
  const series = take('a')
  for (let minute = 100; minute < 120; minute++) {
    await write(minuteOf(minute, minute % 2 === 0 ? [series] : []))
  }
  const range = { fromMinute: 105, toMinute: 120, stepMinutes: 5 }
  const steps = await readSteps(db, series.number, range)
  expect(
    steps.map(({ step, change, gauges }) => [step, change.receivedBytes, gauges.retainedBytes]),
  ).toEqual([
    [-1, 60, 180],
    [0, 120, 300],
    [1, 180, 480],
    [2, 120, 600],
  ])
})

it('is the same after a restart, numbers and gauges included', async () => {
  const [a, b] = [take('a'), take('b')]
  await write(minuteOf(100, [a]))
  await write(minuteOf(101, [a]))
  const { series } = await readSeries(db)
  expect(series).toEqual([
    { ...a, lastMinute: 101 },
    { ...b, lastMinute: 0 },
  ])
})

it('deletes what is too old little by little, but not the gauges that still hold', async () => {
  const series = Array.from({ length: 120 }, (_, n) => take(`topic-${n}`))
  for (let minute = 0; minute < 10; minute++) await write(minuteOf(minute, series))
  await write(minuteOf(20, []), 8)
  const left = () => db.metricSample.count()
  // Two series of 120 each minute: of their ten rows the two in time stay, and one that still holds.
  expect(await left()).toBe(1200 - 2 * 7)
  for (let minute = 21; minute < 80; minute++) await write(minuteOf(minute, []), 8)
  expect(await left()).toBe(120 * 3)
  expect(await db.metricMinute.count({ where: { minute: { lt: 8 } } })).toBe(0)
  const range = { fromMinute: 50, toMinute: 60, stepMinutes: 5 }
  expect(await readSteps(db, series[7]?.number ?? 0, range)).toMatchObject([
    { step: -1, gauges: { retainedBytes: 600 } },
  ])
})

it('deletes at most so many rows at a time of what is dropped, and ends after a restart', async () => {
  const series = Array.from({ length: 30 }, (_, n) => take(`topic-${n}`))
  const rows = Array.from({ length: 2000 }, (_, minute) => minute)
  for (const { number } of series) {
    await db.$executeRaw`
      INSERT INTO metric_sample SELECT ${number}, value, 1, 0, 1, 0, 0, 0, 0
      FROM json_each(${JSON.stringify(rows)})`
  }
  await write(minuteOf(2000, []))
  const numbers = series.map(({ number }) => number)
  for (const one of series) registry.drop(one)
  await write(minuteOf(2001, []), 0, registry.takeDropped())
  await write(minuteOf(2002, []))
  const left = await db.metricSample.count()
  expect(left).toBeGreaterThanOrEqual(60_000 - 22_000)
  expect(left).toBeLessThan(60_000)
  const { series: known, gone } = await readSeries(db)
  expect(known).toEqual([])
  expect(numbers).toEqual(expect.arrayContaining([...gone]))
  // Their names are free meanwhile.
  take('topic-0')
  store = createMinuteStore(db, gone)
  for (let minute = 2003; minute < 2007; minute++) await write(minuteOf(minute, []))
  expect(await db.metricSample.count()).toBe(0)
  expect(await db.metricSeries.count()).toBe(1)
})

it('says nothing is stored where the transaction failed', async () => {
  const series = take('a')
  await db.$executeRaw`ALTER TABLE metric_minute RENAME TO hidden`
  await expect(write(minuteOf(1, [series]))).rejects.toThrow()
  expect(series.isStored).toBe(false)
  expect(await db.metricSeries.count()).toBe(0)
  await db.$executeRaw`ALTER TABLE hidden RENAME TO metric_minute`
  await write(minuteOf(2, [series]))
  expect(await db.metricSeries.count()).toBe(1)
})

it('stores whatever a client calls itself', async () => {
  const ids = [
    '',
    "'; DROP TABLE metric_series; --",
    '"',
    '\\',
    '\u0000',
    '😀',
    '{"a":[1]}',
    '__proto__',
  ]
  const series = ids.map((id) =>
    registry.take({ clusterId: 'lkc-1', kind: 'client', resourceId: id }, id, 0),
  )
  await write(minuteOf(1, series))
  const { series: known } = await readSeries(db)
  expect(known.map(({ resourceId }) => resourceId)).toEqual(ids)
})

it('keeps no more rows than there is room for: the oldest minutes go first', () => {
  const ledger = createMinuteLedger([], 1000)
  const registryOfOne = createSeriesRegistry()
  const busy = Array.from({ length: 100 }, (_, n) =>
    registryOfOne.take({ clusterId: 'lkc-1', kind: 'topic', resourceId: `${n}` }, `${n}`, 0),
  )
  for (let minute = 0; minute < 50; minute++) ledger.add(ledgerMinuteOf(minuteOf(minute, busy)))
  expect(ledger.horizon(50)).toBe(40)
  expect(ledger.at(39)).toBeUndefined()
  expect(ledger.at(40)).toMatchObject({ samples: 100 })
})

it('keeps a week', () => {
  const ledger = createMinuteLedger()
  for (let minute = 0; minute < 12_000; minute++) ledger.add(ledgerMinuteOf(minuteOf(minute, [])))
  expect(ledger.horizon(12_000)).toBe(12_000 - 10_080 + 1)
})

it('chooses steps that a chart has room for, of which the last ends where the range does', async () => {
  const ranges = [61, 360, 1440, 10_080].map((minutes) => minuteRange(29_000_001, minutes))
  expect(ranges.map(({ stepMinutes }) => stepMinutes)).toEqual([1, 1, 5, 30])
  for (const { fromMinute, toMinute, stepMinutes } of ranges) {
    expect(toMinute).toBe(29_000_001)
    expect((toMinute - fromMinute) % stepMinutes).toBe(0)
    expect((toMinute - fromMinute) / stepMinutes).toBeLessThanOrEqual(500)
  }
  const range = { fromMinute: 100, toMinute: 110, stepMinutes: 5 }
  const { points } = await minutePoints({ db, ledger: createMinuteLedger() }, take('a'), range)
  expect(points).toEqual([null, null])
})
