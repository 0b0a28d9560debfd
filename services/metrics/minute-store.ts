// Minutes in services.db. One transaction a minute writes what changed and deletes a little of what
// is too old; reading a series is one range of one tree.

import type { ServicesDb } from '../database.ts'
import type { CollectedMinute, MinuteRow } from './minute-collector.ts'
import type { LedgerMinute } from './minute-ledger.ts'
import type { Series } from './series-registry.ts'

/** Rows deleted in one transaction: some 30 ms of work at most. */
const deletedMax = 20_000
/** Of which a statement of its own takes as long as so many. */
const statementRows = 20
/** Every series is looked through for old rows once in so many minutes. */
const sweepMinutes = 60

export interface WriteMinute {
  readonly collected: CollectedMinute
  /** Everything that is known, of which some is not stored yet. */
  readonly series: readonly Series[]
  /** Series whose rows are to go, as they are found time for. */
  readonly dropped: readonly number[]
  /** Rows before this minute go, but for the newest of them in each series: its gauges still hold. */
  readonly horizon: number
}

export interface MinuteStore {
  write(minute: WriteMinute): Promise<void>
}

type Transaction = Pick<ServicesDb, '$executeRaw' | '$queryRaw'>

/** A machine that is busy elsewhere may take its time: nobody waits for the minute that is stored. */
const patience = { maxWait: 20_000, timeout: 20_000 }

/** `gone`: series of which rows may be left from before. */
export function createMinuteStore(db: ServicesDb, gone: readonly number[]): MinuteStore {
  let toMark: number[] = []
  const toDelete = [...gone]
  let sweptAt = 0

  async function sweep(tx: Transaction, { series, horizon }: WriteMinute, room: number) {
    const numbers = series.filter(({ isStored }) => isStored).map(({ number }) => number)
    let left = room
    for (let n = Math.ceil(numbers.length / sweepMinutes); n > 0 && left > 0; n--) {
      sweptAt = sweptAt + 1 < numbers.length ? sweptAt + 1 : 0
      const number = numbers[sweptAt]
      if (number !== undefined) left -= await deleteOlder(tx, number, horizon)
    }
  }

  /** Returns how many more rows may be deleted. */
  async function deleteGone(tx: Transaction): Promise<number> {
    let left = deletedMax
    while (left > 0 && toDelete[0] !== undefined) {
      const rows = await tx.$executeRaw`DELETE FROM metric_sample WHERE series_id = ${toDelete[0]}`
      left -= rows + statementRows
      await tx.$executeRaw`DELETE FROM metric_series WHERE id = ${toDelete[0]}`
      toDelete.shift()
    }
    return left
  }

  return {
    async write(minute) {
      const { collected, series, dropped } = minute
      const added = series.filter(({ isStored }) => !isStored)
      toMark = [...toMark, ...dropped]
      // Nothing in memory says that it is stored before it is.
      const before = [...toDelete]
      try {
        await db.$transaction(async (tx) => {
          for (const part of partsOf(toMark)) await markGone(tx, part)
          for (const part of partsOf(added)) await insertSeries(tx, part)
          for (const part of partsOf(collected.rows)) await insertRows(tx, collected.minute, part)
          await addToMinute(tx, collected)
          await sweep(tx, minute, await deleteGone(tx))
          await tx.$executeRaw`DELETE FROM metric_minute WHERE minute < ${minute.horizon}`
        }, patience)
      } catch (error) {
        toDelete.splice(0, toDelete.length, ...before)
        throw error
      }
      toDelete.push(...toMark)
      toMark = []
      for (const one of added) one.isStored = true
      for (const { series: one, gauges } of collected.rows) one.storedGauges = gauges
    },
  }
}

function deleteOlder(tx: Transaction, number: number, horizon: number): Promise<number> {
  return tx.$executeRaw`
    DELETE FROM metric_sample WHERE series_id = ${number} AND minute <
      (SELECT max(minute) FROM metric_sample WHERE series_id = ${number} AND minute < ${horizon})`
}

/** Their keys are free at once: a cluster that is created again may have the same id. */
function markGone(tx: Transaction, numbers: readonly number[]): Promise<number> {
  return tx.$executeRaw`
    UPDATE metric_series SET kind = 'gone', resource_id = CAST(id AS TEXT)
    WHERE id IN (SELECT value FROM json_each(${JSON.stringify(numbers)}))`
}

// Many rows go in as one argument: SQLite reads JSON faster than Prisma binds values. Not all of them:
// Prisma's debugging keeps its last hundred queries with their arguments alive.

const rowsMax = 500

function partsOf<Row>(rows: readonly Row[]): readonly (readonly Row[])[] {
  const count = Math.ceil(rows.length / rowsMax)
  return Array.from({ length: count }, (_, n) => rows.slice(n * rowsMax, (n + 1) * rowsMax))
}

function insertSeries(tx: Transaction, series: readonly Series[]): Promise<number> {
  const rows = series.map((one) => [
    ...[one.number, one.clusterId, one.kind, one.resourceId, one.name, one.firstMs],
  ])
  return tx.$executeRaw`
    INSERT INTO metric_series (id, cluster_id, kind, resource_id, name, first_ms)
    SELECT value ->> 0, value ->> 1, value ->> 2, value ->> 3, value ->> 4, value ->> 5
    FROM json_each(${JSON.stringify(rows)}) WHERE true ON CONFLICT DO NOTHING`
}

/** A minute that a restart fell into is written in two parts. */
function insertRows(tx: Transaction, minute: number, rows: readonly MinuteRow[]): Promise<number> {
  const values = rows.map(({ series, change, gauges }) => [
    ...[series.number, change.receivedBytes, change.sentBytes],
    ...[change.receivedRecords, change.sentRecords],
    ...[gauges.retainedBytes, gauges.connections, gauges.partitions],
  ])
  return tx.$executeRaw`
    INSERT INTO metric_sample (series_id, minute, received_bytes, sent_bytes, received_records,
      sent_records, retained_bytes, connections, partitions)
    SELECT value ->> 0, ${minute}, value ->> 1, value ->> 2, value ->> 3, value ->> 4, value ->> 5,
      value ->> 6, value ->> 7
    FROM json_each(${JSON.stringify(values)}) WHERE true
    ON CONFLICT (series_id, minute) DO UPDATE SET
      received_bytes = received_bytes + excluded.received_bytes,
      sent_bytes = sent_bytes + excluded.sent_bytes,
      received_records = received_records + excluded.received_records,
      sent_records = sent_records + excluded.sent_records,
      retained_bytes = excluded.retained_bytes,
      connections = excluded.connections,
      partitions = excluded.partitions`
}

function addToMinute(tx: Transaction, collected: CollectedMinute): Promise<number> {
  const { minute, steps, measuredMs, samples } = ledgerMinuteOf(collected)
  return tx.$executeRaw`
    INSERT INTO metric_minute (minute, steps, measured_ms, samples)
    VALUES (${minute}, ${steps}, ${measuredMs}, ${samples})
    ON CONFLICT (minute) DO UPDATE SET steps = steps | excluded.steps,
      measured_ms = measured_ms + excluded.measured_ms, samples = samples + excluded.samples`
}

export function ledgerMinuteOf(collected: CollectedMinute): LedgerMinute {
  const { minute, steps, measuredMs, rows } = collected
  return { minute, steps, measuredMs, samples: rows.length }
}
