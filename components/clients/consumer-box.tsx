import type { GroupMember } from '../../lib/format/consumer-groups.ts'
import type { SeriesColour } from '../charts/series.ts'
import { StateBadge } from '../states/state-badge.tsx'
import { formatPace } from './group-pace.ts'

/** A consumer beside the lanes that it reads, as high as they are. */
export function ConsumerBox({
  member,
  colour,
  partitions,
  read,
}: {
  readonly member: GroupMember
  readonly colour: SeriesColour
  readonly partitions: readonly number[]
  /** Messages per second from each of them. */
  readonly read: readonly (number | null)[]
}) {
  const known = read.filter((pace) => pace !== null)
  const total = known.reduce((sum, pace) => sum + pace, 0)
  return (
    <div
      className="flex min-w-0 flex-col justify-center rounded-md border border-line-2 border-l-[4px] px-3 py-2"
      style={{ borderLeftColor: `var(--${colour})` }}
    >
      <div className="flex flex-wrap items-baseline justify-between gap-x-3">
        <ClientName member={member} />
        <span className="text-label font-[560] text-ink-2">{partitionWords(partitions)}</span>
      </div>
      <span className="text-label text-ink-2">
        {member.host}
        {known.length === 0 ? '' : ` · ${formatPace(total)}`}
      </span>
    </div>
  )
}

/** A consumer that was given no partition. */
export function IdleBox({ member }: { readonly member: GroupMember }) {
  return (
    <li className="flex min-w-0 flex-col rounded-md border border-dashed border-control px-3 py-2">
      <span className="flex flex-wrap items-baseline justify-between gap-x-3">
        <ClientName member={member} />
        <StateBadge state="IDLE" />
      </span>
      <span className="text-label text-ink-2">No partition assigned</span>
    </li>
  )
}

function ClientName({ member }: { readonly member: GroupMember }) {
  const name = member.clientId === '' ? 'No client ID' : member.clientId
  return (
    <span className="max-w-full truncate font-[580]" title={member.memberId}>
      {name}
    </span>
  )
}

function partitionWords(partitions: readonly number[]): string {
  if (partitions.length === 1) return `Partition ${partitions[0]}`
  if (partitions.length <= 3) return `Partitions ${partitions.join(', ')}`
  return `${partitions.length} partitions`
}
