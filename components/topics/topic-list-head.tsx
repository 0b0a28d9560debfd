import { Swatch } from '../charts/swatch.tsx'
import { SortHeadCell } from '../ui/sort-head-cell.tsx'
import { HeadCell, TableHead } from '../ui/table.tsx'
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
      <SortHeadCell {...head('name')} className="w-2/5 lg:w-[32%]">
        Topic name
      </SortHeadCell>
      <SortHeadCell {...head('partitions')}>Partitions</SortHeadCell>
      <SortHeadCell {...head('production')} isNumber>
        <span className="inline-flex items-center gap-1.5">
          <Swatch colour="d1" />
          Production
        </span>
      </SortHeadCell>
      <SortHeadCell {...head('consumption')} isNumber>
        <span className="inline-flex items-center gap-1.5">
          <Swatch colour="d2" />
          Consumption
        </span>
      </SortHeadCell>
      <SortHeadCell {...head('retained')} isNumber>
        Retained bytes
      </SortHeadCell>
      <HeadCell>
        <span className="sr-only">Actions</span>
      </HeadCell>
    </TableHead>
  )
}
