/** Measured values as charts take them, and what can be said about them without drawing. */

export type SeriesColour = 'd1' | 'd2' | 'd3' | 'd4' | 'd5' | 'd6' | 's2'

export interface ChartSeries {
  readonly name: string
  /** `d1` production, `d2` consumption; categories take `d3` to `d6` first. */
  readonly colour: SeriesColour
  /** Oldest first. Null was not measured, which is not zero. */
  readonly values: readonly (number | null)[]
}

/** Value number i was measured at `fromMs + i * stepMs`. */
export interface Measured {
  readonly fromMs: number
  readonly stepMs: number
  readonly series: readonly ChartSeries[]
}

export interface Gap {
  readonly fromMs: number
  readonly toMs: number
}

/** When nothing was measured in any series; from the last value before to the first one after. */
export function gapsIn({ fromMs, stepMs, series }: Measured): readonly Gap[] {
  const count = lengthOf(series)
  const gaps: Gap[] = []
  let start: number | null = null
  for (let index = 0; index <= count; index++) {
    const isMeasured = index === count || series.some(({ values }) => isNumber(values[index]))
    if (!isMeasured) {
      start ??= index
    } else if (start !== null) {
      gaps.push({
        fromMs: fromMs + Math.max(0, start - 1) * stepMs,
        toMs: fromMs + Math.min(count - 1, index) * stepMs,
      })
      start = null
    }
  }
  return gaps
}

export function lengthOf(series: readonly ChartSeries[]): number {
  return Math.max(0, ...series.map(({ values }) => values.length))
}

/** The newest point, where it was measured; what was last known before a gap is not the present. */
export function newestOf(values: readonly (number | null)[]): number | null {
  return values.at(-1) ?? null
}

export interface SeriesSummary {
  readonly last: number | null
  readonly minimum: number
  readonly maximum: number
  readonly median: number
}

/** Null where nothing was measured at all. */
export function summaryOf(values: readonly (number | null)[]): SeriesSummary | null {
  const sorted = values.filter(isNumber).sort((a, b) => a - b)
  const minimum = sorted[0]
  const maximum = sorted.at(-1)
  if (minimum === undefined || maximum === undefined) return null
  const upper = sorted[Math.floor(sorted.length / 2)] ?? minimum
  const lower = sorted[Math.floor((sorted.length - 1) / 2)] ?? minimum
  return { last: newestOf(values), minimum, maximum, median: (upper + lower) / 2 }
}

export function isNumber(value: number | null | undefined): value is number {
  return typeof value === 'number'
}
