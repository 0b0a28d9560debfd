'use client'

import { useMemo } from 'react'
import type { ConnectorSeries } from '../../lib/queries/connector-metrics.ts'
import type { ConnectorPage } from '../../lib/queries/connector-page.ts'
import { TimeSeries } from '../charts/time-series.tsx'
import { TimeRangeSelect, useTimeRange } from '../live/time-range-select.tsx'
import { Card } from '../ui/card.tsx'
import { Note } from '../ui/note.tsx'
import { Segmented } from '../ui/segmented.tsx'
import { useAddressState } from '../ui/use-address-state.ts'

type Unit = 'messages' | 'bytes'

const units = [
  { value: 'messages', label: 'Messages/sec' },
  { value: 'bytes', label: 'Bytes/sec' },
] as const

/** How far back the chart looks, as the address says. */
export function useThroughputRange(series: ConnectorSeries | null) {
  const measured =
    series === null ? undefined : { stepMs: series.stepMs, storedBytes: series.bytesPerSecond }
  return useTimeRange(measured, 'week')
}

/** What the connector wrote over time, in messages or in bytes. */
export function Throughput({
  series,
  createdMs,
  events,
  range,
}: {
  /** Null where nothing is measured. */
  readonly series: ConnectorSeries | null
  readonly createdMs: number
  readonly events: ConnectorPage['events']
  readonly range: ReturnType<typeof useThroughputRange>
}) {
  const [unit, setUnit] = useAddressState(unitIn, hrefOf)
  const shown = useMemo(() => series && lastMinutes(series, range.minutes), [series, range.minutes])
  if (shown === null) {
    return (
      <Note>
        There are no measurements of this connector yet. The first comes within 10 seconds.
      </Note>
    )
  }
  const isBytes = unit === 'bytes'
  return (
    <Card label="Throughput" className="p-4">
      <TimeSeries
        title={isBytes ? 'Throughput (bytes/sec)' : 'Throughput (messages/sec)'}
        unit={isBytes ? 'bytesPerSecond' : 'recordsPerSecond'}
        fromMs={shown.fromMs}
        stepMs={shown.stepMs}
        gapWord={isOnlyBefore(createdMs, shown) ? 'not created yet' : 'not measured'}
        events={events}
        aside={
          <span className="flex flex-wrap items-center justify-end gap-2">
            <Segmented label="Throughput in" options={units} value={unit} onChange={setUnit} />
            <TimeRangeSelect {...range} />
          </span>
        }
        series={[
          {
            name: isBytes ? 'Bytes/sec' : 'Messages/sec',
            colour: 'd1',
            values: isBytes ? shown.bytesPerSecond : shown.recordsPerSecond,
          },
        ]}
      />
    </Card>
  )
}

/** Whether there are gaps only from before the connector was created. */
function isOnlyBefore(createdMs: number, { fromMs, stepMs, bytesPerSecond }: ConnectorSeries) {
  return bytesPerSecond.every((value, index) => {
    const endMs = fromMs + index * stepMs
    // The step in which it was created, and the next, have no whole sample of it yet.
    return value !== null || endMs < createdMs + 2 * stepMs
  })
}

function lastMinutes(series: ConnectorSeries, minutes: number): ConnectorSeries {
  const count = Math.round((minutes * 60_000) / series.stepMs)
  const cut = Math.max(0, series.bytesPerSecond.length - count)
  return {
    fromMs: series.fromMs + cut * series.stepMs,
    stepMs: series.stepMs,
    bytesPerSecond: series.bytesPerSecond.slice(cut),
    recordsPerSecond: series.recordsPerSecond.slice(cut),
  }
}

function unitIn(query: Pick<URLSearchParams, 'get'>): Unit {
  return query.get('unit') === 'bytes' ? 'bytes' : 'messages'
}

function hrefOf(unit: Unit): string {
  const url = new URL(location.href)
  if (unit === 'bytes') url.searchParams.set('unit', unit)
  else url.searchParams.delete('unit')
  return url.href
}
