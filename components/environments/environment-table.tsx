'use client'

import Link from 'next/link'
import { formatCount } from '../../lib/format/numbers.ts'
import { paths } from '../../lib/paths.ts'
import type { EnvironmentRow } from '../../lib/queries/environments.ts'
import type { LiveCard } from '../../lib/queries/live.ts'
import { MeasuredFigure, RateFigure } from '../charts/measured-figure.tsx'
import { Swatched } from '../charts/swatch.tsx'
import { useLiveCards } from '../live/use-live-cards.ts'
import { CopyText } from '../ui/copy-button.tsx'
import { Cell, HeadCell, Row, Table, TableHead } from '../ui/table.tsx'
import { DateText } from '../ui/time.tsx'
import { EnvironmentMenu } from './environment-menu.tsx'
import { totalsOf } from './environment-totals.ts'

/** Environments with what flows through all clusters of each. */
export function EnvironmentTable({
  environments,
  clusterIds,
  initial,
}: {
  readonly environments: readonly EnvironmentRow[]
  /** The clusters of each environment, by its id. */
  readonly clusterIds: Readonly<Record<string, readonly string[]>>
  readonly initial: readonly LiveCard[]
}) {
  const { cards } = useLiveCards(initial)
  return (
    <>
      <Table label="Environments">
        <TableHead>
          <HeadCell>Name</HeadCell>
          <HeadCell>ID</HeadCell>
          <HeadCell className="text-right">Clusters</HeadCell>
          <HeadCell className="text-right">
            <Swatched colour="d1">Production</Swatched>
          </HeadCell>
          <HeadCell className="text-right">
            <Swatched colour="d2">Consumption</Swatched>
          </HeadCell>
          <HeadCell className="text-right max-md:hidden">Storage</HeadCell>
          <HeadCell className="text-right max-lg:hidden">Created</HeadCell>
          <HeadCell>
            <span className="sr-only">Actions</span>
          </HeadCell>
        </TableHead>
        <tbody>
          {environments.map((environment) => (
            <EnvironmentLine
              key={environment.id}
              environment={environment}
              cards={(clusterIds[environment.id] ?? []).flatMap((id) => cards.get(id) ?? [])}
            />
          ))}
        </tbody>
      </Table>
      <p className="text-label text-ink-3">
        Rates and storage are those of all clusters of an environment.
        <span className="max-lg:hidden"> Each line shows the last 5 minutes on its own scale.</span>
      </p>
    </>
  )
}

function EnvironmentLine({
  environment: { id, name, clusterCount, createdMs },
  cards,
}: {
  readonly environment: EnvironmentRow
  readonly cards: readonly LiveCard[]
}) {
  const totals = totalsOf(cards)
  return (
    <Row>
      <Cell className="max-w-[360px] truncate" title={name}>
        <Link
          href={paths.environment({ envId: id })}
          className="rounded-sm font-[580] group-hover:text-river hover:underline"
        >
          {name}
        </Link>
      </Cell>
      <Cell className="whitespace-nowrap">
        <CopyText text={id} label={`Copy ID of ${name}`} />
      </Cell>
      <Cell className={`text-right ${clusterCount === 0 ? 'text-ink-3' : ''}`}>
        {formatCount(clusterCount)}
      </Cell>
      <Cell className="text-right">
        <RateFigure value={totals.production} course={totals.productionCourse} colour="d1" />
      </Cell>
      <Cell className="text-right">
        <RateFigure value={totals.consumption} course={totals.consumptionCourse} colour="d2" />
      </Cell>
      <Cell className="text-right whitespace-nowrap max-md:hidden">
        <MeasuredFigure value={totals.storedBytes} unit="bytes" />
      </Cell>
      <Cell className="text-right text-ink-2 max-lg:hidden">
        <DateText timestampMs={createdMs} />
      </Cell>
      <Cell className="w-8">
        <EnvironmentMenu envId={id} name={name} clusterCount={clusterCount} />
      </Cell>
    </Row>
  )
}
