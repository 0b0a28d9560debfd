import type { Change, Gauges } from './frames.ts'

/** What a series did in one step, and where its gauges stood at the end. */
export interface Point {
  readonly change: Omit<Change, 'retainedDeltaBytes'>
  /** How much of the step was measured; null where no rate can be told. */
  readonly measuredMs: number | null
  readonly gauges: Gauges
}

/** Points at equal distances, oldest first; `fromMs` is the end of the first step. Null is a gap. */
export interface PointSeries {
  readonly fromMs: number
  readonly stepMs: number
  readonly points: readonly (Point | null)[]
}

/** With two decimals, which is more than anybody can see. */
export function perSecond(amount: number, measuredMs: number): number {
  return Math.round((amount / measuredMs) * 1e5) / 100
}

/** What a counter grew by per second. */
export function rateOf(point: Point | null, counter: keyof Point['change']): number | null {
  if (point === null || point.measuredMs === null) return null
  return perSecond(point.change[counter], point.measuredMs)
}
