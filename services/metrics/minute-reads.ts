// Reads minutes back from services.db. Rows come as one JSON text each query, which Prisma passes on
// whole: a week of a series is 10,000 rows.

import { z } from 'zod'
import { resourceKinds } from '../../broker/rules/metrics.ts'
import type { ServicesDb } from '../database.ts'
import type { Change, Gauges } from './frames.ts'
import type { LedgerMinute } from './minute-ledger.ts'
import type { Series } from './series-registry.ts'

/** What a series did in a step of several minutes; steps in which nothing changed are absent. */
export interface StoredStep {
  /** From the beginning of the range; −1 is the newest row before it, of which only the gauges count. */
  readonly step: number
  readonly change: Omit<Change, 'retainedDeltaBytes'>
  /** At its end. */
  readonly gauges: Gauges
}

export interface MinuteRange {
  readonly fromMinute: number
  /** Exclusive. */
  readonly toMinute: number
  readonly stepMinutes: number
}

/** The steps of one series, oldest first. */
export async function readSteps(
  db: ServicesDb,
  number: number,
  { fromMinute, toMinute, stepMinutes }: MinuteRange,
): Promise<readonly StoredStep[]> {
  // Of a group's bare columns SQLite takes the row that has the maximum (its documentation, "Bare
  // columns in an aggregate query"): the gauges at the end of the step. Numbers are bound as reals,
  // whose division has a fraction.
  const [row] = await db.$queryRaw<{ rows: string }[]>`
    SELECT json_group_array(json_array(step, received_bytes, sent_bytes, received_records,
      sent_records, retained_bytes, connections, partitions)) AS rows
    FROM (
      SELECT CASE WHEN minute < ${fromMinute} THEN -1
          ELSE CAST((minute - ${fromMinute}) / ${stepMinutes} AS INTEGER) END AS step,
        max(minute), sum(received_bytes) AS received_bytes, sum(sent_bytes) AS sent_bytes,
        sum(received_records) AS received_records, sum(sent_records) AS sent_records,
        retained_bytes, connections, partitions
      FROM metric_sample
      WHERE series_id = ${number} AND minute < ${toMinute} AND minute >= coalesce(
        (SELECT max(minute) FROM metric_sample WHERE series_id = ${number} AND minute < ${fromMinute}),
        ${fromMinute})
      GROUP BY step ORDER BY step)`
  return numberRows(row?.rows).map((values) => {
    const [step = 0, ...rest] = values
    return { step, ...stepOf(rest) }
  })
}

/** Rows of many series since a minute, by minute. */
export async function readMinutesSince(
  db: ServicesDb,
  numbers: readonly number[],
  minute: number,
): Promise<ReadonlyMap<number, readonly (StoredStep & { readonly number: number })[]>> {
  const [row] = await db.$queryRaw<{ rows: string }[]>`
    SELECT json_group_array(json_array(minute, series_id, received_bytes, sent_bytes,
      received_records, sent_records, retained_bytes, connections, partitions)) AS rows
    FROM metric_sample
    WHERE series_id IN (SELECT value FROM json_each(${JSON.stringify(numbers)}))
      AND minute >= ${minute}`
  const byMinute = new Map<number, (StoredStep & { readonly number: number })[]>()
  for (const [at = 0, number = 0, ...rest] of numberRows(row?.rows)) {
    const rows = byMinute.get(at) ?? []
    byMinute.set(at, rows)
    rows.push({ step: at - minute, number, ...stepOf(rest) })
  }
  return byMinute
}

function stepOf(values: readonly number[]): Pick<StoredStep, 'change' | 'gauges'> {
  const [receivedBytes = 0, sentBytes = 0, receivedRecords = 0, sentRecords = 0] = values
  const [retainedBytes = 0, connections = 0, partitions = 0] = values.slice(4)
  return {
    change: { receivedBytes, sentBytes, receivedRecords, sentRecords },
    gauges: { retainedBytes, connections, partitions },
  }
}

const numbers = z.array(z.array(z.number()))

function numberRows(json: string | undefined): number[][] {
  return json === undefined ? [] : numbers.parse(JSON.parse(json))
}

/** All series, as their newest rows left them; and the numbers of those that are to be deleted. */
export async function readSeries(
  db: ServicesDb,
): Promise<{ readonly series: readonly Series[]; readonly gone: readonly number[] }> {
  const [row] = await db.$queryRaw<{ rows: string }[]>`
    SELECT json_group_array(json_array(id, cluster_id, kind, resource_id, name, first_ms,
      coalesce(minute, first_ms / 60000), coalesce(retained_bytes, 0), coalesce(connections, 0),
      coalesce(partitions, 0))) AS rows
    FROM metric_series LEFT JOIN metric_sample ON series_id = id AND minute =
      (SELECT max(newer.minute) FROM metric_sample AS newer WHERE newer.series_id = id)`
  const rows = seriesRows.parse(JSON.parse(row?.rows ?? '[]'))
  const series: Series[] = []
  const gone: number[] = []
  for (const [
    number,
    clusterId,
    kindName,
    resourceId,
    name,
    firstMs,
    lastMinute,
    ...last
  ] of rows) {
    const kind = resourceKinds.find((known) => known === kindName)
    if (kind === undefined) {
      gone.push(number)
      continue
    }
    const gauges = { retainedBytes: last[0], connections: last[1], partitions: last[2] }
    series.push({
      ...{ number, clusterId, kind, resourceId, name, firstMs, lastMinute },
      gauges,
      storedGauges: gauges,
      isStored: true,
    })
  }
  return { series, gone }
}

const number = z.number()
const text = z.string()
const seriesRows = z.array(
  z.tuple([number, text, text, text, text, number, number, number, number, number]),
)

export async function readLedger(db: ServicesDb): Promise<readonly LedgerMinute[]> {
  return db.metricMinute.findMany({ orderBy: { minute: 'asc' } })
}
