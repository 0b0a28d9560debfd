'use client'

import { Download } from 'lucide-react'
import { type ReactNode, useCallback, useMemo } from 'react'
import { formatCount, formatPlural } from '../../lib/format/numbers.ts'
import { type ClusterAt, paths } from '../../lib/paths.ts'
import { saveTextFile } from '../api-keys/save-text-file.ts'
import { Button } from '../ui/button.tsx'
import { RowRoom } from '../ui/row-room.tsx'
import { SearchField } from '../ui/search-field.tsx'
import { Switch } from '../ui/switch.tsx'
import { Table } from '../ui/table.tsx'
import { useAddressState } from '../ui/use-address-state.ts'
import { useRowsInSight } from '../ui/use-rows-in-sight.ts'
import { TopicListHead } from './topic-list-head.tsx'
import { TopicListRow, topicRowPx } from './topic-list-row.tsx'
import {
  type FiguresByName,
  findTopics,
  nextOrder,
  orderText,
  parseOrder,
  sortTopics,
  type TopicRow,
  topicsCsv,
} from './topic-rows.ts'
import { useCoursesInSight } from './use-courses-in-sight.ts'

const columnCount = 7

/** The stream brings the courses of rates for no more topics than this. */
const streamedMax = 200

/** What the address of the list says. */
interface TopicListView {
  readonly search: string
  readonly sort: string | undefined
  readonly showsInternal: boolean
}

/** Topics by name or by a figure; search, order and filter stand in the address. */
export function TopicList({
  at,
  rows,
  figures,
  takenMs,
}: {
  readonly at: ClusterAt
  readonly rows: readonly TopicRow[]
  readonly figures: FiguresByName
  /** Time of the newest sample. */
  readonly takenMs: number | null
}) {
  const hrefOf = useCallback(
    ({ search, sort, showsInternal }: TopicListView) =>
      paths.topics(at, { q: search, sort, internal: showsInternal ? 'shown' : undefined }),
    [at],
  )
  const [view, setView] = useAddressState(viewIn, hrefOf)
  const order = parseOrder(view.sort)
  const found = useMemo(() => findTopics(rows, view), [rows, view])
  const shown = useMemo(
    () => sortTopics(found, parseOrder(view.sort), figures),
    [found, view.sort, figures],
  )
  const hiddenCount = view.showsInternal ? 0 : rows.filter(({ isInternal }) => isInternal).length

  const change = (part: Partial<TopicListView>) => setView({ ...view, ...part })

  return (
    <>
      <div className="flex flex-wrap items-center justify-between gap-x-4 gap-y-3">
        <div className="flex min-w-0 flex-1 flex-wrap items-center gap-x-4 gap-y-2">
          <SearchField
            label="Search topics"
            hasShortcut
            value={view.search}
            onChange={(search) => change({ search })}
          />
          <Switch
            label="Show internal"
            isOn={view.showsInternal}
            onChange={(showsInternal) => change({ showsInternal })}
          />
        </div>
        <p role="status" className="text-label text-ink-2">
          {countText({ shown: shown.length, all: rows.length - hiddenCount, hiddenCount })}
        </p>
        <Button
          size="small"
          icon={<Download aria-hidden="true" />}
          aria-disabled={shown.length === 0}
          onClick={() => {
            if (shown.length > 0) saveTextFile('topics.csv', topicsCsv(shown, figures))
          }}
        >
          CSV
        </Button>
      </div>
      {shown.length > 0 ? (
        <TopicTable
          at={at}
          rows={shown}
          figures={figures}
          takenMs={takenMs}
          isStreamed={rows.length <= streamedMax}
          head={
            <TopicListHead
              order={order}
              onSort={(column) => change({ sort: orderText(nextOrder(order, column)) })}
            />
          }
        />
      ) : (
        <NothingFound
          search={view.search}
          searched={rows.length - hiddenCount}
          hiddenCount={hiddenCount}
          onClear={() => change({ search: '' })}
          onShowInternal={() => change({ showsInternal: true })}
        />
      )}
    </>
  )
}

function viewIn(address: Pick<URLSearchParams, 'get'>): TopicListView {
  return {
    search: address.get('q') ?? '',
    sort: address.get('sort') ?? undefined,
    showsInternal: address.get('internal') === 'shown',
  }
}

function TopicTable({
  at,
  rows,
  figures,
  takenMs,
  isStreamed,
  head,
}: {
  readonly at: ClusterAt
  readonly rows: readonly TopicRow[]
  readonly figures: FiguresByName
  readonly takenMs: number | null
  readonly isStreamed: boolean
  readonly head: ReactNode
}) {
  const { bodyRef, from, to, beforePx, afterPx } = useRowsInSight(rows.length, topicRowPx)
  const inSight = rows.slice(from, to)
  const names = inSight.map(({ name }) => name)
  const coursesOf = useCoursesInSight({ at, names, figures, takenMs, isStreamed })
  return (
    <>
      <Table label="Topics" rowCount={rows.length + 1} isLong>
        {head}
        <tbody ref={bodyRef}>
          <RowRoom px={beforePx} columns={columnCount} />
          {inSight.map((row, offset) => (
            <TopicListRow
              key={row.name}
              at={at}
              row={row}
              now={figures[row.name]}
              courses={coursesOf(row.name)}
              index={from + offset + 2}
            />
          ))}
          <RowRoom px={afterPx} columns={columnCount} />
        </tbody>
      </Table>
      <p className="text-label text-ink-3">
        Rates are measured every 5 seconds.
        <span className="max-lg:hidden">
          {' '}
          Each line shows the last 5 minutes on its own scale. Consumers are the client IDs that
          read in the last 10 minutes.
        </span>
      </p>
    </>
  )
}

function countText({
  shown,
  all,
  hiddenCount,
}: {
  readonly shown: number
  readonly all: number
  readonly hiddenCount: number
}): string {
  const counted =
    shown === all
      ? formatPlural(all, 'topic')
      : `${formatCount(shown)} of ${formatPlural(all, 'topic')}`
  return hiddenCount === 0 ? counted : `${counted}, ${formatCount(hiddenCount)} internal hidden`
}

function NothingFound({
  search,
  searched,
  hiddenCount,
  onClear,
  onShowInternal,
}: {
  readonly search: string
  readonly searched: number
  readonly hiddenCount: number
  readonly onClear: () => void
  readonly onShowInternal: () => void
}) {
  const isFiltered = search.trim() !== ''
  return (
    <div className="flex flex-col items-start gap-3 py-2">
      <div className="flex flex-col gap-1">
        <h2 className="text-section">
          {isFiltered ? `No topic matches “${search}”` : 'Every topic here is internal'}
        </h2>
        <p className="text-ink-2">
          {isFiltered ? `Searched the names of ${formatPlural(searched, 'topic')}. ` : ''}
          {hiddenCount === 0 ? '' : `${formatPlural(hiddenCount, 'internal topic')} hidden.`}
        </p>
      </div>
      <div className="flex gap-2">
        {isFiltered ? <Button onClick={onClear}>Clear search</Button> : null}
        {hiddenCount === 0 ? null : <Button onClick={onShowInternal}>Show internal</Button>}
      </div>
    </div>
  )
}
