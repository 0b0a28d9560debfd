'use client'

import { ChartLine, Table2 } from 'lucide-react'
import dynamic from 'next/dynamic'
import { type ReactNode, useState } from 'react'
import { IconButton } from '../ui/button.tsx'
import { type ChartUnit, splitChartValue } from './chart-unit.ts'
import type { ChartEvent } from './plot-marks.tsx'
import { type Measured, newestOf } from './series.ts'
import { SeriesTable, SummaryTable } from './series-table.tsx'
import { Swatch } from './swatch.tsx'

/** recharts is large, and what it draws depends on the reader's zone: it comes when it is needed. */
const Plot = dynamic(() => import('./plot.tsx').then(({ Plot }) => Plot), { ssr: false })

export interface TimeSeriesProps extends Measured {
  /** Confluent's label, e.g. `Production (bytes/sec)`. */
  readonly title: string
  readonly unit: ChartUnit
  /** Facts at the right of the title, e.g. the peak. */
  readonly aside?: ReactNode
  /** What the hatched bands say, where it is known why nothing was measured. */
  readonly gapWord?: string
  readonly events?: readonly ChartEvent[]
  /** Height of the plot in pixels. */
  readonly height?: number
  /** Charts of the same id share the cursor. */
  readonly syncId?: string
}

/** Measured values over time: the newest as a figure, all of them as a chart or as a table. */
export function TimeSeries({
  title,
  unit,
  aside,
  gapWord = 'no data',
  events = [],
  height = 258,
  syncId,
  ...measured
}: TimeSeriesProps) {
  const [isTable, setTable] = useState(false)
  const only = measured.series.length === 1 ? measured.series[0] : undefined
  const shared = { ...measured, label: title, unit, height, gapWord }
  return (
    <figure aria-label={title} className="flex flex-col gap-2.5">
      <figcaption className="flex items-start justify-between gap-4">
        <div className="min-w-0">
          <div className="flex items-center gap-2 text-label font-[540]">
            {only === undefined ? null : <Swatch colour={only.colour} />}
            {title}
          </div>
          {only === undefined ? null : <Headline value={newestOf(only.values)} unit={unit} />}
        </div>
        <div className="flex items-center gap-2 text-label text-ink-2">
          {aside}
          <IconButton
            label={isTable ? 'Show as chart' : 'Show as table'}
            onClick={() => setTable(!isTable)}
          >
            {isTable ? <ChartLine /> : <Table2 />}
          </IconButton>
        </div>
      </figcaption>
      <div style={{ height }}>
        {isTable ? (
          <SeriesTable {...shared} />
        ) : (
          <Plot {...shared} events={events} syncId={syncId} />
        )}
      </div>
      {only === undefined ? <SummaryTable {...shared} /> : null}
    </figure>
  )
}

function Headline({ value, unit }: { readonly value: number | null; readonly unit: ChartUnit }) {
  if (value === null) return <div className="text-headline text-ink-3">–</div>
  const parts = splitChartValue(value, unit)
  return (
    <div className="text-headline font-[540] tracking-[-0.02em]">
      {parts.figure}{' '}
      <span className="text-body font-[450] tracking-normal text-ink-2">{parts.unit}</span>
    </div>
  )
}
