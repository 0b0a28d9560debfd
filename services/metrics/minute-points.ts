// Up to a week, at a minute or more, from the database.

import type { ServicesDb } from '../database.ts'
import { noChange, noGauges } from './frames.ts'
import type { MinuteLedger } from './minute-ledger.ts'
import { type MinuteRange, readSteps } from './minute-reads.ts'
import type { Point, PointSeries } from './points.ts'
import type { Series } from './series-registry.ts'

/** More would be finer than a chart is wide. */
const pointsMax = 500
const stepsMinutes = [1, 2, 5, 10, 15, 20, 30, 60] as const

/** The last minutes before one (exclusive), in whole steps, of which the last ends there. */
export function minuteRange(toMinute: number, minutes: number): MinuteRange {
  const stepMinutes = stepsMinutes.find((step) => minutes / step <= pointsMax) ?? 60
  const fromMinute = toMinute - Math.max(1, Math.ceil(minutes / stepMinutes)) * stepMinutes
  return { fromMinute, toMinute, stepMinutes }
}

/** Where ranges that end now end: behind the newest minute that is stored, or else behind the last. */
export function endMinute(ledger: MinuteLedger, nowMs: number): number {
  const nowMinute = Math.floor(nowMs / 60_000)
  const { newest } = ledger
  // For a moment after a minute is over it is not stored yet.
  return newest === nowMinute - 2 ? nowMinute - 1 : nowMinute
}

/** The points of a series. One that is not there has gaps only, as has all that nobody looked at. */
export async function minutePoints(
  { db, ledger }: { readonly db: ServicesDb; readonly ledger: MinuteLedger },
  series: Series | undefined,
  range: MinuteRange,
): Promise<PointSeries> {
  const { fromMinute, toMinute, stepMinutes } = range
  const count = (toMinute - fromMinute) / stepMinutes
  const stepMs = stepMinutes * 60_000
  const fromMs = (fromMinute + stepMinutes) * 60_000
  if (series === undefined) return { fromMs, stepMs, points: Array(count).fill(null) }
  const stored = await readSteps(db, series.number, range)
  const byStep = new Map(stored.map((step) => [step.step, step]))
  let gauges = byStep.get(-1)?.gauges ?? noGauges
  const points: (Point | null)[] = []
  for (let step = 0; step < count; step++) {
    const found = byStep.get(step)
    gauges = found?.gauges ?? gauges
    const measuredMs = measuredIn(ledger, fromMinute + step * stepMinutes, stepMinutes)
    const isThere = fromMs + step * stepMs > series.firstMs
    points.push(
      measuredMs === null || !isThere
        ? null
        : { change: found?.change ?? noChange, measuredMs: measuredMs || null, gauges },
    )
  }
  return { fromMs, stepMs, points }
}

/** How long was measured in these minutes; null where nobody looked even once. */
function measuredIn(ledger: MinuteLedger, fromMinute: number, minutes: number): number | null {
  let measuredMs: number | null = null
  for (let minute = fromMinute; minute < fromMinute + minutes; minute++) {
    const known = ledger.at(minute)
    if (known !== undefined) measuredMs = (measuredMs ?? 0) + known.measuredMs
  }
  return measuredMs
}
