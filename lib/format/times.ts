const dayMonthYear = new Intl.DateTimeFormat('en-GB', {
  day: 'numeric',
  month: 'short',
  year: 'numeric',
})

/** `18 Nov 2026`, in the reader's zone. */
export function formatDate(timestampMs: number): string {
  if (!isDate(timestampMs)) return String(timestampMs)
  return dayMonthYear.format(timestampMs)
}

/** `18 Nov 2026, 09:41:25.864`, 24-hour, in the reader's zone. */
export function formatDateTime(timestampMs: number): string {
  if (!isDate(timestampMs)) return String(timestampMs)
  return `${formatDate(timestampMs)}, ${formatClockTime(timestampMs)}`
}

/** `09:41:25.864`, in the reader's zone. */
export function formatClockTime(timestampMs: number): string {
  if (!isDate(timestampMs)) return String(timestampMs)
  const at = new Date(timestampMs)
  const seconds = [at.getHours(), at.getMinutes(), at.getSeconds()].map(twoDigits).join(':')
  return `${seconds}.${String(at.getMilliseconds()).padStart(3, '0')}`
}

const scales = [
  { unit: 'day', ms: 86_400_000 },
  { unit: 'hour', ms: 3_600_000 },
  { unit: 'minute', ms: 60_000 },
  { unit: 'second', ms: 1000 },
] as const

/** `3 hours ago`, `just now`. Pair it with the exact time in a `title`. */
export function formatAgo(timestampMs: number, nowMs: number): string {
  const elapsedMs = Math.max(0, nowMs - timestampMs)
  const scale = scales.find((candidate) => elapsedMs >= candidate.ms)
  if (scale === undefined || elapsedMs < 5000) return 'just now'
  const count = Math.floor(elapsedMs / scale.ms)
  return `${count} ${scale.unit}${count === 1 ? '' : 's'} ago`
}

/** How long something takes, in its two largest units: `29 s`, `3 min 20 s`, `2 h 5 min`, `4 d`. */
export function formatSpan(spanMs: number): string {
  const seconds = Math.floor(spanMs / 1000)
  const parts = [
    [Math.floor(seconds / 86_400), 'd'],
    [Math.floor(seconds / 3600) % 24, 'h'],
    [Math.floor(seconds / 60) % 60, 'min'],
    [seconds % 60, 's'],
  ] as const
  const first = parts.findIndex(([count]) => count > 0)
  if (first < 0) return '0 s'
  return parts
    .slice(first, first + 2)
    .filter(([count]) => count > 0)
    .map(([count, unit]) => `${count} ${unit}`)
    .join(' ')
}

/** A retention time in words: `86400000` → `1 day`, `604800000` → `1 week`, `-1` → `Infinite`. */
export function formatRetention(retentionMs: number): string {
  if (retentionMs < 0) return 'Infinite'
  const weekMs = 604_800_000
  const steps = [{ unit: 'week', ms: weekMs }, ...scales]
  const step = steps.find(({ ms }) => retentionMs >= ms && retentionMs % ms === 0)
  if (step === undefined) return `${retentionMs} ms`
  const count = retentionMs / step.ms
  return `${count} ${step.unit}${count === 1 ? '' : 's'}`
}

/** Producers may send any number as a timestamp; one that no calendar has is shown as it is. */
export function isDate(timestampMs: number): boolean {
  return !Number.isNaN(new Date(timestampMs).getTime())
}

function twoDigits(value: number): string {
  return String(value).padStart(2, '0')
}
