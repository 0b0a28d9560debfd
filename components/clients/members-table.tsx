import type { ConsumerGroup, GroupMember } from '../../lib/format/consumer-groups.ts'
import { StateBadge } from '../states/state-badge.tsx'
import { Card, CardHeader } from '../ui/card.tsx'
import { Cell, HeadCell, Row, Table, TableHead } from '../ui/table.tsx'
import { assignmentText, idleReason } from './assignment.ts'

/** Who is in a group, from where, and what each was given to read. */
export function MembersTable({ group }: { readonly group: ConsumerGroup }) {
  const hasStatic = group.members.some(({ instanceId }) => instanceId !== null)
  return (
    <Card label="Members of the group">
      <CardHeader title="Members" />
      <div className="px-4 pb-2">
        <Table label="Members">
          <TableHead>
            <HeadCell>Client ID</HeadCell>
            <HeadCell>Host</HeadCell>
            <HeadCell>Consumer ID</HeadCell>
            {hasStatic ? <HeadCell>Instance ID</HeadCell> : null}
            <HeadCell>Assignment</HeadCell>
          </TableHead>
          <tbody>
            {group.members.map((member) => (
              <MemberRow
                key={member.memberId}
                member={member}
                hasStatic={hasStatic}
                reason={idleReason(group)}
              />
            ))}
          </tbody>
        </Table>
        <p className="pt-2 pb-1 text-label text-ink-3">
          A member that ends without leaving stays until its session times out: 45 s by default
          (session.timeout.ms), which Kafka tells nobody.
        </p>
      </div>
    </Card>
  )
}

function MemberRow({
  member: { clientId, host, memberId, instanceId, assigned },
  hasStatic,
  reason,
}: {
  readonly member: GroupMember
  readonly hasStatic: boolean
  readonly reason: string
}) {
  return (
    <Row>
      <Cell className="max-w-[200px] truncate font-[560]" title={clientId}>
        {clientId === '' ? <span className="text-ink-3">No client ID</span> : clientId}
      </Cell>
      <Cell className="whitespace-nowrap">{host}</Cell>
      <Cell>
        <code title={memberId} className="block max-w-[220px] truncate text-label">
          {memberId}
        </code>
      </Cell>
      {hasStatic ? (
        <Cell className="max-w-[160px] truncate font-mono text-label" title={instanceId ?? ''}>
          {instanceId ?? <span className="text-ink-3">–</span>}
        </Cell>
      ) : null}
      <Cell>
        {assigned === null ? (
          <span className="text-ink-3">Not known yet</span>
        ) : assigned.length === 0 ? (
          <span className="flex flex-wrap items-center gap-x-2 whitespace-nowrap">
            <StateBadge state="IDLE" />
            <span className="text-label text-ink-2">{reason}</span>
          </span>
        ) : (
          assignmentText(assigned)
        )}
      </Cell>
    </Row>
  )
}
