'use client'

import { formatPlural } from '../../lib/format/numbers.ts'
import { formatSpan } from '../../lib/format/times.ts'
import type { MetricView } from '../../lib/queries/metrics-explorer.ts'
import { formatChartValue } from '../charts/chart-unit.ts'
import type { SeriesColour } from '../charts/series.ts'
import { TimeSeries } from '../charts/time-series.tsx'
import { type Explored, kindWords } from './explored.ts'

/** Categories take these in turn; what flows in and out keeps the two that always mean it. */
const colours: readonly SeriesColour[] = ['d3', 'd4', 'd5', 'd2', 'd1', 'd6']

const plotHeight = 280

/** The lines of a metric, as a chart or as a table. */
export function MetricChart({
  explored: { metric, by },
  view,
}: {
  readonly explored: Explored
  readonly view: MetricView | null
}) {
  if (view === null) {
    return <div aria-busy="true" style={{ height: plotHeight + 62 }} />
  }
  const { one, many } = kindWords[by]
  if (view.series.length === 0) {
    return (
      <div className="flex flex-col gap-1 py-6">
        <h3 className="text-section">Nothing was measured of any {one}</h3>
        <p className="text-ink-2">
          There was no {one} in this cluster during the last 7 days. As soon as there is one, its
          line begins here.
        </p>
      </div>
    )
  }
  return (
    <div className="flex flex-col gap-3">
      <p className="flex flex-wrap items-baseline gap-x-3 text-label text-ink-2">
        <code className="text-ink">{metric.name}</code>
        <span>
          {unitWords[metric.unit]}, {formatSpan(view.stepMs)} steps
        </span>
        {by !== 'cluster' && view.total > view.series.length ? (
          <span>
            {view.series.length} of {formatPlural(view.total, one, many)}
          </span>
        ) : null}
      </p>
      <TimeSeries
        key={`${metric.name} ${by}`}
        title={metric.label}
        unit={metric.unit}
        fromMs={view.fromMs}
        stepMs={view.stepMs}
        height={plotHeight}
        aside={<Total metric={metric} view={view} />}
        series={namesApart(view).map(({ name, points }, index) => ({
          name,
          colour: colours[index % colours.length] ?? 'd3',
          values: points,
        }))}
      />
    </div>
  )
}

const unitWords = {
  bytesPerSecond: 'bytes per second',
  recordsPerSecond: 'records per second',
  bytes: 'bytes',
  count: 'at the end of each step',
} as const

/** What all lines together come to over the range. */
function Total({
  metric,
  view,
}: {
  readonly metric: Explored['metric']
  readonly view: MetricView
}) {
  if (metric.unit !== 'bytesPerSecond' && metric.unit !== 'recordsPerSecond') return null
  const perSecond = view.series.flatMap(({ points }) => points.map((point) => point ?? 0))
  const amount = (perSecond.reduce((sum, rate) => sum + rate, 0) * view.stepMs) / 1000
  const isBytes = metric.unit === 'bytesPerSecond'
  return (
    <span>
      {formatChartValue(Math.round(amount), isBytes ? 'bytes' : 'count')}
      {isBytes ? '' : ' records'} in range
    </span>
  )
}

/** Two connectors may have had one name: lines and rows are told apart by it. */
function namesApart({ series }: MetricView): MetricView['series'] {
  return series.map((one, index) => {
    const name = one.name === '' ? 'No client ID' : one.name
    const isTaken = series.slice(0, index).some((other) => other.name === one.name)
    return { ...one, name: isTaken ? `${name} (${one.resource})` : name }
  })
}
