// Reads consumer lag back from services.db. Rows come as one JSON text each query, which Prisma passes
// on whole.

import { z } from 'zod'
import type { ServicesDb } from '../../database.ts'
import type { MinuteRange } from '../minute-reads.ts'
import {
  createLagHistory,
  type LagHistory,
  type LagSeries,
  lagStepMs,
  stepsKept,
} from './lag-history.ts'

const slotsPerMinute = 60_000 / lagStepMs
const minutesKept = stepsKept / slotsPerMinute

/** What is known at start from the run before: series, and the last hour by the minute. */
export async function readLagHistory(db: ServicesDb, nowMs: number): Promise<LagHistory> {
  const nowSlot = Math.floor(nowMs / lagStepMs)
  const fromMinute = Math.floor(nowMs / 60_000) - minutesKept
  const [found] = await db.$queryRaw<{ rows: string; largest: bigint | number | null }[]>`
    SELECT json_group_array(json_array(id, cluster_id, group_id, topic, partition,
      (SELECT lag FROM lag_sample WHERE series_id = id ORDER BY minute DESC LIMIT 1))) AS rows,
      max(id) AS largest
    FROM lag_series`
  const history = createLagHistory(Number(found?.largest ?? 0) + 1)
  const restored = seriesRows.parse(JSON.parse(found?.rows ?? '[]')).flatMap((row) => {
    const [number, clusterId, groupId, topic, partition, stored] = row
    const series = history.restore({ clusterId, groupId, topic, partition }, number, stored)
    return series === undefined ? [] : [series]
  })
  const to = fromMinute + minutesKept + 1
  const minutes = { fromMinute, toMinute: to, stepMinutes: 1 }
  const byNumber = await readLagSteps(db, restored, minutes)
  for (const clusterId of history.clusterIds()) {
    const cluster = history.cluster(clusterId)
    if (cluster === undefined) continue
    const looked = await readLookedSteps(db, clusterId, minutes)
    for (const step of looked) {
      for (const slot of slotsOf(fromMinute + step)) {
        if (slot > nowSlot) continue
        cluster.slots[slot % stepsKept] = slot
        cluster.newestSlot = Math.max(cluster.newestSlot, slot)
      }
    }
  }
  for (const series of restored) {
    const values = byNumber.get(series.number) ?? []
    for (const [step, lag] of values.entries()) {
      for (const slot of slotsOf(fromMinute + step)) {
        if (slot > nowSlot) continue
        series.values[slot % stepsKept] = lag ?? Number.NaN
        if (lag !== null) series.lastSlot = Math.max(series.lastSlot, slot)
      }
    }
  }
  return history
}

function slotsOf(minute: number): readonly number[] {
  return Array.from({ length: slotsPerMinute }, (_, step) => minute * slotsPerMinute + step + 1)
}

/** By series, the lag at the end of each step; null where nothing is known. What lies in a gap holds on. */
export async function readLagSteps(
  db: ServicesDb,
  series: readonly Pick<LagSeries, 'number'>[],
  { fromMinute, toMinute, stepMinutes }: MinuteRange,
): Promise<ReadonlyMap<number, readonly (number | null)[]>> {
  const count = (toMinute - fromMinute) / stepMinutes
  // Of a group's bare columns SQLite takes the row that has the maximum (its documentation, "Bare
  // columns in an aggregate query"). Numbers are bound as reals, whose division has a fraction.
  const [found] = await db.$queryRaw<{ rows: string }[]>`
    SELECT json_group_array(json_array(series_id, step, lag)) AS rows FROM (
      SELECT series_id, lag, max(minute),
        CASE WHEN minute < ${fromMinute} THEN -1
          ELSE CAST((minute - ${fromMinute}) / ${stepMinutes} AS INTEGER) END AS step
      FROM json_each(${JSON.stringify(series.map(({ number }) => number))})
      JOIN lag_sample ON series_id = value
      WHERE minute < ${toMinute} AND minute >= coalesce(
        (SELECT max(minute) FROM lag_sample AS older
          WHERE older.series_id = value AND older.minute < ${fromMinute}), ${fromMinute})
      GROUP BY series_id, step ORDER BY series_id, step)`
  const steps = new Map<number, (number | null)[]>()
  for (const [number, step, lag] of lagRows.parse(JSON.parse(found?.rows ?? '[]'))) {
    const values = steps.get(number) ?? Array<number | null>(count).fill(null)
    steps.set(number, values)
    // Until the next row, which comes later.
    values.fill(lag, Math.max(0, step))
  }
  return steps
}

/** Steps of the range in which somebody looked at a cluster. */
export async function readLookedSteps(
  db: ServicesDb,
  clusterId: string,
  { fromMinute, toMinute, stepMinutes }: MinuteRange,
): Promise<ReadonlySet<number>> {
  const [found] = await db.$queryRaw<{ rows: string }[]>`
    SELECT json_group_array(step) AS rows FROM (
      SELECT DISTINCT CAST((minute - ${fromMinute}) / ${stepMinutes} AS INTEGER) AS step
      FROM lag_minute
      WHERE cluster_id = ${clusterId} AND minute >= ${fromMinute} AND minute < ${toMinute})`
  return new Set(stepRows.parse(JSON.parse(found?.rows ?? '[]')))
}

const number = z.number()
const text = z.string()
const lag = z.number().nullable()
const seriesRows = z.array(z.tuple([number, text, text, text, number, lag]))
const lagRows = z.array(z.tuple([number, number, lag]))
const stepRows = z.array(number)
