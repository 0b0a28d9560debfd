'use client'

import type { MouseEvent } from 'react'
import type { GroupSummary } from '../../lib/format/consumer-groups.ts'
import { formatCount, formatPlural } from '../../lib/format/numbers.ts'
import { Sparkline } from '../charts/sparkline.tsx'
import { StateBadge } from '../states/state-badge.tsx'
import { classNames } from '../ui/class-names.ts'
import { SortHeadCell } from '../ui/sort-head-cell.tsx'
import { groupLooks } from './group-look.ts'

export type GroupOrder = 'name' | 'behind'

/** Groups by name or from the furthest behind on; one of them is open at the right. */
export function GroupList({
  groups,
  trends,
  current,
  order,
  onSort,
  hrefOf,
  onOpen,
}: {
  readonly groups: readonly GroupSummary[]
  /** Messages behind over the last hour, by group; absent where nobody has looked yet. */
  readonly trends: ReadonlyMap<string, readonly (number | null)[]>
  readonly current: string | undefined
  readonly order: GroupOrder
  readonly onSort: (order: GroupOrder) => void
  readonly hrefOf: (groupId: string) => string
  readonly onOpen: (groupId: string) => void
}) {
  return (
    <div className="overflow-hidden rounded-lg border border-line">
      <table aria-label="Consumer groups" className="w-full table-fixed border-collapse text-left">
        <thead>
          <tr className="h-9 border-b border-line-2 [&_th]:pl-3.5 [&_th:last-child]:pr-3.5">
            <SortHeadCell
              direction={order === 'name' ? 'ascending' : null}
              onSort={() => onSort('name')}
            >
              Consumer group
            </SortHeadCell>
            <SortHeadCell
              isNumber
              className="w-[132px]"
              direction={order === 'behind' ? 'descending' : null}
              onSort={() => onSort('behind')}
            >
              Messages behind
            </SortHeadCell>
          </tr>
        </thead>
        <tbody>
          {inOrder(groups, order).map((group) => (
            <GroupRow
              key={group.groupId}
              group={group}
              trend={trends.get(group.groupId) ?? []}
              isCurrent={group.groupId === current}
              href={hrefOf(group.groupId)}
              onOpen={() => onOpen(group.groupId)}
            />
          ))}
        </tbody>
      </table>
    </div>
  )
}

function GroupRow({
  group,
  trend,
  isCurrent,
  href,
  onOpen,
}: {
  readonly group: GroupSummary
  readonly trend: readonly (number | null)[]
  readonly isCurrent: boolean
  readonly href: string
  readonly onOpen: () => void
}) {
  function open(event: MouseEvent) {
    // With a key held down, the browser opens another tab.
    if (event.metaKey || event.ctrlKey || event.shiftKey) return
    event.preventDefault()
    onOpen()
  }
  return (
    <tr
      className={classNames(
        'relative border-b border-line align-top last:border-b-0',
        isCurrent ? 'bg-river-tint shadow-[inset_2px_0_0_var(--river)]' : 'hover:bg-hover',
      )}
    >
      <td className="py-2.5 pr-2 pl-3.5">
        <a
          href={href}
          aria-current={isCurrent ? 'true' : undefined}
          title={group.groupId}
          onClick={open}
          className="block truncate rounded-sm font-[580] after:absolute after:inset-0"
        >
          {group.groupId}
        </a>
        <span className="flex items-center justify-between gap-2">
          <StateBadge state={groupLooks[group.state]} />
          <Sparkline values={trend} colour="d1" width={64} height={18} />
        </span>
      </td>
      <td className="py-2.5 pr-3.5 text-right">
        <Behind behind={group.behind} />
        <span className="block text-label text-ink-2">
          {group.behind === null ? 'No committed offset' : membersOf(group)}
        </span>
      </td>
    </tr>
  )
}

function Behind({ behind }: { readonly behind: number | null }) {
  if (behind === null) return <span className="block text-ink-3">–</span>
  return (
    <span className={behind === 0 ? 'block text-ink-2' : 'block font-[580] text-sienna'}>
      {formatCount(behind)}
    </span>
  )
}

function membersOf({ memberCount }: GroupSummary): string {
  return memberCount === 0 ? 'No members' : formatPlural(memberCount, 'member')
}

function inOrder(groups: readonly GroupSummary[], order: GroupOrder): readonly GroupSummary[] {
  if (order === 'name') return groups
  return [...groups].sort((a, b) => (b.behind ?? -1) - (a.behind ?? -1))
}
