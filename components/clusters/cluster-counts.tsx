'use client'

import { AppWindow, Cable, KeyRound, Layers, Plug, Rows3 } from 'lucide-react'
import type { ReactNode } from 'react'
import { formatCount } from '../../lib/format/numbers.ts'
import { type ClusterAt, paths } from '../../lib/paths.ts'
import type { ClusterCounts as Counts } from '../../lib/queries/cluster-counts.ts'
import type { LimitView } from '../../lib/queries/cluster-limits.ts'
import type { LiveFigures } from '../live/live-figures.ts'
import { useRepeated } from '../live/use-repeated.ts'
import { Card } from '../ui/card.tsx'

/** How much of everything there is, of how much there may be. */
export function ClusterCounts({
  at,
  figures,
  apiKeyCount,
  limits,
}: {
  readonly at: ClusterAt
  readonly figures: LiveFigures
  readonly apiKeyCount: number
  readonly limits: readonly LimitView[]
}) {
  const { cluster, topicsByName } = figures
  const counts = useRepeated<Counts>(paths.clusterCounts(at))
  const writtenTo = Object.values(topicsByName).filter(
    ({ rates }) => rates !== null && rates.productionBytesPerSecond > 0,
  ).length
  const allowed = (name: LimitView['name']) => {
    const limit = limits.find((candidate) => candidate.name === name)
    return limit === undefined ? '' : `of ${formatCount(limit.value)} allowed`
  }
  return (
    <Card label="Resources">
      <h2 className="sr-only">Resources</h2>
      <dl className="divide-y divide-line">
        <Count
          icon={<Layers />}
          term="Topics"
          value={cluster?.topics}
          hint={`${formatCount(writtenTo)} written to in the last 5 s`}
        />
        <Count
          icon={<Rows3 />}
          term="Partitions"
          value={cluster?.partitions}
          hint={allowed('partitions')}
        />
        <Count
          icon={<Plug />}
          term="Connectors"
          value={counts?.connectors}
          hint={statesText(counts?.connectorStates ?? {})}
        />
        <Count
          icon={<AppWindow />}
          term="Clients"
          value={counts?.clients}
          hint="Client IDs of the last 10 minutes"
        />
        <Count
          icon={<Cable />}
          term="Client connections"
          value={cluster?.connections}
          hint={`${allowed('connections')}, without this console's own`}
        />
        <Count icon={<KeyRound />} term="API keys" value={apiKeyCount} hint={allowed('apiKeys')} />
      </dl>
    </Card>
  )
}

/** `2 running, 1 paused` */
function statesText(states: Counts['connectorStates']): string {
  const parts = Object.entries(states).map(([state, count]) => `${count} ${state.toLowerCase()}`)
  return parts.length === 0 ? 'None yet' : parts.join(', ')
}

function Count({
  icon,
  term,
  value,
  hint,
}: {
  readonly icon: ReactNode
  readonly term: string
  readonly value: number | null | undefined
  readonly hint: string
}) {
  return (
    <div className="grid grid-cols-[16px_minmax(0,1fr)_auto] gap-x-3 px-4 py-3 [&_svg]:mt-0.5 [&_svg]:size-4 [&_svg]:stroke-[1.75] [&_svg]:text-ink-3">
      <dt className="contents">
        <span aria-hidden="true">{icon}</span>
        <span>{term}</span>
      </dt>
      <dd className="text-right font-[600]">
        {value === null || value === undefined ? (
          <span className="font-[400] text-ink-3">–</span>
        ) : (
          formatCount(value)
        )}
      </dd>
      <dd className="col-span-2 col-start-2 text-label text-ink-3">{hint}</dd>
    </div>
  )
}
