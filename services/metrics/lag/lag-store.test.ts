import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, expect, it } from 'vitest'
import { metricMinutesMax } from '../../../broker/rules/metrics.ts'
import { openServicesDb, type ServicesDb } from '../../database.ts'
import { createLagHistory, type LagSeries } from './lag-history.ts'
import { readLagSteps } from './lag-reads.ts'
import { createLagStore } from './lag-store.ts'

const ends: (() => unknown)[] = []
afterEach(async () => {
  for (const end of ends.splice(0).reverse()) await end()
})

function openDb(): ServicesDb {
  const dataDir = mkdtempSync(join(tmpdir(), 'tributary-lag-'))
  ends.push(() => rmSync(dataDir, { recursive: true, force: true }))
  const db = openServicesDb(dataDir)
  ends.push(() => db.$disconnect())
  return db
}

const clusterId = 'lkc-1'

function newSeries(count: number): readonly LagSeries[] {
  const history = createLagHistory(1)
  return Array.from({ length: count }, (_, partition) => {
    const series = history.take({ clusterId, groupId: 'riders', topic: 'rides', partition })
    if (series === undefined) throw new Error('There is no place for it.')
    return series
  })
}

async function count(db: ServicesDb, table: 'lag_series' | 'lag_sample' | 'lag_minute') {
  const [row] =
    table === 'lag_series'
      ? await db.$queryRaw<{ n: number }[]>`SELECT count(*) AS n FROM lag_series`
      : table === 'lag_sample'
        ? await db.$queryRaw<{ n: number }[]>`SELECT count(*) AS n FROM lag_sample`
        : await db.$queryRaw<{ n: number }[]>`SELECT count(*) AS n FROM lag_minute`
  return Number(row?.n)
}

it('after a week minutes go, but for the lag that still holds', async () => {
  const db = openDb()
  const store = createLagStore(db)
  const [busy, quiet, gone] = newSeries(3)
  if (busy === undefined || quiet === undefined || gone === undefined) throw new Error('Three.')
  const write = (minute: number, rows: readonly (readonly [LagSeries, number | null])[]) =>
    store.write({
      minute,
      clusters: [{ clusterId, rows: rows.map(([series, lag]) => ({ series, lag })) }],
    })
  await write(1, [
    [busy, 10],
    [quiet, 3],
    [gone, 1],
  ])
  await write(2, [
    [busy, 20],
    [gone, null],
  ])
  const later = 3 + metricMinutesMax
  await write(later, [[busy, 30]])
  expect(await count(db, 'lag_minute')).toBe(1)
  expect(await count(db, 'lag_series')).toBe(2)
  const range = { fromMinute: later - 2, toMinute: later + 1, stepMinutes: 1 }
  const steps = await readLagSteps(db, [busy, quiet], range)
  expect(steps.get(busy.number)).toEqual([20, 20, 30])
  expect(steps.get(quiet.number)).toEqual([3, 3, 3])
})

it('keeps no more rows than it may: the oldest minutes go first', async () => {
  const db = openDb()
  const store = createLagStore(db, 20)
  const series = newSeries(4)
  for (let minute = 1; minute <= 12; minute++) {
    const rows = series.map((one) => ({ series: one, lag: minute }))
    await store.write({ minute, clusters: [{ clusterId, rows }] })
  }
  expect(await count(db, 'lag_minute')).toBe(5)
  // One row each before the horizon still holds.
  expect(await count(db, 'lag_sample')).toBe(24)
})

it('a series finds no place where there are too many, and a cluster that goes gives its own back', () => {
  const history = createLagHistory(1, 2)
  const lag = (partition: number) => ({
    ...{ groupId: 'riders', topic: 'rides', partition, lag: 1, clientId: null },
  })
  history.add('a', 1, [lag(0), lag(1)])
  expect(history.cluster('a')?.series.size).toBe(2)
  expect(history.cluster('a')?.isLimited).toBe(true)
  history.add('b', 1, [lag(0)])
  expect(history.cluster('b')?.series.size).toBe(0)
  history.dropCluster('a')
  history.add('b', 2, [lag(0)])
  expect(history.cluster('b')?.series.size).toBe(2)
  expect(history.cluster('b')?.isLimited).toBe(false)
})
