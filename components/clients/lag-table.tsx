'use client'

import { Download } from 'lucide-react'
import { useState } from 'react'
import {
  type ConsumerGroup,
  type GroupPartition,
  idleMembers,
  messagesBehind,
  type TopicPartitionName,
} from '../../lib/format/consumer-groups.ts'
import { formatCount } from '../../lib/format/numbers.ts'
import { formatSpan } from '../../lib/format/times.ts'
import type { GroupView } from '../../lib/queries/groups.ts'
import { saveTextFile } from '../api-keys/save-text-file.ts'
import { PartitionOf } from '../topics/partition-bars.tsx'
import { Button } from '../ui/button.tsx'
import { Card, CardHeader } from '../ui/card.tsx'
import { Cell, HeadCell, Row, Table, TableHead } from '../ui/table.tsx'
import { Tooltip } from '../ui/tooltip.tsx'
import { lagCsv } from './lag-csv.ts'

/** More rows than this come when they are asked for. */
const rowsAtFirst = 100

/** Every partition of a group with its offsets: what the drawing shows, in numbers. */
export function LagTable({
  group,
  takenMs,
  isTimed,
  onTimeAll,
}: {
  readonly group: GroupView
  readonly takenMs: number
  /** Whether times were asked for of as many partitions as may be. */
  readonly isTimed: boolean
  readonly onTimeAll: () => void
}) {
  const [showsAll, setShowsAll] = useState(false)
  const shown = showsAll ? group.partitions : group.partitions.slice(0, rowsAtFirst)
  const left = group.partitions.length - shown.length
  const behind = group.partitions.filter((one) => (messagesBehind(one) ?? 0) > 0)
  const written = new Map(group.unread.map((one) => [keyOf(one), one.writtenMs]))
  return (
    <Card>
      <CardHeader title="Offsets">
        <Button
          size="small"
          icon={<Download aria-hidden="true" />}
          onClick={() => saveTextFile(`${group.groupId}-lag.csv`, lagCsv(group))}
        >
          CSV
        </Button>
      </CardHeader>
      <div className="px-4 pb-2">
        <Table label="Offsets">
          <TableHead>
            <HeadCell>Consumer ID</HeadCell>
            <HeadCell>Topic</HeadCell>
            <HeadCell>Partition</HeadCell>
            <HeadCell className="text-right">Messages behind</HeadCell>
            <HeadCell className="text-right">Current offset</HeadCell>
            <HeadCell className="text-right">End offset</HeadCell>
            <HeadCell className="text-right">
              <Tooltip text={howTimed}>
                <button
                  type="button"
                  className="cursor-help rounded-sm underline decoration-line-2 decoration-dotted underline-offset-[3px]"
                >
                  Time behind
                </button>
              </Tooltip>
            </HeadCell>
          </TableHead>
          <tbody>
            {shown.map((partition) => (
              <PartitionRow
                key={keyOf(partition)}
                partition={partition}
                time={timeOf(partition, { written, takenMs })}
                count={partitionCount(group, partition.topic)}
              />
            ))}
            {idleMembers(group).map(({ memberId }) => (
              <Row key={memberId}>
                <Cell>
                  <ConsumerId memberId={memberId} />
                </Cell>
                <Cell colSpan={6} className="text-ink-2">
                  Idle: no partition assigned
                </Cell>
              </Row>
            ))}
          </tbody>
        </Table>
        <p className="pt-2 pb-1 text-label text-ink-3">
          {howTimed}
          {behind.length > written.size
            ? ` It is read of the ${formatCount(written.size)} partitions furthest behind.`
            : ''}
        </p>
        <span className="flex flex-wrap gap-2">
          {left === 0 ? null : (
            <Button size="small" onClick={() => setShowsAll(true)}>
              Show {formatCount(left)} more
            </Button>
          )}
          {behind.length > written.size && !isTimed ? (
            <Button size="small" onClick={onTimeAll}>
              Read times of more
            </Button>
          ) : null}
        </span>
      </div>
    </Card>
  )
}

/** How it is measured. */
const howTimed =
  'Time behind is the age of the first message that is not read yet, by the time that the message carries.'

function keyOf({ topic, partition }: TopicPartitionName): string {
  return `${topic} ${partition}`
}

/** `29 s`; `0` where nothing is left to read, null where it was not read or is not known. */
function timeOf(
  partition: GroupPartition,
  known: { readonly written: ReadonlyMap<string, number | null>; readonly takenMs: number },
): string | null {
  if (messagesBehind(partition) === 0) return '0'
  const writtenMs = known.written.get(keyOf(partition)) ?? null
  return writtenMs === null ? null : formatSpan(Math.max(0, known.takenMs - writtenMs))
}

/** As many as the topic has, as far as the group tells. */
function partitionCount({ partitions }: ConsumerGroup, topic: string): number {
  return Math.max(...partitions.map((one) => (one.topic === topic ? one.partition + 1 : 0)))
}

function PartitionRow({
  partition,
  time,
  count,
}: {
  readonly partition: GroupPartition
  readonly time: string | null
  readonly count: number
}) {
  const { memberId, topic, committed, end } = partition
  return (
    <Row>
      <Cell>{memberId === null ? <None>–</None> : <ConsumerId memberId={memberId} />}</Cell>
      <Cell className="max-w-[240px] truncate" title={topic}>
        {topic}
      </Cell>
      <Cell>
        <PartitionOf partition={partition.partition} count={count} />
      </Cell>
      <Cell className="text-right">
        <Behind partition={partition} />
      </Cell>
      <Cell className="text-right font-mono text-label">
        {committed === null ? <None>–</None> : formatCount(committed)}
      </Cell>
      <Cell className="text-right font-mono text-label">
        {end === null ? <None>–</None> : formatCount(end)}
      </Cell>
      <Cell className="text-right whitespace-nowrap">
        {time === null || time === '0' ? <None>{time ?? '–'}</None> : time}
      </Cell>
    </Row>
  )
}

function Behind({ partition }: { readonly partition: GroupPartition }) {
  const behind = messagesBehind(partition)
  if (partition.committed === null) return <None>No committed offset</None>
  if (behind === null) return <None>–</None>
  return behind === 0 ? <None>0</None> : <span className="text-sienna">{formatCount(behind)}</span>
}

function None({ children }: { readonly children: string }) {
  return <span className="text-ink-3">{children}</span>
}

function ConsumerId({ memberId }: { readonly memberId: string }) {
  return (
    <code title={memberId} className="block max-w-[260px] truncate text-label">
      {memberId}
    </code>
  )
}
