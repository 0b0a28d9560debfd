// Minutes of consumer lag in services.db: a row where a lag is another one than before, and one for
// each cluster that was looked at. One transaction a minute writes, and deletes a little of what is old.

import { z } from 'zod'
import { lagRules } from '../../../broker/rules/consumer-lag.ts'
import { metricMinutesMax } from '../../../broker/rules/metrics.ts'
import type { ServicesDb } from '../../database.ts'
import type { LagSeries } from './lag-history.ts'

export interface LagMinute {
  readonly minute: number
  readonly clusters: readonly {
    readonly clusterId: string
    /** Those of which something is to be stored. */
    readonly rows: readonly { readonly series: LagSeries; readonly lag: number | null }[]
  }[]
}

export interface LagStore {
  write(minute: LagMinute): Promise<void>
  /** Their rows go with the next minutes. */
  forget(clusterId: string): void
}

type Transaction = Pick<ServicesDb, '$executeRaw' | '$queryRaw'>

/** A machine that is busy elsewhere may take its time: nobody waits for the minute that is stored. */
const patience = { maxWait: 20_000, timeout: 20_000 }
/** Series that are looked through for old rows each minute: all of a full house within the hour. */
const sweptEach = Math.ceil(lagRules.seriesMax / 60)
/** Rows go in as JSON: Prisma's debugging keeps its last hundred queries with their arguments alive. */
const rowsAtOnce = 500

const idList = z.array(z.number())

export function createLagStore(db: ServicesDb, rowsMax: number = lagRules.rowsMax): LagStore {
  let gone: string[] = []
  let sweptTo = 0

  async function sweep(tx: Transaction, horizon: number): Promise<void> {
    const [row] = await tx.$queryRaw<{ ids: string }[]>`
      SELECT json_group_array(id) AS ids FROM
        (SELECT id FROM lag_series WHERE id > ${sweptTo} ORDER BY id LIMIT ${sweptEach})`
    const ids = idList.parse(JSON.parse(row?.ids ?? '[]'))
    sweptTo = ids.length < sweptEach ? 0 : (ids.at(-1) ?? 0)
    for (const id of ids) await deleteOlder(tx, id, horizon)
  }

  return {
    forget(clusterId) {
      gone.push(clusterId)
    },
    async write({ minute, clusters }) {
      const going = gone
      await db.$transaction(async (tx) => {
        for (const clusterId of going) await deleteCluster(tx, clusterId)
        for (const { clusterId, rows } of clusters) {
          for (let at = 0; at < rows.length; at += rowsAtOnce) {
            await insert(tx, minute, rows.slice(at, at + rowsAtOnce))
          }
          await tx.$executeRaw`
            INSERT INTO lag_minute (cluster_id, minute, samples)
            VALUES (${clusterId}, ${minute}, ${rows.length})
            ON CONFLICT (cluster_id, minute) DO UPDATE SET samples = samples + excluded.samples`
        }
        const horizon = await horizonOf(tx, minute, rowsMax)
        await sweep(tx, horizon)
        await tx.$executeRaw`DELETE FROM lag_minute WHERE minute < ${horizon}`
      }, patience)
      // Nothing in memory says that it is stored before it is.
      gone = gone.filter((clusterId) => !going.includes(clusterId))
      for (const { series, lag } of clusters.flatMap(({ rows }) => rows)) {
        series.isStored = true
        series.stored = lag
      }
    },
  }
}

async function insert(
  tx: Transaction,
  minute: number,
  rows: readonly { readonly series: LagSeries; readonly lag: number | null }[],
): Promise<void> {
  const added = rows
    .filter(({ series }) => !series.isStored)
    .map(({ series: one }) => [one.number, one.clusterId, one.groupId, one.topic, one.partition])
  await tx.$executeRaw`
    INSERT INTO lag_series (id, cluster_id, group_id, topic, partition)
    SELECT value ->> 0, value ->> 1, value ->> 2, value ->> 3, value ->> 4
    FROM json_each(${JSON.stringify(added)}) WHERE true ON CONFLICT DO NOTHING`
  const values = rows.map(({ series, lag }) => [series.number, lag])
  await tx.$executeRaw`
    INSERT INTO lag_sample (series_id, minute, lag)
    SELECT value ->> 0, ${minute}, value ->> 1
    FROM json_each(${JSON.stringify(values)}) WHERE true
    ON CONFLICT (series_id, minute) DO UPDATE SET lag = excluded.lag`
}

/** The oldest minute that is kept: a week, or less where there are too many rows. */
async function horizonOf(tx: Transaction, minute: number, rowsMax: number): Promise<number> {
  const week = minute - metricMinutesMax
  const [row] = await tx.$queryRaw<{ total: bigint | number | null }[]>`
    SELECT sum(samples) AS total FROM lag_minute`
  if (Number(row?.total ?? 0) <= rowsMax) return week
  const [first] = await tx.$queryRaw<{ minute: bigint | number }[]>`
    SELECT minute FROM
      (SELECT minute, sum(samples) OVER (ORDER BY minute DESC) AS total FROM lag_minute)
    WHERE total > ${rowsMax} ORDER BY minute DESC LIMIT 1`
  // The newest minute stays, however many rows it has.
  return Math.min(minute, Math.max(week, Number(first?.minute ?? week) + 1))
}

/** The newest row before the horizon still holds, unless it says that there was nothing. */
async function deleteOlder(tx: Transaction, id: number, horizon: number): Promise<void> {
  await tx.$executeRaw`
    DELETE FROM lag_sample WHERE series_id = ${id} AND minute <
      (SELECT max(minute) FROM lag_sample WHERE series_id = ${id} AND minute < ${horizon})`
  await tx.$executeRaw`
    DELETE FROM lag_sample WHERE series_id = ${id} AND minute < ${horizon} AND lag IS NULL`
  // What is in memory has a row: it is forgotten there an hour after its lag.
  await tx.$executeRaw`
    DELETE FROM lag_series WHERE id = ${id}
      AND NOT EXISTS (SELECT 1 FROM lag_sample WHERE series_id = ${id})`
}

async function deleteCluster(tx: Transaction, clusterId: string): Promise<void> {
  await tx.$executeRaw`
    DELETE FROM lag_sample WHERE series_id IN
      (SELECT id FROM lag_series WHERE cluster_id = ${clusterId})`
  await tx.$executeRaw`DELETE FROM lag_series WHERE cluster_id = ${clusterId}`
  await tx.$executeRaw`DELETE FROM lag_minute WHERE cluster_id = ${clusterId}`
}
