// Adds up the steps of 5 s to minutes: what is stored, and what `/metrics` tells.

import { addChanges, type Change, type Gauges, noChange, slotsPerMinute } from './frames.ts'
import type { SeriesChange } from './known-clusters.ts'
import type { Series, SeriesRegistry } from './series-registry.ts'

/** A minute that is over, or what there is of it when the program stops. */
export interface CollectedMinute {
  /** Since the epoch. */
  readonly minute: number
  /** Which of its steps were measured, as bits, and how long they were together. */
  readonly steps: number
  readonly measuredMs: number
  /** What changed in it; of the other series nothing did. */
  readonly rows: readonly MinuteRow[]
}

export interface MinuteRow {
  readonly series: Series
  readonly change: Change
  /** At its end. */
  readonly gauges: Gauges
}

export interface MinuteCollector {
  /** The minute that is being collected; null before the first step of one. */
  readonly minute: number | null
  add(step: CollectedStep): void
  /** What was collected of this minute, which is then begun anew; null where nobody looked. */
  take(): CollectedMinute | null
}

export interface CollectedStep {
  readonly slot: number
  readonly intervalMs: number | null
  readonly changes: readonly SeriesChange[]
}

/** The minute that a step belongs to: slot 12 ends the last step of minute 0. */
export function minuteOfSlot(slot: number): number {
  return Math.floor((slot - 1) / slotsPerMinute)
}

export function endsMinute(slot: number): boolean {
  return slot % slotsPerMinute === 0
}

export function createMinuteCollector(registry: SeriesRegistry): MinuteCollector {
  let sums = new Map<Series, Change>()
  let minute: number | null = null
  let steps = 0
  let measuredMs = 0
  return {
    get minute() {
      return minute
    },
    add({ slot, intervalMs, changes }) {
      minute = minuteOfSlot(slot)
      if (intervalMs === null) return
      steps |= 1 << ((slot - 1) % slotsPerMinute)
      measuredMs += intervalMs
      for (const [series, change] of changes) {
        sums.set(series, addChanges(sums.get(series) ?? noChange, change))
      }
    },
    take() {
      if (minute === null) return null
      const rows: MinuteRow[] = []
      for (const series of registry.all()) {
        const change = sums.get(series)
        if (change === undefined && isSame(series.gauges, series.storedGauges)) continue
        series.lastMinute = minute
        rows.push({ series, change: change ?? noChange, gauges: series.gauges })
      }
      const collected = { minute, steps, measuredMs, rows }
      sums = new Map()
      minute = null
      steps = 0
      measuredMs = 0
      return collected
    },
  }
}

function isSame(a: Gauges, b: Gauges): boolean {
  return (
    a.retainedBytes === b.retainedBytes &&
    a.connections === b.connections &&
    a.partitions === b.partitions
  )
}
