import type { Metadata } from 'next'
import { ClusterOverview } from '@/components/clusters/cluster-overview'
import { Page } from '@/components/shell/page'
import { PageLoading } from '@/components/shell/page-loading'
import { soonOrLater } from '@/components/shell/soon-or-later'
import { PageHeader } from '@/components/ui/page-header'
import { consoleSettings } from '@/lib/env'
import { type ClusterAt, paths } from '@/lib/paths'
import { listApiKeys } from '@/lib/queries/api-keys'
import { readLimits } from '@/lib/queries/cluster-limits'
import { describePlace } from '@/lib/queries/clusters'
import { type LiveUpdate, readLive } from '@/lib/queries/live'
import { readOpenListener } from '@/lib/queries/open-listener'
import { type OwnCluster, requireCluster } from '@/lib/queries/ownership'

interface Props {
  readonly params: Promise<{ envId: string; clusterId: string }>
}

export const metadata: Metadata = { title: 'Cluster Overview' }

export default async function ClusterOverviewPage({ params }: Props) {
  const at = await params
  const cluster = await requireCluster(at.envId, at.clusterId, paths.cluster(at))
  return soonOrLater(
    read(at, cluster),
    <PageLoading header={<PageHeader title="Cluster Overview" />} />,
  )
}

async function read(at: ClusterAt, cluster: OwnCluster) {
  const [apiKeys, limits, listener, live] = await Promise.all([
    listApiKeys(cluster),
    readLimits(cluster),
    readOpenListener(cluster),
    readLive(cluster, { minutes: 60, topics: 'all', topic: null }),
  ])
  return (
    <Page>
      <ClusterOverview
        key={cluster.id}
        at={at}
        cluster={cluster}
        place={describePlace(cluster.provider, cluster.region)}
        bootstrap={consoleSettings().bootstrap}
        apiKeyCount={apiKeys.length}
        limits={limits}
        openListenerPort={listener?.isOn ? listener.port : null}
        initial={'ok' in live ? withoutManyTopics(live.ok) : null}
      />
    </Page>
  )
}

/** Thousands of topics would make the page itself heavy: they come with the stream. */
function withoutManyTopics(update: LiveUpdate): LiveUpdate {
  const { topics, ...others } = update
  const isMany = Object.keys(topics?.byName ?? {}).length > 200
  return isMany ? others : update
}
