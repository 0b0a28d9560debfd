import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { openServicesDb, type ServicesDb } from '../database.ts'
import { createFrames, noChange, packChanges, slotsPerMinute, stepMs } from './frames.ts'
import type { KeptMetrics } from './kept-metrics.ts'
import { createLagHistory } from './lag/lag-history.ts'
import { metricSeriesOf } from './metric-series.ts'
import { minuteOfSlot } from './minute-collector.ts'
import { createMinuteLedger } from './minute-ledger.ts'
import { createMinuteStore } from './minute-store.ts'
import { createSeriesRegistry } from './series-registry.ts'

let dataDir: string
let db: ServicesDb
beforeEach(() => {
  dataDir = mkdtempSync(join(tmpdir(), 'tributary-series-'))
  db = openServicesDb(dataDir)
})
afterEach(async () => {
  await db.$disconnect()
  rmSync(dataDir, { recursive: true, force: true })
})

/** Half an hour in which one topic received 60 bytes a minute, with room for so many entries. */
async function keptWith(entriesMax: number): Promise<KeptMetrics> {
  await db.metricSample.deleteMany()
  const registry = createSeriesRegistry()
  const series = registry.take({ clusterId: 'lkc-1', kind: 'client', resourceId: 'a' }, 'a', 0)
  const frames = createFrames(entriesMax)
  const ledger = createMinuteLedger()
  const store = createMinuteStore(db, [])
  const newestSlot = 30 * slotsPerMinute
  const change = { ...noChange, receivedBytes: 5 }
  for (let slot = 1; slot <= newestSlot; slot++) {
    const changes = packChanges([[series.number, change]])
    const cluster = { changes, total: change, gauges: series.gauges }
    frames.add({ slot, intervalMs: stepMs, clusters: new Map([['lkc-1', cluster]]) })
  }
  for (let minute = 0; minute < minuteOfSlot(newestSlot) + 1; minute++) {
    const rows = [{ series, change: { ...change, receivedBytes: 60 }, gauges: series.gauges }]
    const collected = { minute, steps: 0b1111_1111_1111, measuredMs: 60_000, rows }
    await store.write({ collected, series: [series], dropped: [], horizon: 0 })
    ledger.add({ ...collected, samples: 1 })
  }
  const takenMs = newestSlot * stepMs
  const samples = { frames, newestSlot, takenMs, isCurrent: true, clusters: new Map() }
  return {
    ...{ registry, ledger, db },
    samples: () => samples,
    lags: { history: createLagHistory(1), db, nowMs: () => takenMs },
    nowMs: () => takenMs,
    newestMinute: () => null,
  }
}

const asked = {
  metric: 'io.confluent.kafka.server/received_bytes',
  resources: [{ kind: 'client', id: 'a' }],
  range: { minutes: 20 },
} as const

it('tells the last hour at 5 s while there is room for it, and by the minute where there is not', async () => {
  const fine = await metricSeriesOf(await keptWith(1_000_000), 'lkc-1', asked)
  expect(fine.stepMs).toBe(5000)
  expect(fine.series[0]?.points).toEqual(Array(240).fill(1))
  const coarse = await metricSeriesOf(await keptWith(900), 'lkc-1', asked)
  expect(coarse.stepMs).toBe(60_000)
  expect(coarse.series[0]?.points).toEqual(Array(20).fill(1))
  const short = { ...asked, range: { minutes: 5 } }
  expect((await metricSeriesOf(await keptWith(900), 'lkc-1', short)).stepMs).toBe(5000)
})
