import Link from 'next/link'
import { memo } from 'react'
import { type ClusterAt, paths } from '../../lib/paths.ts'
import { type ChartUnit, formatChartValue } from '../charts/chart-unit.ts'
import { Sparkline } from '../charts/sparkline.tsx'
import type { TopicFigures } from '../live/live-figures.ts'
import { Cell, Row } from '../ui/table.tsx'
import { PartitionBars } from './partition-bars.tsx'
import { TopicRowMenu } from './topic-row-menu.tsx'
import type { TopicRow } from './topic-rows.ts'

/** Every row is as high as this, which `Row` gives it. */
export const topicRowPx = 40

/** What is drawn for a topic that nothing was written to for five minutes. */
const stillLine = [0, 0]

/** One topic with its figures. Only what changed is drawn again. */
export const TopicListRow = memo(function TopicListRow({
  at,
  row,
  now,
  index,
  hasSparkline,
}: {
  readonly at: ClusterAt
  readonly row: TopicRow
  /** Absent until it has been sampled. */
  readonly now: TopicFigures | undefined
  /** Its place in the whole table; the head is 1. */
  readonly index: number
  readonly hasSparkline: boolean
}) {
  return (
    <Row index={index}>
      <Cell className="max-w-0 min-w-44">
        <Link
          href={paths.topicMessages({ ...at, topic: row.name })}
          prefetch={false}
          title={row.name}
          className="block truncate rounded-sm font-[580] group-hover:text-river hover:underline"
        >
          {row.name}
        </Link>
      </Cell>
      <Cell>
        <PartitionBars count={row.partitionCount} isStill={isStill(now)} />
      </Cell>
      <Cell className="text-right whitespace-nowrap">
        <span className="inline-flex items-center justify-end gap-5 align-middle">
          {hasSparkline && now !== undefined ? (
            <span className="hidden lg:inline-flex">
              <Sparkline values={now.sparkline ?? stillLine} colour="d1" />
            </span>
          ) : null}
          {/* As wide as any rate, so that the lines stand below one another. */}
          <span className="min-w-[76px]">
            <Figure value={now?.rates?.productionBytesPerSecond} unit="bytesPerSecond" />
          </span>
        </span>
      </Cell>
      <Cell className="text-right whitespace-nowrap">
        <Figure value={now?.rates?.consumptionBytesPerSecond} unit="bytesPerSecond" />
      </Cell>
      <Cell className="text-right whitespace-nowrap">
        <Figure value={now?.storedBytes} unit="bytes" />
      </Cell>
      <Cell className="w-8 text-right">
        <TopicRowMenu at={{ ...at, topic: row.name }} />
      </Cell>
    </Row>
  )
})

/** Whether nothing flows in or out, as far as was measured. */
function isStill(now: TopicFigures | undefined): boolean {
  const rates = now?.rates
  return !rates || rates.productionBytesPerSecond + rates.consumptionBytesPerSecond === 0
}

/** A measured number; quiet where nothing moves, a dash where nothing was measured. */
export function Figure({
  value,
  unit,
}: {
  readonly value: number | null | undefined
  readonly unit: ChartUnit
}) {
  if (value === null || value === undefined) return <span className="text-ink-3">–</span>
  const text = formatChartValue(value, unit)
  return <span className={value === 0 ? 'text-ink-3' : 'font-[540]'}>{text}</span>
}
