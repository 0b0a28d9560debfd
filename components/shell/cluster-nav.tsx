import { AppWindow, Gauge, KeyRound, Layers, Plug, Settings } from 'lucide-react'
import { type ClusterAt, paths } from '../../lib/paths.ts'
import { ClusterStateBadge } from '../clusters/cluster-state-badge.tsx'
import { NavFoot } from './nav-foot.tsx'
import { NavLink } from './nav-link.tsx'

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
  const items = [
    { href: paths.cluster(at), icon: <Gauge />, text: 'Cluster Overview' },
    { href: paths.apiKeys(at), icon: <KeyRound />, text: 'API Keys' },
    {
      href: paths.topics(at),
      sections: [paths.topics(at), paths.createTopic(at)],
      icon: <Layers />,
      text: 'Topics',
    },
    { href: paths.connectors(at), icon: <Plug />, text: 'Connectors' },
    {
      href: paths.producers(at),
      sections: [paths.clients(at)],
      icon: <AppWindow />,
      text: 'Clients',
    },
    { href: paths.clusterSettings(at), icon: <Settings />, text: 'Cluster Settings' },
  ]
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
          {items.map((item) => (
            <NavLink key={item.href} {...item} sections={item.sections ?? [item.href]} />
          ))}
        </ul>
      </div>
      <NavFoot bootstrap={bootstrap} />
    </nav>
  )
}
