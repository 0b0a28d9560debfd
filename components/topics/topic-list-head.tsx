import { Swatched } from '../charts/swatch.tsx'
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
        <Swatched colour="d1">Production</Swatched>
      </SortHeadCell>
      <SortHeadCell {...head('consumption')} isNumber>
        <Swatched colour="d2">Consumption</Swatched>
      </SortHeadCell>
      <SortHeadCell {...head('retained')} isNumber>
        Retained bytes
      </SortHeadCell>
      <SortHeadCell {...head('consumers')} isNumber className="max-lg:hidden">
        Consumers
      </SortHeadCell>
      <HeadCell>
        <span className="sr-only">Actions</span>
      </HeadCell>
    </TableHead>
  )
}
