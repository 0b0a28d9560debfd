// What is known at start from the run before: the series, the minutes that were looked at, and the
// last hour, whose minutes are spread over their steps so that charts of it need no second source.

import type { ServicesDb } from '../database.ts'
import {
  type Change,
  type ClusterFrame,
  createFrames,
  type Frames,
  type Gauges,
  noChange,
  noGauges,
  packChanges,
  slotsPerMinute,
  stepMs,
} from './frames.ts'
import { createMinuteLedger, type LedgerMinute, type MinuteLedger } from './minute-ledger.ts'
import { readLedger, readMinutesSince, readSeries, readSteps } from './minute-reads.ts'
import { createSeriesRegistry, type Series, type SeriesRegistry } from './series-registry.ts'

export interface History {
  readonly registry: SeriesRegistry
  readonly ledger: MinuteLedger
  readonly frames: Frames
  /** Numbers of series of which rows may be left. */
  readonly gone: readonly number[]
}

/** Rows that are read to show the last hour: half a second at most. Where there are more, it is shorter. */
const seededRowsMax = 100_000

export async function readHistory(db: ServicesDb, nowMs: number): Promise<History> {
  const { series, gone } = await readSeries(db)
  const ledger = createMinuteLedger(await readLedger(db))
  const firstFreeNumber = Math.max(0, ...gone) + 1
  const registry = createSeriesRegistry(series, firstFreeNumber)
  return { registry, ledger, frames: await seedFrames(db, { series, ledger, nowMs }), gone }
}

interface Seed {
  readonly series: readonly Series[]
  readonly ledger: MinuteLedger
  readonly nowMs: number
}

async function seedFrames(db: ServicesDb, { series, ledger, nowMs }: Seed): Promise<Frames> {
  const frames = createFrames()
  const nowMinute = Math.floor(nowMs / 60_000)
  const minutes = recentMinutes(ledger, nowMinute)
  const [oldest] = minutes
  if (oldest === undefined) return frames
  const fromMinute = oldest.minute
  const changed = series.filter(({ lastMinute }) => lastMinute >= fromMinute)
  const byNumber = new Map(changed.map((one) => [one.number, one]))
  const rows = await readMinutesSince(db, [...byNumber.keys()], fromMinute)
  const clusters = series.filter(({ kind }) => kind === 'cluster')
  const gauges = new Map<string, Gauges>()
  for (const { number, clusterId } of clusters) {
    gauges.set(clusterId, await gaugesBefore(db, number, fromMinute))
  }
  const retained = createRetained()
  for (const known of minutes) {
    const contents = new Map<string, MinuteContents>()
    for (const { clusterId, firstMs } of clusters) {
      if (firstMs < (known.minute + 1) * 60_000)
        contents.set(clusterId, { changes: [], total: noChange })
    }
    for (const row of rows.get(known.minute) ?? []) {
      const one = byNumber.get(row.number)
      const content = one && contents.get(one.clusterId)
      if (one === undefined || content === undefined) continue
      const retainedDeltaBytes = retained.move(row.number, row.gauges.retainedBytes)
      const change = { ...shareOf(row.change, crowding(known, one.firstMs)), retainedDeltaBytes }
      if (one.kind === 'cluster') {
        gauges.set(one.clusterId, row.gauges)
        content.total = change
      } else content.changes.push([row.number, change])
    }
    addSteps(frames, { known, newestSlot: Math.floor(nowMs / stepMs) }, contents, gauges)
  }
  return frames
}

interface MinuteContents {
  readonly changes: [number, Change][]
  total: Change
}

/** The minutes of the last hour, oldest first, as many as may be read. */
function recentMinutes(ledger: MinuteLedger, nowMinute: number): readonly LedgerMinute[] {
  const minutes: LedgerMinute[] = []
  let rows = 0
  for (let minute = nowMinute; minute > nowMinute - 61; minute--) {
    const known = ledger.at(minute)
    rows += known?.samples ?? 0
    if (rows > seededRowsMax) break
    if (known !== undefined) minutes.unshift(known)
  }
  return minutes
}

async function gaugesBefore(db: ServicesDb, number: number, minute: number): Promise<Gauges> {
  const range = { fromMinute: minute, toMinute: minute, stepMinutes: 1 }
  const [newest] = await readSteps(db, number, range)
  return newest?.gauges ?? noGauges
}

/** What is retained by each series, from row to row; of the first there is nothing to compare. */
function createRetained() {
  const known = new Map<number, number>()
  return {
    move(number: number, retainedBytes: number): number {
      const before = known.get(number) ?? retainedBytes
      known.set(number, retainedBytes)
      return retainedBytes - before
    },
  }
}

/** A frame for each step of the minute that was measured. */
function addSteps(
  frames: Frames,
  { known: { minute, steps, measuredMs }, newestSlot }: { known: LedgerMinute; newestSlot: number },
  contents: ReadonlyMap<string, MinuteContents>,
  gauges: ReadonlyMap<string, Gauges>,
): void {
  const share = measuredMs === 0 ? 0 : stepMs / measuredMs
  const firstOfMinute = minute * slotsPerMinute + 1
  const slots = Array.from({ length: slotsPerMinute }, (_, step) => firstOfMinute + step).filter(
    (slot) => slot <= newestSlot && (steps & (1 << (slot - firstOfMinute))) !== 0,
  )
  if (slots.length === 0) {
    // Somebody looked once: that tells what is retained, and no rate.
    const slot = Math.min(firstOfMinute + slotsPerMinute - 1, newestSlot)
    const clusters = clustersOf(contents, gauges, (change) => change)
    frames.add({ slot, intervalMs: null, clusters })
    return
  }
  // What is retained at the end of the minute is shown from its first step on.
  const first = clustersOf(contents, gauges, (change) => ({
    ...shareOf(change, share),
    retainedDeltaBytes: change.retainedDeltaBytes,
  }))
  const others = clustersOf(contents, gauges, (change) => ({
    ...shareOf(change, share),
    retainedDeltaBytes: 0,
  }))
  for (const [index, slot] of slots.entries()) {
    frames.add({ slot, intervalMs: stepMs, clusters: index === 0 ? first : others })
  }
}

function clustersOf(
  contents: ReadonlyMap<string, MinuteContents>,
  gauges: ReadonlyMap<string, Gauges>,
  share: (change: Change) => Change,
): ReadonlyMap<string, ClusterFrame> {
  return new Map(
    [...contents].map(([id, { changes, total }]) => [
      id,
      {
        changes: packChanges(changes.map(([number, change]) => [number, share(change)])),
        total: share(total),
        gauges: gauges.get(id) ?? noGauges,
      },
    ]),
  )
}

/** How much more each step has of a series that began in the midst of the minute. */
function crowding({ minute, steps }: LedgerMinute, firstMs: number): number {
  const ends = Array.from({ length: slotsPerMinute }, (_, step) => step)
    .filter((step) => (steps & (1 << step)) !== 0)
    .map((step) => (minute * slotsPerMinute + step + 1) * stepMs)
  return ends.length / Math.max(1, ends.filter((endMs) => endMs >= firstMs).length)
}

function shareOf(change: Omit<Change, 'retainedDeltaBytes'>, share: number) {
  return {
    receivedBytes: change.receivedBytes * share,
    sentBytes: change.sentBytes * share,
    receivedRecords: change.receivedRecords * share,
    sentRecords: change.sentRecords * share,
  }
}
