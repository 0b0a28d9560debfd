import type { ChartUnit } from './chart-unit.ts'

/**
 * Where the grid lines of a chart lie: on round values in the unit that they are written in, and on
 * round times of the reader's clock.
 */
const lineCountMax = 5

/** Values from 0 to at least `maximum`, four or five, evenly apart. */
export function valueTicks(maximum: number, unit: ChartUnit): readonly number[] {
  const isInBytes = unit === 'bytes' || unit === 'bytesPerSecond'
  const isWhole = unit !== 'recordsPerSecond'
  const top = maximum > 0 ? maximum : isInBytes ? 100 : 1
  const step = roundStep(top / (lineCountMax - 1), isInBytes ? byteScale(top) : 1, isWhole)
  const count = Math.max(1, Math.ceil(top / step - 1e-9))
  return Array.from({ length: count + 1 }, (_, index) => index * step)
}

/** The smallest step that is round in units of `scale` and no smaller than `atLeast`. */
function roundStep(atLeast: number, scale: number, isWhole: boolean): number {
  const inUnit = atLeast / scale
  const power = 10 ** Math.floor(Math.log10(inUnit))
  const step = [1, 2, 2.5, 5, 10].find((factor) => factor * power >= inUnit - 1e-9) ?? 10
  const rounded = step * power * scale
  return isWhole ? Math.max(1, Math.ceil(rounded)) : rounded
}

/** One byte, kilobyte, megabyte …: the unit that a figure of this size is written in. */
function byteScale(bytes: number): number {
  let scale = 1
  while (bytes / scale >= 1024) scale *= 1024
  return scale
}

const secondMs = 1000
const minuteMs = 60 * secondMs
const hourMs = 60 * minuteMs
const timeStepsMs = [
  ...[5, 10, 15, 30].map((count) => count * secondMs),
  ...[1, 2, 5, 10, 15, 30].map((count) => count * minuteMs),
  ...[1, 2, 3, 6, 12, 24, 48, 168].map((count) => count * hourMs),
]

/** Round times from `fromMs` to `toMs`, at most `countMax`. `offsetMs` is the zone's distance to UTC. */
export function timeTicks(
  { fromMs, toMs }: { readonly fromMs: number; readonly toMs: number },
  countMax: number,
  offsetMs: number,
): readonly number[] {
  const stepMs =
    timeStepsMs.find((candidate) => (toMs - fromMs) / candidate <= countMax) ?? 720 * hourMs
  const first = Math.ceil((fromMs + offsetMs) / stepMs) * stepMs - offsetMs
  const ticks: number[] = []
  for (let atMs = first; atMs <= toMs; atMs += stepMs) ticks.push(atMs)
  return ticks
}

/** `09:41`, with seconds where ticks are closer than a minute, as a day where they are days apart. */
export function formatTick(atMs: number, stepMs: number): string {
  const at = new Date(atMs)
  if (stepMs >= 24 * hourMs) return dayAndMonth.format(at)
  const parts = [at.getHours(), at.getMinutes(), ...(stepMs < minuteMs ? [at.getSeconds()] : [])]
  return parts.map((part) => String(part).padStart(2, '0')).join(':')
}

const dayAndMonth = new Intl.DateTimeFormat('en-GB', { day: 'numeric', month: 'short' })
