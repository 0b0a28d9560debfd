import type { Metadata } from 'next'
import { exploredIn, readExplored } from '@/components/metrics/explored'
import { MetricsExplorer } from '@/components/metrics/metrics-explorer'
import { Page } from '@/components/shell/page'
import { ButtonLink } from '@/components/ui/button'
import { EmptyState } from '@/components/ui/empty-state'
import { MapDrawing } from '@/components/ui/map-drawing'
import { PageHeader } from '@/components/ui/page-header'
import { requireSession } from '@/lib/auth/session'
import { consoleSettings } from '@/lib/env'
import { paths } from '@/lib/paths'
import { listApiKeys } from '@/lib/queries/api-keys'
import { metricChoices, rangeChoices, readMetric } from '@/lib/queries/metrics-explorer'
import { requireCluster } from '@/lib/queries/ownership'
import { listPlaces } from '@/lib/queries/places'

export const metadata: Metadata = { title: 'Metrics' }

interface Props {
  readonly searchParams: Promise<Record<string, string | string[] | undefined>>
}

export default async function MetricsPage({ searchParams }: Props) {
  const session = await requireSession(paths.metrics())
  const places = await listPlaces(session)
  const query = new URLSearchParams()
  for (const [name, value] of Object.entries(await searchParams)) {
    if (typeof value === 'string') query.set(name, value)
  }
  const clusters = places.flatMap(({ envId, clusters }) =>
    clusters.map((cluster) => ({ envId, ...cluster })),
  )
  const address = readExplored(query)
  // A cluster of somebody else's is one that there is not.
  const at = clusters.find(({ clusterId }) => clusterId === address.cluster) ?? clusters[0]
  if (at === undefined) return <NoClusters envId={places[0]?.envId} />
  const cluster = await requireCluster(at.envId, at.clusterId, paths.metrics())
  const { metric, ...rest } = exploredIn(address, metricChoices, rangeChoices)
  const [apiKeys, read] = await Promise.all([
    listApiKeys(cluster),
    readMetric(cluster, { metric: metric.name, ...rest }),
  ])
  return (
    <Page>
      <MetricsExplorer
        key={at.clusterId}
        places={places}
        at={{ envId: at.envId, clusterId: at.clusterId, name: at.name }}
        apiKey={apiKeys[0]?.key ?? null}
        consoleUrl={consoleSettings().consoleUrl}
        metrics={metricChoices}
        ranges={rangeChoices}
        initial={'ok' in read ? read.ok : null}
      />
    </Page>
  )
}

function NoClusters({ envId }: { readonly envId: string | undefined }) {
  return (
    <Page>
      <PageHeader title="Metrics" />
      <EmptyState
        title="No clusters to measure yet"
        actions={
          envId === undefined ? undefined : (
            <ButtonLink href={paths.addCluster({ envId })} tone="primary">
              Add cluster
            </ButtonLink>
          )
        }
        drawing={<MapDrawing kind="dry" className="w-full" />}
      >
        Every cluster is measured from its first moment on: what its topics, clients and connectors
        receive and send, for 7 days.
      </EmptyState>
    </Page>
  )
}
