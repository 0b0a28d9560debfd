// Which minutes of the last week were looked at, and how long in each. This is how a gap is told
// from a time in which nothing happened: a minute that is not here is a gap.

import { metricMinutesMax } from '../../broker/rules/metrics.ts'

export interface LedgerMinute {
  readonly minute: number
  readonly steps: number
  readonly measuredMs: number
  /** Rows that are stored of it. */
  readonly samples: number
}

/**
 * Rows that are kept altogether, of 30 to 40 bytes each: 200 MB. A hundred busy series make a
 * million in a week. Where thousands are busy all the time, the oldest minutes go before a week is
 * over.
 */
const samplesMax = 5_000_000

export interface MinuteLedger {
  /** Adds to what is known of a minute: one that a restart fell into has two parts. */
  add(part: LedgerMinute): void
  at(minute: number): LedgerMinute | undefined
  readonly newest: number | null
  readonly oldest: number | null
  /** The oldest minute whose rows are kept. Forgets what lies before it. */
  horizon(nowMinute: number): number
}

export function createMinuteLedger(
  stored: readonly LedgerMinute[] = [],
  rowsMax = samplesMax,
): MinuteLedger {
  const minutes = new Map<number, LedgerMinute>()
  let newest: number | null = null
  let samples = 0

  function add(part: LedgerMinute): void {
    const before = minutes.get(part.minute)
    minutes.set(part.minute, {
      minute: part.minute,
      steps: (before?.steps ?? 0) | part.steps,
      measuredMs: (before?.measuredMs ?? 0) + part.measuredMs,
      samples: (before?.samples ?? 0) + part.samples,
    })
    samples += part.samples
    newest = Math.max(newest ?? part.minute, part.minute)
  }
  for (const part of [...stored].sort((a, b) => a.minute - b.minute)) add(part)

  const oldest = () => minutes.keys().next().value ?? null
  return {
    add,
    at: (minute) => minutes.get(minute),
    get newest() {
      return newest
    },
    get oldest() {
      return oldest()
    },
    horizon(nowMinute) {
      // Insertion order is that of time, but where the clock was set back; then a later pass finds it.
      for (const [minute, known] of minutes) {
        if (minute > nowMinute - metricMinutesMax && (samples <= rowsMax || minute === newest))
          break
        minutes.delete(minute)
        samples -= known.samples
      }
      return oldest() ?? nowMinute
    },
  }
}
