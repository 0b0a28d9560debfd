'use client'

import { Download } from 'lucide-react'
import { useState } from 'react'
import {
  type ConsumerGroup,
  type GroupPartition,
  idleMembers,
  messagesBehind,
} from '../../lib/format/consumer-groups.ts'
import { formatCount } from '../../lib/format/numbers.ts'
import { saveTextFile } from '../api-keys/save-text-file.ts'
import { PartitionOf } from '../topics/partition-bars.tsx'
import { Button } from '../ui/button.tsx'
import { Card, CardHeader } from '../ui/card.tsx'
import { Cell, HeadCell, Row, Table, TableHead } from '../ui/table.tsx'
import { lagCsv } from './lag-csv.ts'

/** More rows than this come when they are asked for. */
const rowsAtFirst = 100

/** Every partition of a group with its offsets: what the drawing shows, in numbers. */
export function LagTable({ group }: { readonly group: ConsumerGroup }) {
  const [showsAll, setShowsAll] = useState(false)
  const shown = showsAll ? group.partitions : group.partitions.slice(0, rowsAtFirst)
  const left = group.partitions.length - shown.length
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
          </TableHead>
          <tbody>
            {shown.map((partition) => (
              <PartitionRow
                key={`${partition.topic} ${partition.partition}`}
                partition={partition}
                count={partitionCount(group, partition.topic)}
              />
            ))}
            {idleMembers(group).map(({ memberId }) => (
              <Row key={memberId}>
                <Cell>
                  <ConsumerId memberId={memberId} />
                </Cell>
                <Cell colSpan={5} className="text-ink-2">
                  Idle: no partition assigned
                </Cell>
              </Row>
            ))}
          </tbody>
        </Table>
        {left === 0 ? null : (
          <Button size="small" className="mt-2" onClick={() => setShowsAll(true)}>
            Show {formatCount(left)} more
          </Button>
        )}
      </div>
    </Card>
  )
}

/** As many as the topic has, as far as the group tells. */
function partitionCount({ partitions }: ConsumerGroup, topic: string): number {
  return Math.max(...partitions.map((one) => (one.topic === topic ? one.partition + 1 : 0)))
}

function PartitionRow({
  partition,
  count,
}: {
  readonly partition: GroupPartition
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
