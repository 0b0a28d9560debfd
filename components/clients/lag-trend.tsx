'use client'

import { useState } from 'react'
import { formatPlural } from '../../lib/format/numbers.ts'
import { liveMinutesMax, timeRanges } from '../../lib/format/time-ranges.ts'
import { type ClusterAt, paths } from '../../lib/paths.ts'
import type { GroupLagSeries } from '../../lib/queries/group-lag.ts'
import { TimeSeries } from '../charts/time-series.tsx'
import { TimeRangeSelect, useWeekRange } from '../live/time-range-select.tsx'
import { useRepeated } from '../live/use-repeated.ts'
import { Card, CardHeader } from '../ui/card.tsx'
import { Segmented } from '../ui/segmented.tsx'

/** As often as it is measured. */
const everyMs = 15_000
const plotHeight = 168

const partitionColours = ['d2', 'd3', 'd4', 'd5', 'd6', 's2'] as const

/** How far a group was behind over time: as a whole, or in the partitions that are furthest behind. */
export function LagTrend({
  at,
  groupId,
  lastHour,
}: {
  readonly at: ClusterAt
  readonly groupId: string
  /** The same by the minute; null was not measured. */
  readonly lastHour: readonly (number | null)[]
}) {
  const range = useWeekRange(minutesMeasured(lastHour))
  const [by, setBy] = useState<'group' | 'partition'>('group')
  const { minutes } = range
  const url = paths.groupLag(at, { group: groupId, minutes })
  const trend = useRepeated<GroupLagSeries>(url, { everyMs, key: url })
  const isOne = (trend?.partitions.length ?? 0) <= 1
  return (
    <Card label="Lag over time">
      <CardHeader title="Lag over time">
        <span className="flex flex-wrap items-center gap-2">
          {isOne ? null : (
            <Segmented
              label="Lines"
              options={[
                { value: 'group', label: 'Group' },
                { value: 'partition', label: 'Partitions' },
              ]}
              value={by}
              onChange={setBy}
            />
          )}
          <TimeRangeSelect {...range} />
        </span>
      </CardHeader>
      <div className="flex flex-col gap-2 px-4 py-3">
        {trend === null ? (
          <div aria-busy="true" style={{ height: plotHeight + 62 }} />
        ) : (
          <Chart trend={trend} by={isOne ? 'group' : by} />
        )}
      </div>
    </Card>
  )
}

/** The shortest range that shows all that was measured in the last hour. */
function minutesMeasured(lastHour: readonly (number | null)[]): number {
  const first = lastHour.findIndex((value) => value !== null)
  const measured = first < 0 ? 0 : lastHour.length - first
  return timeRanges.find(({ minutes }) => minutes >= measured)?.minutes ?? liveMinutesMax
}

function Chart({
  trend,
  by,
}: {
  readonly trend: GroupLagSeries
  readonly by: 'group' | 'partition'
}) {
  const { fromMs, stepMs, total, partitions, leftOut, isLimited } = trend
  const hasTopics = new Set(partitions.map(({ topic }) => topic)).size > 1
  const isEmpty = total.every((value) => value === null)
  return (
    <>
      <TimeSeries
        key={by}
        title="Messages behind"
        unit="count"
        height={plotHeight}
        gapWord="not measured"
        {...{ fromMs, stepMs }}
        series={
          by === 'group'
            ? [{ name: 'Messages behind', colour: 'd1', values: total }]
            : partitions.map(({ topic, partition, points }, index) => ({
                name: hasTopics ? `${topic} ${partition}` : `Partition ${partition}`,
                colour: partitionColours[index % partitionColours.length] ?? 'd2',
                values: points,
              }))
        }
      />
      <p className="text-label text-ink-3">
        {isEmpty && isLimited
          ? 'There are more groups and partitions in this installation than lag is kept of.'
          : `Measured every 15 s, kept for 7 days.${
              by === 'partition' && leftOut > 0
                ? ` ${formatPlural(leftOut, 'partition')} that are less behind are not drawn.`
                : ''
            }`}
      </p>
    </>
  )
}
