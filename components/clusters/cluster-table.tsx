'use client'

import Link from 'next/link'
import { paths } from '../../lib/paths.ts'
import type { ClusterRow } from '../../lib/queries/clusters.ts'
import type { LiveCard } from '../../lib/queries/live.ts'
import { MeasuredFigure, RateFigure } from '../charts/measured-figure.tsx'
import { Swatched } from '../charts/swatch.tsx'
import { LiveMark } from '../live/live-mark.tsx'
import { useLiveCards } from '../live/use-live-cards.ts'
import { ButtonLink } from '../ui/button.tsx'
import { Card, CardHeader } from '../ui/card.tsx'
import { Cell, HeadCell, Row, Table, TableHead } from '../ui/table.tsx'
import { newestOf, useRefreshOnChange } from './cluster-cards.tsx'
import { ClusterStateBadge } from './cluster-state-badge.tsx'
import { hasFlows, StreamDrawing } from './stream-drawing.tsx'

/** All clusters of the caller, in whatever environment, with what flows through them now. */
export function ClusterTable({
  clusters,
  initial,
}: {
  readonly clusters: readonly ClusterRow[]
  readonly initial: readonly LiveCard[]
}) {
  const { cards, status } = useLiveCards(initial)
  useRefreshOnChange(clusters, cards)
  return (
    <section aria-labelledby="clusters" className="flex flex-col gap-2">
      <div className="flex flex-wrap items-center justify-between gap-4">
        <h2 id="clusters" className="text-section tracking-[-0.008em]">
          Your clusters
        </h2>
        <LiveMark status={status} takenMs={newestOf(cards)} />
      </div>
      <Table label="Your clusters">
        <TableHead>
          <HeadCell>Cluster</HeadCell>
          <HeadCell>Environment</HeadCell>
          <HeadCell>State</HeadCell>
          <HeadCell className="text-right">
            <Swatched colour="d1">Production</Swatched>
          </HeadCell>
          <HeadCell className="text-right">
            <Swatched colour="d2">Consumption</Swatched>
          </HeadCell>
          <HeadCell className="text-right">Storage</HeadCell>
        </TableHead>
        <tbody>
          {clusters.map((cluster) => (
            <ClusterLine key={cluster.id} cluster={cluster} live={cards.get(cluster.id)} />
          ))}
        </tbody>
      </Table>
      <p className="hidden text-label text-ink-3 lg:block">
        Each line shows the last 5 minutes on its own scale.
      </p>
      <BusiestCluster clusters={clusters} cards={cards} />
    </section>
  )
}

/** Who writes to the busiest cluster and who reads from it, where anything flows at all. */
function BusiestCluster({
  clusters,
  cards,
}: {
  readonly clusters: readonly ClusterRow[]
  readonly cards: ReadonlyMap<string, LiveCard>
}) {
  const [busiest] = clusters
    .flatMap((cluster) => {
      const live = cards.get(cluster.id)
      return live !== undefined && hasFlows(live) ? [{ cluster, live, rate: rateOf(live) }] : []
    })
    .sort((a, b) => b.rate - a.rate)
  if (busiest === undefined) return null
  const { cluster, live } = busiest
  return (
    <Card className="mt-2 overflow-hidden">
      <CardHeader title={`What flows through ${cluster.name}`}>
        <ButtonLink
          href={paths.cluster({ envId: cluster.envId, clusterId: cluster.id })}
          size="small"
        >
          Open cluster
        </ButtonLink>
      </CardHeader>
      <StreamDrawing
        name={cluster.name}
        flows={live.flows}
        topics={live.figures.topics}
        partitions={live.figures.partitions}
      />
    </Card>
  )
}

function rateOf({ figures: { rates } }: LiveCard): number {
  return (rates?.productionBytesPerSecond ?? 0) + (rates?.consumptionBytesPerSecond ?? 0)
}

function ClusterLine({
  cluster,
  live,
}: {
  readonly cluster: ClusterRow
  readonly live: LiveCard | undefined
}) {
  const { envId, id: clusterId, name, environmentName } = cluster
  const figures = live?.figures
  return (
    <Row>
      <Cell className="max-w-[320px] truncate" title={name}>
        <Link
          href={paths.cluster({ envId, clusterId })}
          className="rounded-sm font-[580] group-hover:text-river hover:underline"
        >
          {name}
        </Link>
      </Cell>
      <Cell className="max-w-[240px] truncate text-ink-2">
        <Link href={paths.environment({ envId })} className="rounded-sm hover:underline">
          {environmentName}
        </Link>
      </Cell>
      <Cell>
        <ClusterStateBadge state={live?.state ?? cluster.state} />
      </Cell>
      <Cell className="text-right">
        <RateFigure
          value={figures?.rates?.productionBytesPerSecond}
          course={figures?.series.productionBytesPerSecond}
          colour="d1"
        />
      </Cell>
      <Cell className="text-right">
        <RateFigure
          value={figures?.rates?.consumptionBytesPerSecond}
          course={figures?.series.consumptionBytesPerSecond}
          colour="d2"
        />
      </Cell>
      <Cell className="text-right whitespace-nowrap">
        <MeasuredFigure unit="bytes" value={figures?.storedBytes} />
      </Cell>
    </Row>
  )
}
