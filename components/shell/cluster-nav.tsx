'use client'

import { AppWindow, Gauge, KeyRound, Layers, Plug, Settings } from 'lucide-react'
import { usePathname } from 'next/navigation'
import { formatCount } from '../../lib/format/numbers.ts'
import { type ClusterAt, paths } from '../../lib/paths.ts'
import type { ClusterCounts } from '../../lib/queries/cluster-counts.ts'
import { ClusterStateBadge } from '../clusters/cluster-state-badge.tsx'
import { useRepeated } from '../live/use-repeated.ts'
import { NavFoot } from './nav-foot.tsx'
import { NavLink, NavSubLink } from './nav-link.tsx'

export function ClusterNav({
  at,
  name,
  state,
  bootstrap,
}: {
  readonly at: ClusterAt
  readonly name: string
  readonly state: Parameters<typeof ClusterStateBadge>[0]['state']
  readonly bootstrap: string
}) {
  const counts = useRepeated<ClusterCounts>(paths.clusterCounts(at), { key: usePathname() })
  return (
    <nav aria-label="Cluster" className="flex h-full flex-col justify-between gap-6">
      <div className="flex flex-col gap-3">
        <div className="nav-wide hidden rounded-lg border border-line bg-sheet px-2.5 py-2 xl:block">
          <div className="truncate font-[580]" title={name}>
            {name}
          </div>
          <div className="flex items-center justify-between gap-2">
            <code className="text-tiny text-ink-2">{at.clusterId}</code>
            <ClusterStateBadge state={state} />
          </div>
        </div>
        <ul className="flex flex-col gap-0.5">
          <NavLink
            href={paths.cluster(at)}
            sections={[paths.cluster(at), paths.apiKeys(at), paths.clusterSettings(at)]}
            icon={<Gauge />}
            text="Cluster Overview"
          >
            <NavSubLink href={paths.cluster(at)} text="Dashboard" />
            <NavSubLink href={paths.apiKeys(at)} icon={<KeyRound />} text="API Keys" />
            <NavSubLink
              href={paths.clusterSettings(at)}
              icon={<Settings />}
              text="Cluster Settings"
            />
          </NavLink>
          <NavLink
            href={paths.topics(at)}
            sections={[paths.topics(at), paths.createTopic(at)]}
            icon={<Layers />}
            text="Topics"
            count={countOf(counts?.topics)}
          />
          <NavLink
            href={paths.connectors(at)}
            icon={<Plug />}
            text="Connectors"
            count={countOf(counts?.connectors)}
          />
          <NavLink
            href={paths.producers(at)}
            sections={[paths.clients(at)]}
            icon={<AppWindow />}
            text="Clients"
            count={countOf(counts?.clients)}
          />
        </ul>
      </div>
      <NavFoot bootstrap={bootstrap} />
    </nav>
  )
}

function countOf(count: number | null | undefined): string | undefined {
  return count === null || count === undefined ? undefined : formatCount(count)
}
