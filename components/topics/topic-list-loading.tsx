'use client'

import { SkeletonRows } from '../ui/skeleton.tsx'
import { Table } from '../ui/table.tsx'
import { TopicListHead } from './topic-list-head.tsx'

/** The list of topics before it is there. */
export function TopicListLoading() {
  return (
    <>
      <div className="h-8" />
      <Table label="Topics">
        <TopicListHead order={{ column: 'name', direction: 'ascending' }} onSort={() => {}} />
        <tbody>
          <SkeletonRows widths={[180, 40, 160, 160, 60, 20, 0]} />
        </tbody>
      </Table>
    </>
  )
}
