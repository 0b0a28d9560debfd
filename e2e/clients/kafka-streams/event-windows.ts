/**
 * What Kafka Streams' windows come to, worked out from the times of one key's records in the order in
 * which they arrive. Times are seconds. A record that is too late for a window is not counted in it.
 */

interface WindowRules {
  readonly sizeSeconds: number
  readonly advanceSeconds: number
  readonly graceSeconds: number
}

/** By `start-end`. */
type Counts = ReadonlyMap<string, number>

/** Tumbling windows, and hopping ones where they advance by less than their size. */
export function timeWindows(times: readonly number[], rules: WindowRules): Counts {
  const { sizeSeconds, advanceSeconds, graceSeconds } = rules
  const counts = new Map<string, number>()
  let latest = Number.NEGATIVE_INFINITY
  for (const time of times) {
    latest = Math.max(latest, time)
    const newest = Math.floor(time / advanceSeconds) * advanceSeconds
    for (let start = newest; start > time - sizeSeconds; start -= advanceSeconds) {
      const end = start + sizeSeconds
      if (end <= latest - graceSeconds) continue
      const window = `${start}-${end}`
      counts.set(window, (counts.get(window) ?? 0) + 1)
    }
  }
  return counts
}

/** Those among time windows that can change no more: what `suppress` lets through. */
export function closedWindows(times: readonly number[], rules: WindowRules): Counts {
  const latest = Math.max(...times)
  const isClosed = ([window]: readonly [string, number]) =>
    Number(window.split('-')[1]) + rules.graceSeconds <= latest
  return new Map([...timeWindows(times, rules)].filter(isClosed))
}

/** Sessions, which grow and merge as long as no two records in them are farther apart than the gap. */
export function sessionWindows(
  times: readonly number[],
  { gapSeconds, graceSeconds }: { readonly gapSeconds: number; readonly graceSeconds: number },
): Counts {
  let sessions: { readonly start: number; readonly end: number; readonly count: number }[] = []
  let latest = Number.NEGATIVE_INFINITY
  for (const time of times) {
    latest = Math.max(latest, time)
    const isNear = ({ start, end }: { readonly start: number; readonly end: number }) =>
      start <= time + gapSeconds && end >= time - gapSeconds
    const merged = [...sessions.filter(isNear), { start: time, end: time, count: 1 }].reduce(
      (one, other) => ({
        start: Math.min(one.start, other.start),
        end: Math.max(one.end, other.end),
        count: one.count + other.count,
      }),
    )
    if (merged.end < latest - graceSeconds - gapSeconds) continue
    sessions = [...sessions.filter((session) => !isNear(session)), merged]
  }
  return new Map(sessions.map(({ start, end, count }) => [`${start}-${end}`, count]))
}
