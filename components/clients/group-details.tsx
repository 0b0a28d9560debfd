import { totalBehind } from '../../lib/format/consumer-groups.ts'
import { formatCount, formatPlural } from '../../lib/format/numbers.ts'
import { formatSpan } from '../../lib/format/times.ts'
import type { ClusterAt } from '../../lib/paths.ts'
import type { GroupView } from '../../lib/queries/groups.ts'
import { Sparkline } from '../charts/sparkline.tsx'
import { StateBadge } from '../states/state-badge.tsx'
import { Card } from '../ui/card.tsx'
import { CopyButton } from '../ui/copy-button.tsx'
import { Note } from '../ui/note.tsx'
import { Figure } from '../ui/stat-strip.tsx'
import { GroupActions } from './group-actions.tsx'
import { groupLooks } from './group-look.ts'
import type { GroupPace } from './group-pace.ts'
import { LagDrawing } from './lag-drawing.tsx'
import { LagTable } from './lag-table.tsx'
import { LagTrend } from './lag-trend.tsx'
import { MembersTable } from './members-table.tsx'

/** One group: how far behind it is, who reads what, and every partition in numbers. */
export function GroupDetails({
  at,
  group,
  takenMs,
  pace,
  trend,
  isTimed,
  onTimeAll,
}: {
  readonly at: ClusterAt
  readonly group: GroupView
  readonly takenMs: number
  readonly pace: GroupPace | null
  /** Messages behind over the last hour; null was not measured. */
  readonly trend: readonly (number | null)[]
  /** Whether times were asked for of as many partitions as may be. */
  readonly isTimed: boolean
  readonly onTimeAll: () => void
}) {
  return (
    <div className="flex min-w-0 flex-col gap-4">
      <Card label={`Consumer group ${group.groupId}`}>
        <div className="flex min-h-12 flex-wrap items-center justify-between gap-x-4 gap-y-1 border-b border-line px-4 py-2">
          <span className="flex min-w-0 flex-wrap items-center gap-x-3 gap-y-1">
            <h2 className="text-section break-all">{group.groupId}</h2>
            <CopyButton text={group.groupId} label="Copy consumer group ID" />
            <StateBadge state={groupLooks[group.state]} isPill />
          </span>
          <GroupActions key={group.groupId} at={at} group={group} />
        </div>
        <Figures group={group} takenMs={takenMs} trend={trend} />
      </Card>
      {group.partitions.length === 0 ? <NoPartitions group={group} /> : null}
      <LagDrawing group={group} pace={pace} />
      <LagTrend key={group.groupId} at={at} groupId={group.groupId} lastHour={trend} />
      {group.members.length === 0 ? null : <MembersTable group={group} />}
      {group.partitions.length === 0 ? null : (
        <LagTable {...{ group, takenMs, isTimed, onTimeAll }} />
      )}
    </div>
  )
}

function Figures({
  group,
  takenMs,
  trend,
}: {
  readonly group: GroupView
  readonly takenMs: number
  readonly trend: readonly (number | null)[]
}) {
  const behind = totalBehind(group.partitions)
  const uncommitted = group.partitions.filter(({ committed }) => committed === null).length
  return (
    <dl
      aria-label="Lag"
      className="flex flex-wrap gap-y-3 py-3 [&>div]:border-l [&>div]:border-line [&>div]:px-4 [&>div:first-child]:border-l-0"
    >
      <Figure
        label="Total Messages behind"
        value={behind === null ? '–' : formatCount(behind)}
        hint={
          uncommitted === 0
            ? undefined
            : `${formatPlural(uncommitted, 'partition')} without a committed offset`
        }
      />
      <Figure
        label="Time behind"
        value={timeBehind(group, takenMs)}
        hint="oldest message not read"
      />
      <Figure label="Members" value={formatCount(group.members.length)} hint={group.assignor} />
      <div className="flex min-w-[220px] flex-[2] flex-col">
        <dt className="text-label font-[540] text-ink-2">Last hour</dt>
        <dd className="pt-1">
          <Sparkline values={trend} colour="d1" width={188} height={36} />
          <span className="sr-only">{trendWords(trend)}</span>
        </dd>
      </div>
    </dl>
  )
}

function trendWords(trend: readonly (number | null)[]): string {
  const known = trend.filter((value) => value !== null)
  return known.length === 0
    ? 'Not measured yet'
    : `Between ${formatCount(Math.min(...known))} and ${formatCount(Math.max(...known))} messages behind`
}

/** Of the partition where it is longest. A message that came in at this very moment is no second old. */
function timeBehind({ unread, partitions }: GroupView, takenMs: number): string {
  const times = unread.flatMap(({ writtenMs }) => (writtenMs === null ? [] : [writtenMs]))
  if (times.length > 0) return formatSpan(Math.max(0, takenMs - Math.min(...times)))
  return totalBehind(partitions) === 0 ? '0 s' : '–'
}

function NoPartitions({ group }: { readonly group: GroupView }) {
  const isSettling = group.state === 'PreparingRebalance' || group.state === 'CompletingRebalance'
  return (
    <Note>
      {isSettling
        ? 'The group is sharing its partitions out. In a moment it shows who reads which.'
        : group.members.length === 0
          ? 'Nobody is in this group, and it has committed no offset.'
          : 'No member of this group has been given a partition, and none has committed an offset. Check that the topic exists and has partitions.'}
    </Note>
  )
}
