import { type ChartUnit, formatChartValue } from './chart-unit.ts'
import type { SeriesColour } from './series.ts'
import { Sparkline } from './sparkline.tsx'

/** `1.28 KB/s`; zero is quieter, and what was not measured is a dash. */
export function MeasuredFigure({
  value,
  unit,
}: {
  readonly value: number | null | undefined
  readonly unit: ChartUnit
}) {
  if (value === null || value === undefined) return <span className="text-ink-3">–</span>
  return (
    <span className={value === 0 ? 'text-ink-3' : 'font-[580]'}>
      {formatChartValue(value, unit)}
    </span>
  )
}

/** A rate in a table, its course at its left where there is room; all lines stand in one column. */
export function RateFigure({
  value,
  course,
  colour,
}: {
  /** Bytes per second. */
  readonly value: number | null | undefined
  /** Oldest first; undefined where it is not known. */
  readonly course: readonly (number | null)[] | undefined
  readonly colour: SeriesColour
}) {
  return (
    <span className="inline-flex items-center justify-end gap-2 align-middle whitespace-nowrap">
      {course === undefined ? null : (
        <span className="hidden lg:inline-flex">
          <Sparkline values={course} colour={colour} />
        </span>
      )}
      {/* As wide as any rate. */}
      <span className="min-w-[76px]">
        <MeasuredFigure value={value} unit="bytesPerSecond" />
      </span>
    </span>
  )
}
