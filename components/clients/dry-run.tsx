'use client'

import { useState } from 'react'
import { formatCount } from '../../lib/format/numbers.ts'
import { type PlannedOffset, resetNotes } from '../../lib/format/offset-reset.ts'
import type { ResetView } from '../../lib/queries/offset-reset.ts'
import { Button } from '../ui/button.tsx'
import { Card, CardHeader } from '../ui/card.tsx'
import { SkeletonRows } from '../ui/skeleton.tsx'
import { Cell, HeadCell, Row, Table, TableHead } from '../ui/table.tsx'
import { effectOf, effectSentence, formatDifference } from './reset-effect.ts'

/** More rows than this come when they are asked for. */
const rowsAtFirst = 100

/** What a reset would do to each partition; null while the answer is on its way. */
export function DryRun({ view }: { readonly view: ResetView | null }) {
  return (
    <Card label="Dry run">
      <CardHeader title="Dry run">
        <span className="text-label text-ink-2">Nothing is changed yet</span>
      </CardHeader>
      <div className="px-4 py-2">
        {view === null ? (
          <table aria-busy="true" className="w-full">
            <tbody>
              <SkeletonRows widths={[120, 40, 80, 80, 80]} rows={4} />
            </tbody>
          </table>
        ) : view.plan === null ? (
          <p className="py-2 text-ink-2">{view.problem?.message}</p>
        ) : view.plan.length === 0 ? (
          <p className="py-2 text-ink-2">
            The group has committed no offset. Choose a topic to say where it shall begin.
          </p>
        ) : (
          <Plan plan={view.plan} />
        )}
      </div>
    </Card>
  )
}

function Plan({ plan }: { readonly plan: readonly PlannedOffset[] }) {
  const [showsAll, setShowsAll] = useState(false)
  const shown = showsAll ? plan : plan.slice(0, rowsAtFirst)
  return (
    <>
      <p role="status" className="py-1 text-ink-2">
        {effectSentence(effectOf(plan))}
      </p>
      <Table label="Dry run">
        <TableHead>
          <HeadCell>Topic</HeadCell>
          <HeadCell className="text-right">Partition</HeadCell>
          <HeadCell className="text-right">Current offset</HeadCell>
          <HeadCell className="text-right">New offset</HeadCell>
          <HeadCell className="text-right">Difference</HeadCell>
          <HeadCell className="text-right">Messages to read</HeadCell>
        </TableHead>
        <tbody>
          {shown.map((row) => (
            <PlanRow key={`${row.topic} ${row.partition}`} row={row} />
          ))}
        </tbody>
      </Table>
      {plan.length === shown.length ? null : (
        <Button size="small" className="mt-2" onClick={() => setShowsAll(true)}>
          Show {formatCount(plan.length - shown.length)} more
        </Button>
      )}
    </>
  )
}

function PlanRow({ row }: { readonly row: PlannedOffset }) {
  const { topic, partition, committed, offset, difference, end, note } = row
  return (
    <Row>
      <Cell className="max-w-[220px] truncate" title={topic}>
        {topic}
        {note === null ? null : (
          <span className="block text-label whitespace-normal text-ink-2">{resetNotes[note]}</span>
        )}
      </Cell>
      <Cell className="text-right">{partition}</Cell>
      <Offset value={committed} />
      <Offset value={offset} isNew />
      <Cell className="text-right font-mono text-label">
        {difference === null ? '–' : formatDifference(difference)}
      </Cell>
      <Offset value={offset === null || end === null ? null : end - offset} />
    </Row>
  )
}

function Offset({
  value,
  isNew = false,
}: {
  readonly value: number | null
  readonly isNew?: boolean
}) {
  return (
    <Cell className={`text-right font-mono text-label ${isNew ? 'font-[640]' : ''}`}>
      {value === null ? <span className="text-ink-3">–</span> : formatCount(value)}
    </Cell>
  )
}
