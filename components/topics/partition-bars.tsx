import { formatCount } from '../../lib/format/numbers.ts'
import { classNames } from '../ui/class-names.ts'

/** From this many partitions on, bars say less than the number. */
const barsMax = 8

/** One short bar per partition, then their number. */
export function PartitionBars({
  count,
  isStill = false,
}: {
  readonly count: number
  /** Nothing flows just now: the bars are pale. */
  readonly isStill?: boolean
}) {
  return (
    <span className="inline-flex items-center gap-2 align-middle">
      <Bars count={count} isStill={isStill} />
      {formatCount(count)}
    </span>
  )
}

/** One short bar per partition with the record's own filled, then its number. */
export function PartitionOf({
  partition,
  count,
}: {
  readonly partition: number
  readonly count: number
}) {
  return (
    <span className="inline-flex items-center gap-2 align-middle">
      <Bars count={count} filled={partition} />
      {partition}
    </span>
  )
}

function Bars({
  count,
  filled,
  isStill = false,
}: {
  readonly count: number
  readonly filled?: number
  readonly isStill?: boolean
}) {
  if (count > barsMax) return null
  const full = isStill ? 'bg-river-line' : 'bg-river'
  return (
    <span aria-hidden="true" className="inline-flex w-3 flex-col gap-[2px]">
      {Array.from({ length: count }, (_, partition) => (
        <span
          key={partition}
          className={classNames(
            'rounded-[1px]',
            count > 4 ? 'h-px' : 'h-[3px]',
            filled === undefined || filled === partition ? full : 'bg-line-2',
          )}
        />
      ))}
    </span>
  )
}
