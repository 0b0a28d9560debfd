'use client'

import { useSearchParams } from 'next/navigation'
import { type ComponentProps, useEffect, useMemo, useState } from 'react'
import { formatCount, formatPlural } from '../../lib/format/numbers.ts'
import {
  type ClusterAt,
  type ConsumerLagQuery,
  type GroupsPollQuery,
  paths,
} from '../../lib/paths.ts'
import type { ClusterLag } from '../../lib/queries/group-lag.ts'
import type { GroupsView } from '../../lib/queries/groups.ts'
import { LiveMark } from '../live/live-mark.tsx'
import { useFollowed } from '../live/use-followed.ts'
import { useRepeated } from '../live/use-repeated.ts'
import { Button, ButtonLink } from '../ui/button.tsx'
import { EmptyState } from '../ui/empty-state.tsx'
import { MapDrawing } from '../ui/map-drawing.tsx'
import { Note } from '../ui/note.tsx'
import { SearchField } from '../ui/search-field.tsx'
import { SkeletonRows } from '../ui/skeleton.tsx'
import { ClientsHeader } from './clients-header.tsx'
import { GroupDetails } from './group-details.tsx'
import { GroupList, type GroupOrder } from './group-list.tsx'
import { addLook, type GroupPace } from './group-pace.ts'

/** Groups with how far they are behind, and one of them in full; read anew every 2 s, or 5 s where there are many. */
export function ConsumerLag({
  at,
  initial,
  firstGroup,
}: {
  readonly at: ClusterAt
  readonly initial: GroupsView
  /** Which one is shown where the address names none. */
  readonly firstGroup: string | undefined
}) {
  const address = useSearchParams()
  const [first, setFirst] = useState(firstGroup)
  const group = address.get('group') ?? first
  const [search, setSearch] = useState(() => address.get('q') ?? '')
  const [order, setOrder] = useState<GroupOrder>(() =>
    address.get('sort') === 'behind' ? 'behind' : 'name',
  )
  // Of which group the times of more partitions were asked for.
  const [timed, setTimed] = useState<string>()
  const times = timed !== undefined && timed === group ? ('all' as const) : undefined
  const { view, pace, status } = useGroups(at, initial, { group, q: search, times })
  const trends = useTrends(at)
  // The first group of a cluster that had none when the page was opened.
  if (first === undefined && view.groups[0] !== undefined) setFirst(view.groups[0].groupId)

  const sort = order === 'behind' ? order : undefined
  const interval = address.get('interval') ?? undefined

  function show(query: ConsumerLagQuery, isStep: boolean) {
    const url = paths.consumerLag(at, { group, q: search, sort, interval, ...query })
    if (isStep) history.pushState(null, '', url)
    else history.replaceState(null, '', url)
  }

  return (
    <>
      <ClientsHeader at={at} current="lag">
        <LiveMark status={status} takenMs={view.takenMs} />
      </ClientsHeader>
      {status?.kind === 'reconnecting' ? (
        <Note kind="caution">{status.message} Trying again.</Note>
      ) : null}
      {view.total === 0 && search === '' ? (
        <NoGroups at={at} />
      ) : (
        <div className="grid grid-cols-1 items-start gap-5 lg:grid-cols-[312px_minmax(0,1fr)]">
          <div className="flex flex-col gap-2.5">
            <SearchField
              label="Search consumer groups"
              hasShortcut
              className="max-w-none"
              value={search}
              onChange={(q) => {
                setSearch(q)
                show({ q }, false)
              }}
            />
            {view.found === 0 ? (
              <NothingFound
                search={search}
                total={view.total}
                onClear={() => {
                  setSearch('')
                  show({ q: '' }, false)
                }}
              />
            ) : (
              <GroupList
                groups={view.groups}
                trends={trends}
                current={group}
                order={order}
                onSort={(next) => {
                  setOrder(next)
                  show({ sort: next === 'behind' ? next : undefined }, false)
                }}
                hrefOf={(groupId) =>
                  paths.consumerLag(at, { group: groupId, q: search, sort, interval })
                }
                onOpen={(groupId) => show({ group: groupId }, true)}
              />
            )}
            {view.found > view.groups.length ? (
              <p className="text-label text-ink-3">
                The first {formatCount(view.groups.length)} of {formatCount(view.found)} groups.
                Search narrows them down.
              </p>
            ) : null}
          </div>
          <Opened
            {...{ at, view, pace }}
            wanted={group}
            trend={trends.get(group ?? '') ?? []}
            isTimed={times !== undefined}
            onTimeAll={() => setTimed(group)}
          />
        </div>
      )}
    </>
  )
}

/** So many are read in some milliseconds. */
const fewGroups = 20

/** The newest view, and what several of them tell together. */
function useGroups(at: ClusterAt, initial: GroupsView, query: GroupsPollQuery) {
  const [view, setView] = useState(initial)
  const [pace, setPace] = useState<GroupPace | null>(null)
  const status = useFollowed({
    streamUrl: null,
    pollUrl: paths.groupsPoll(at, query),
    pollMs: view.groups.length <= fewGroups && query.times === undefined ? 2000 : 5000,
    onUpdate: (text) => setView(JSON.parse(text)),
    goneMessage: 'This cluster no longer exists.',
  })
  useEffect(() => {
    const { group, takenMs } = view
    if (group === null) return
    setPace((before) => addLook(before, { takenMs, group }))
  }, [view])
  return { view, pace, status }
}

/** By group, how far it was behind in the last hour; it is measured every 15 s. */
function useTrends(at: ClusterAt): ReadonlyMap<string, readonly (number | null)[]> {
  const url = paths.groupLag(at)
  const lag = useRepeated<ClusterLag>(url, { everyMs: 15_000 })
  return useMemo(() => new Map(lag?.groups.map(({ groupId, points }) => [groupId, points])), [lag])
}

function Opened({
  view,
  wanted,
  ...details
}: Omit<ComponentProps<typeof GroupDetails>, 'group' | 'takenMs'> & {
  readonly view: GroupsView
  readonly wanted: string | undefined
}) {
  if (wanted === undefined) return null
  if (view.group?.groupId === wanted) {
    return <GroupDetails {...details} group={view.group} takenMs={view.takenMs} />
  }
  // What was read last is of the group before: the answer about this one is on its way.
  const isGone = view.group === null && !view.groups.some(({ groupId }) => groupId === wanted)
  if (!isGone) {
    return (
      <table aria-busy="true" className="w-full">
        <tbody>
          <SkeletonRows widths={[180, 90, 60, 90]} rows={6} />
        </tbody>
      </table>
    )
  }
  return (
    <div className="flex flex-col gap-1 py-2">
      <h2 className="text-section break-all">There is no consumer group “{wanted}”</h2>
      <p className="text-ink-2">
        A group without members goes when its offsets expire, 7 days after the last one left, or
        when a program deletes it.
      </p>
    </div>
  )
}

function NothingFound({
  search,
  total,
  onClear,
}: {
  readonly search: string
  readonly total: number
  readonly onClear: () => void
}) {
  return (
    <div className="flex flex-col items-start gap-2 py-2">
      <p>
        <b className="font-[580]">No group matches “{search}”.</b> Searched the names of{' '}
        {formatPlural(total, 'group')}.
      </p>
      <Button onClick={onClear}>Clear search</Button>
    </div>
  )
}

function NoGroups({ at }: { readonly at: ClusterAt }) {
  return (
    <EmptyState
      title="No consumer groups yet"
      actions={
        <ButtonLink href={paths.buildClient(at)} tone="primary">
          New client
        </ButtonLink>
      }
      drawing={<MapDrawing kind="dry" className="w-full" />}
    >
      Consumers that name the same group share the partitions of a topic between them: each
      partition is read by one of them. Start one, and this page shows which partitions it reads and
      how many messages it has yet to read.
    </EmptyState>
  )
}
