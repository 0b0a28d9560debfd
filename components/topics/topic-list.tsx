'use client'

import { Search } from 'lucide-react'
import Link from 'next/link'
import { useState } from 'react'
import { formatCount, formatPlural } from '../../lib/format/numbers.ts'
import { type ClusterAt, paths } from '../../lib/paths.ts'
import { Button } from '../ui/button.tsx'
import { SkeletonRows } from '../ui/skeleton.tsx'
import { Cell, HeadCell, Row, Table, TableHead } from '../ui/table.tsx'
import { PartitionBars } from './partition-bars.tsx'

interface Topic {
  readonly name: string
  readonly partitionCount: number
}

/** Topics by name; the search stands in the address, so that a link finds the same. */
export function TopicList({
  at,
  topics,
  query,
}: {
  readonly at: ClusterAt
  readonly topics: readonly Topic[]
  readonly query: string
}) {
  const [search, setSearch] = useState(query)
  const found = topics.filter(({ name }) => name.toLowerCase().includes(search.toLowerCase()))

  function change(text: string) {
    setSearch(text)
    history.replaceState(null, '', paths.topics(at, { q: text }))
  }

  return (
    <>
      <div className="flex flex-wrap items-center justify-between gap-3">
        <label className="relative w-[300px] max-w-full">
          <span className="sr-only">Search topics</span>
          <Search aria-hidden="true" className="absolute top-2 left-2.5 size-4 text-ink-3" />
          <input
            type="search"
            placeholder="Search topics"
            value={search}
            onChange={(event) => change(event.target.value)}
            className="field h-8 w-full border-line-2 pr-2.5 pl-8"
          />
        </label>
        <p role="status" className="text-label text-ink-2">
          {search === ''
            ? formatPlural(topics.length, 'topic')
            : `${formatCount(found.length)} of ${formatPlural(topics.length, 'topic')}`}
        </p>
      </div>
      <Table label="Topics">
        <TopicListHead />
        <tbody>
          {found.map((topic) => (
            <Row key={topic.name}>
              <Cell>
                <Link
                  href={paths.topicMessages({ ...at, topic: topic.name })}
                  className="rounded-sm font-[580] break-all group-hover:text-river hover:underline"
                >
                  {topic.name}
                </Link>
              </Cell>
              <Cell className="w-40">
                <PartitionBars count={topic.partitionCount} />
              </Cell>
            </Row>
          ))}
        </tbody>
      </Table>
      {found.length > 0 ? null : (
        <div className="flex flex-col items-start gap-3 py-2">
          <h2 className="text-section">No topic matches “{search}”</h2>
          <p className="text-ink-2">
            Searched the names of {formatPlural(topics.length, 'topic')}.
          </p>
          <Button onClick={() => change('')}>Clear search</Button>
        </div>
      )}
    </>
  )
}

export function TopicListLoading() {
  return (
    <>
      <div className="h-8" />
      <Table label="Topics">
        <TopicListHead />
        <tbody>
          <SkeletonRows widths={[180, 40]} />
        </tbody>
      </Table>
    </>
  )
}

function TopicListHead() {
  return (
    <TableHead>
      <HeadCell>Topic name</HeadCell>
      <HeadCell>Partitions</HeadCell>
    </TableHead>
  )
}
