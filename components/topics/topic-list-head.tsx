import { Swatch } from '../charts/swatch.tsx'
import { SortHeadCell } from '../ui/sort-head-cell.tsx'
import { TableHead } from '../ui/table.tsx'
import type { TopicColumn, TopicOrder } from './topic-rows.ts'

/** The columns of the list of topics. */
export function TopicListHead({
  order,
  onSort,
}: {
  readonly order: TopicOrder
  readonly onSort: (column: TopicColumn) => void
}) {
  const head = (column: TopicColumn) => ({
    direction: order.column === column ? order.direction : null,
    onSort: () => onSort(column),
  })
  return (
    <TableHead>
      <SortHeadCell {...head('name')}>Topic name</SortHeadCell>
      <SortHeadCell {...head('partitions')} className="w-28">
        Partitions
      </SortHeadCell>
      <SortHeadCell {...head('production')} isNumber className="w-32 lg:w-56">
        <span className="inline-flex items-center gap-1.5">
          <Swatch colour="d1" />
          Production
        </span>
      </SortHeadCell>
      <SortHeadCell {...head('consumption')} isNumber className="w-32">
        <span className="inline-flex items-center gap-1.5">
          <Swatch colour="d2" />
          Consumption
        </span>
      </SortHeadCell>
      <SortHeadCell {...head('retained')} isNumber className="w-32">
        Retained bytes
      </SortHeadCell>
    </TableHead>
  )
}
