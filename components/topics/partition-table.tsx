'use client'

import { formatCount, formatPlural } from '../../lib/format/numbers.ts'
import { RowRoom } from '../ui/row-room.tsx'
import { Cell, HeadCell, Row, Table, TableHead } from '../ui/table.tsx'
import { useRowsInSight } from '../ui/use-rows-in-sight.ts'
import { PartitionOf } from './partition-bars.tsx'

export interface ShownPartition {
  readonly partition: number
  readonly leader: number | null
  readonly replicas: readonly number[]
  readonly inSync: readonly number[]
  /** Null where the cluster did not say. */
  readonly offsets: { readonly start: number; readonly end: number } | null
}

const columnCount = 6
const rowPx = 40

/** Who leads each partition and what it holds. */
export function PartitionTable({ partitions }: { readonly partitions: readonly ShownPartition[] }) {
  const { bodyRef, from, to, beforePx, afterPx } = useRowsInSight(partitions.length, rowPx)
  return (
    <>
      <Table label="Partitions" rowCount={partitions.length + 1} isLong>
        <TableHead>
          <HeadCell>Partition</HeadCell>
          <HeadCell>Leader</HeadCell>
          <HeadCell>Replicas</HeadCell>
          <HeadCell className="text-right">Start offset</HeadCell>
          <HeadCell className="text-right">End offset</HeadCell>
          <HeadCell className="text-right">Messages</HeadCell>
        </TableHead>
        <tbody ref={bodyRef}>
          <RowRoom px={beforePx} columns={columnCount} />
          {partitions.slice(from, to).map((partition, offset) => (
            <PartitionRow
              key={partition.partition}
              index={from + offset + 2}
              count={partitions.length}
              {...partition}
            />
          ))}
          <RowRoom px={afterPx} columns={columnCount} />
        </tbody>
      </Table>
      <p className="text-label text-ink-3">
        Offsets as of when this page was opened. Messages are the offsets between start and end.
      </p>
    </>
  )
}

function PartitionRow({
  index,
  count,
  partition,
  leader,
  replicas,
  inSync,
  offsets,
}: ShownPartition & { readonly index: number; readonly count: number }) {
  return (
    <Row index={index}>
      <Cell>
        <PartitionOf partition={partition} count={count} />
      </Cell>
      <Cell>{leader === null ? 'None' : `Broker ${leader}`}</Cell>
      <Cell className="whitespace-nowrap">
        {replicas.join(', ')}{' '}
        <span className="text-ink-2">
          {inSync.length === replicas.length
            ? 'all in sync'
            : `${formatPlural(inSync.length, 'replica')} in sync`}
        </span>
      </Cell>
      <Offset value={offsets?.start} />
      <Offset value={offsets?.end} />
      <Offset value={offsets === null ? undefined : offsets.end - offsets.start} />
    </Row>
  )
}

function Offset({ value }: { readonly value: number | undefined }) {
  return (
    <Cell className={value === 0 || value === undefined ? 'text-right text-ink-3' : 'text-right'}>
      {value === undefined ? '–' : formatCount(value)}
    </Cell>
  )
}
