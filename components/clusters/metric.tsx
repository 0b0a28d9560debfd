import type { ChartUnit } from '../charts/chart-unit.ts'
import { MeasuredFigure } from '../charts/measured-figure.tsx'
import type { SeriesColour } from '../charts/series.ts'
import { Sparkline } from '../charts/sparkline.tsx'
import { Swatch } from '../charts/swatch.tsx'

/** A measured figure with its course over the last minutes. `now` is null where nothing is measured. */
export function Metric({
  what,
  colour,
  unit,
  values,
  now,
}: {
  readonly what: string
  readonly colour: SeriesColour
  readonly unit: ChartUnit
  readonly values: readonly (number | null)[] | undefined
  readonly now: number | null | undefined
}) {
  return (
    <div className="grid grid-cols-[minmax(0,1fr)_auto_76px] items-center gap-3 py-[1px]">
      <dt className="flex items-center gap-2 text-ink-2">
        <Swatch colour={colour} />
        {what}
      </dt>
      <dd aria-hidden="true">
        <Sparkline values={values ?? []} colour={colour} width={104} height={24} />
      </dd>
      <dd className="text-right whitespace-nowrap">
        <MeasuredFigure unit={unit} value={now} />
      </dd>
    </div>
  )
}
