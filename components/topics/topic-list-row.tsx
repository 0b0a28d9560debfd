import Link from 'next/link'
import { memo } from 'react'
import { formatCount } from '../../lib/format/numbers.ts'
import { type ClusterAt, paths } from '../../lib/paths.ts'
import { MeasuredFigure, RateFigure } from '../charts/measured-figure.tsx'
import type { TopicFigures } from '../live/live-figures.ts'
import { Cell, Row } from '../ui/table.tsx'
import { PartitionBars } from './partition-bars.tsx'
import { TopicRowMenu } from './topic-row-menu.tsx'
import type { TopicRow } from './topic-rows.ts'
import type { Courses } from './use-courses-in-sight.ts'

/** Every row is as high as this, which `Row` gives it. */
export const topicRowPx = 40

/** One topic with its figures. Only what changed is drawn again. */
export const TopicListRow = memo(function TopicListRow({
  at,
  row,
  now,
  courses,
  index,
}: {
  readonly at: ClusterAt
  readonly row: TopicRow
  /** Absent until it has been sampled. */
  readonly now: TopicFigures | undefined
  /** Undefined until they are known. */
  readonly courses: Courses | undefined
  /** Its place in the whole table; the head is 1. */
  readonly index: number
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
      <Cell className="text-right">
        <RateFigure
          value={now?.rates?.productionBytesPerSecond}
          course={courses?.production}
          colour="d1"
        />
      </Cell>
      <Cell className="text-right">
        <RateFigure
          value={now?.rates?.consumptionBytesPerSecond}
          course={courses?.consumption}
          colour="d2"
        />
      </Cell>
      <Cell className="text-right whitespace-nowrap">
        <MeasuredFigure value={now?.storedBytes} unit="bytes" />
      </Cell>
      <Cell className="text-right max-lg:hidden">
        <span className={now?.consumers === undefined ? 'text-ink-3' : 'font-[580]'}>
          {now === undefined ? '–' : formatCount(now.consumers ?? 0)}
        </span>
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
