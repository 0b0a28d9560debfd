import { EllipsisVertical, KeyRound, Layers, Settings } from 'lucide-react'
import Link from 'next/link'
import { formatCount } from '../../lib/format/numbers.ts'
import { type ClusterAt, paths } from '../../lib/paths.ts'
import type { ClusterRow } from '../../lib/queries/clusters.ts'
import type { LiveCard } from '../../lib/queries/live.ts'
import { ButtonLink, IconButton } from '../ui/button.tsx'
import { Card, KeyValue } from '../ui/card.tsx'
import { CopyText } from '../ui/copy-button.tsx'
import { Menu, MenuLink } from '../ui/menu.tsx'
import { DateText } from '../ui/time.tsx'
import { ClusterStateBadge } from './cluster-state-badge.tsx'
import { Metric } from './metric.tsx'
import { hasFlows, StreamDrawing } from './stream-drawing.tsx'
import { typeName } from './type-name.ts'

/** One cluster: what flows, what there is, what it is. */
export function ClusterCard({
  at,
  cluster,
  live,
}: {
  readonly at: ClusterAt
  readonly cluster: ClusterRow
  readonly live: LiveCard | undefined
}) {
  const figures = live?.figures
  return (
    <Card label={cluster.name}>
      <div className="flex flex-wrap items-center justify-between gap-x-4 gap-y-2 border-b border-line px-4 py-2.5">
        <div className="flex min-w-0 items-center gap-3">
          <h3 className="truncate text-section">
            <Link href={paths.cluster(at)} className="rounded-sm hover:text-river">
              {cluster.name}
            </Link>
          </h3>
          <ClusterStateBadge state={live?.state ?? cluster.state} />
        </div>
        <div className="flex items-center gap-2">
          <ButtonLink href={paths.cluster(at)} size="small">
            Open cluster
          </ButtonLink>
          <CardMenu at={at} name={cluster.name} />
        </div>
      </div>
      {live && figures && hasFlows(live) ? (
        <StreamDrawing
          name={cluster.name}
          flows={live.flows}
          topics={figures.topics}
          partitions={figures.partitions}
        />
      ) : null}
      <div className="grid grid-cols-1 divide-line max-lg:divide-y lg:grid-cols-[minmax(0,1.6fr)_minmax(0,1fr)_minmax(0,1.5fr)] lg:divide-x [figure+&]:border-t [figure+&]:border-line">
        <Part title="Metrics">
          <Metric
            what="Production"
            colour="d1"
            unit="bytesPerSecond"
            values={figures?.series.productionBytesPerSecond}
            now={figures?.rates?.productionBytesPerSecond}
          />
          <Metric
            what="Consumption"
            colour="d2"
            unit="bytesPerSecond"
            values={figures?.series.consumptionBytesPerSecond}
            now={figures?.rates?.consumptionBytesPerSecond}
          />
          <Metric
            what="Storage"
            colour="s2"
            unit="bytes"
            values={figures?.series.storedBytes}
            now={figures?.storedBytes}
          />
        </Part>
        <Part title="Resources">
          <KeyValue term="Topics">{countOf(figures?.topics)}</KeyValue>
          <KeyValue term="Partitions">{countOf(figures?.partitions)}</KeyValue>
          <KeyValue term="Client connections">{countOf(figures?.connections)}</KeyValue>
          <KeyValue term="API keys">{formatCount(cluster.apiKeyCount)}</KeyValue>
        </Part>
        <Part title="Overview">
          <KeyValue term="ID">
            <CopyText text={cluster.id} label={`Copy ID of ${cluster.name}`} />
          </KeyValue>
          <KeyValue term="Type">{typeName(cluster.type)}</KeyValue>
          <KeyValue term="Provider & region">
            <span title={`${cluster.place.provider}, ${cluster.place.region}`}>
              {cluster.place.brief}
            </span>
          </KeyValue>
          <KeyValue term="Created">
            <DateText timestampMs={cluster.createdMs} />
          </KeyValue>
        </Part>
      </div>
    </Card>
  )
}

function Part({ title, children }: { readonly title: string; readonly children: React.ReactNode }) {
  return (
    <div className="px-4 py-3">
      <h4 className="mb-1 text-label font-[540] text-ink-2">{title}</h4>
      <dl className="flex flex-col">{children}</dl>
    </div>
  )
}

function CardMenu({ at, name }: { readonly at: ClusterAt; readonly name: string }) {
  return (
    <Menu
      trigger={
        <IconButton label={`More of ${name}`}>
          <EllipsisVertical />
        </IconButton>
      }
    >
      <MenuLink href={paths.topics(at)}>
        <Layers aria-hidden="true" className="mr-2.5 inline" />
        Topics
      </MenuLink>
      <MenuLink href={paths.apiKeys(at)}>
        <KeyRound aria-hidden="true" className="mr-2.5 inline" />
        API Keys
      </MenuLink>
      <MenuLink href={paths.clusterSettings(at)}>
        <Settings aria-hidden="true" className="mr-2.5 inline" />
        Cluster Settings
      </MenuLink>
    </Menu>
  )
}

function countOf(count: number | null | undefined) {
  if (count === null || count === undefined) return <span className="text-ink-3">–</span>
  return formatCount(count)
}
