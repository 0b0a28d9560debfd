'use client'

// The one file, with its marks, that loads recharts; `time-series.tsx` loads it when a chart is shown.

import { Area, ComposedChart, Line, Tooltip, XAxis, YAxis } from 'recharts'
import { formatDateTime } from '../../lib/format/times.ts'
import { formatTick, timeTicks, valueTicks } from './axis-ticks.ts'
import { type ChartUnit, formatChartValue } from './chart-unit.ts'
import { type ChartEvent, EventLines, GapBands, NewestTags, ValueGrid } from './plot-marks.tsx'
import { gapsIn, isNumber, lengthOf, type Measured, newestOf } from './series.ts'
import { Swatch } from './swatch.tsx'

export interface PlotProps extends Measured {
  readonly label: string
  readonly unit: ChartUnit
  readonly height: number
  readonly gapWord: string
  readonly events: readonly ChartEvent[]
  readonly syncId: string | undefined
}

export function Plot(props: PlotProps) {
  const { label, unit, height, series, gapWord, events, syncId } = props
  const rows = rowsOf(props)
  const range = { fromMs: props.fromMs, toMs: rows.at(-1)?.atMs ?? props.fromMs }
  const maximum = Math.max(0, ...series.flatMap(({ values }) => values.filter(isNumber)))
  const ticks = valueTicks(maximum, unit)
  const top = ticks.at(-1) ?? 1
  const times = timeTicks(range, 6, -new Date(range.toMs).getTimezoneOffset() * 60_000)
  const tickStepMs = (times[1] ?? range.toMs) - (times[0] ?? range.fromMs)
  return (
    <ComposedChart
      responsive
      data={rows}
      {...(syncId === undefined ? {} : { syncId, syncMethod: 'value' as const })}
      margin={{ top: 6, right: axisWidth(ticks, props), bottom: 0, left: 2 }}
      style={{ width: '100%', height }}
      role="application"
      title={`${label}. Left and right arrow keys read the values.`}
    >
      <GapBands gaps={gapsIn(props)} word={gapWord} />
      <ValueGrid ticks={ticks} series={series} unit={unit} />
      <XAxis
        dataKey="atMs"
        type="number"
        domain={[range.fromMs, Math.max(range.toMs, range.fromMs + 1)]}
        ticks={[...times]}
        tickFormatter={(atMs: number) => formatTick(atMs, tickStepMs)}
        tick={{ fontSize: 11, fill: 'var(--ink-3)' }}
        tickSize={4}
        tickMargin={6}
        tickLine={{ stroke: 'var(--base)' }}
        axisLine={false}
        height={26}
        interval="preserveStart"
        minTickGap={16}
      />
      <YAxis hide domain={[0, top]} ticks={[...ticks]} />
      <EventLines events={events} />
      {series.map((one, index) => {
        const shared = {
          dataKey: (row: PlotRow) => row.values[index] ?? null,
          name: one.name,
          type: 'linear' as const,
          stroke: `var(--${one.colour})`,
          strokeWidth: 1.6,
          connectNulls: false,
          isAnimationActive: false,
          dot: (dot: DotProps) => <LonePoint key={dot.index} {...dot} values={one.values} />,
          activeDot: { r: 3.5, fill: 'var(--sheet)', stroke: `var(--${one.colour})` },
        }
        return series.length === 1 ? (
          <Area key={one.name} {...shared} fill={`var(--${one.colour})`} fillOpacity={0.08} />
        ) : (
          <Line key={one.name} {...shared} />
        )
      })}
      <NewestTags series={series} unit={unit} />
      <Tooltip
        filterNull={false}
        isAnimationActive={false}
        cursor={{ stroke: 'var(--ink)', strokeWidth: 1 }}
        position={{ y: emptiestHeight(props, top, height) }}
        content={({ active, label: atMs }) =>
          active ? <Reading {...props} index={indexAt(props, Number(atMs))} /> : null
        }
      />
    </ComposedChart>
  )
}

interface PlotRow {
  readonly atMs: number
  readonly values: readonly (number | null)[]
}

function rowsOf({ fromMs, stepMs, series }: Measured): PlotRow[] {
  return Array.from({ length: lengthOf(series) }, (_, index) => ({
    atMs: fromMs + index * stepMs,
    values: series.map(({ values }) => values[index] ?? null),
  }))
}

/** As wide as almost every value, so that charts above and beside each other share their times. */
const axisWidthPx = 84

/** Room right of the plot for the values of the axis and for the tags of the newest ones. */
function axisWidth(ticks: readonly number[], { series, unit }: PlotProps): number {
  const newest = series.map(({ values }) => newestOf(values)).filter(isNumber)
  const longest = Math.max(
    ...[...ticks, ...newest].map((value) => formatChartValue(value, unit).length),
  )
  return Math.max(longest * 6.4 + 22, axisWidthPx)
}

/** The tooltip lies at the foot of the plot while most lines run in its upper half. */
function emptiestHeight({ series }: Measured, top: number, height: number): number {
  const measured = series.flatMap(({ values }) => values.filter(isNumber))
  const above = measured.filter((value) => value > top / 2).length
  const tall = 40 + series.length * 20
  return above * 2 > measured.length ? Math.max(8, height - 34 - tall) : 8
}

function indexAt({ fromMs, stepMs }: Measured, atMs: number): number {
  return Math.round((atMs - fromMs) / stepMs)
}

interface DotProps {
  readonly cx?: number
  readonly cy?: number
  readonly index?: number
  readonly stroke?: string
}

/** A value between two gaps belongs to no line, and is drawn as a point. */
function LonePoint({
  cx,
  cy,
  index = 0,
  stroke,
  values,
}: DotProps & { readonly values: readonly (number | null)[] }) {
  const isLone =
    isNumber(values[index]) && !isNumber(values[index - 1]) && !isNumber(values[index + 1])
  return isLone ? <circle cx={cx} cy={cy} r={2} fill={stroke} /> : <g />
}

/** Time first, then swatch, name and value of each series; announced while the cursor is moved. */
function Reading({
  fromMs,
  stepMs,
  series,
  unit,
  gapWord,
  index,
}: PlotProps & { readonly index: number }) {
  return (
    <div
      role="status"
      className="flex min-w-40 flex-col gap-1 rounded-md bg-sheet px-2.5 py-2 text-label shadow-pop"
    >
      <div className="font-[580]">
        {formatDateTime(fromMs + index * stepMs).replace(/\.\d+$/, '')}
      </div>
      {series.map((one) => {
        const value = one.values[index]
        return (
          <div key={one.name} className="flex items-center gap-2">
            <Swatch colour={one.colour} />
            <span className="text-ink-2">{one.name}</span>
            <span className="ml-auto pl-4 font-[580]">
              {isNumber(value) ? formatChartValue(value, unit) : gapWord}
            </span>
          </div>
        )
      })}
    </div>
  )
}
