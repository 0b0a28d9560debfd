import type { Metadata } from 'next'
import { Suspense } from 'react'
import { ClusterStateBadge } from '@/components/clusters/cluster-state-badge'
import { ClusterTopicCounts } from '@/components/clusters/cluster-topic-counts'
import { typeName } from '@/components/clusters/type-name'
import { Page } from '@/components/shell/frame'
import { ButtonLink } from '@/components/ui/button'
import { Card, CardHeader, KeyValue, KeyValues } from '@/components/ui/card'
import { CopyText } from '@/components/ui/copy-button'
import { Note } from '@/components/ui/note'
import { PageHeader } from '@/components/ui/page-header'
import { SkeletonBar } from '@/components/ui/skeleton'
import { DateText } from '@/components/ui/time'
import { consoleSettings } from '@/lib/env'
import { formatCount } from '@/lib/format/numbers'
import { paths } from '@/lib/paths'
import { listApiKeys } from '@/lib/queries/api-keys'
import { describePlace } from '@/lib/queries/clusters'
import { type OwnCluster, requireCluster } from '@/lib/queries/ownership'
import { listTopics } from '@/lib/queries/topics'

interface Props {
  readonly params: Promise<{ envId: string; clusterId: string }>
}

export const metadata: Metadata = { title: 'Cluster Overview' }

export default async function ClusterOverviewPage({ params }: Props) {
  const at = await params
  const cluster = await requireCluster(at.envId, at.clusterId, paths.cluster(at))
  const apiKeys = await listApiKeys(cluster)
  const place = describePlace(cluster.provider, cluster.region)
  return (
    <Page>
      <PageHeader
        title="Cluster Overview"
        badge={<ClusterStateBadge state={cluster.state} isPill />}
        meta={<CopyText text={cluster.id} label="Copy cluster ID" />}
      >
        <ButtonLink href={paths.topics(at)}>Topics</ButtonLink>
        <ButtonLink href={paths.createApiKey(at)} tone="primary">
          Create key
        </ButtonLink>
      </PageHeader>
      {cluster.state === 'running' ? null : (
        <Note kind="caution">
          {cluster.state === 'provisioning'
            ? 'The broker has not confirmed this cluster yet. It is carried on when Tributary starts again.'
            : 'This cluster is being deleted. What is left of it goes when Tributary starts again.'}
        </Note>
      )}
      <div className="grid grid-cols-1 gap-4 lg:grid-cols-2">
        <Card label="Endpoints">
          <CardHeader title="Endpoints" />
          <KeyValues>
            <KeyValue term="Bootstrap server">
              <CopyText text={consoleSettings().bootstrap} label="Copy bootstrap server" />
            </KeyValue>
            <KeyValue term="Security protocol">
              <code className="text-label">SASL_PLAINTEXT</code>
            </KeyValue>
            <KeyValue term="SASL mechanism">
              <code className="text-label">PLAIN</code>
            </KeyValue>
          </KeyValues>
        </Card>
        <Card label="Resources">
          <CardHeader title="Resources" />
          <KeyValues>
            <Suspense fallback={<CountsLoading />}>
              <TopicCounts cluster={cluster} />
            </Suspense>
            <KeyValue term="API keys">{formatCount(apiKeys.length)}</KeyValue>
          </KeyValues>
        </Card>
        <Card label="Cloud details">
          <CardHeader title="Cloud details" />
          <KeyValues>
            <KeyValue term="Provider">{place.provider}</KeyValue>
            <KeyValue term="Region">{place.region}</KeyValue>
            <KeyValue term="Cluster type">{typeName(cluster.type)}</KeyValue>
            <KeyValue term="Created">
              <DateText timestampMs={cluster.createdMs} />
            </KeyValue>
          </KeyValues>
          <p className="border-t border-line px-4 py-2.5 text-label text-ink-3">
            Provider and region are names only. The cluster runs on this machine.
          </p>
        </Card>
      </div>
    </Page>
  )
}

async function TopicCounts({ cluster }: { readonly cluster: OwnCluster }) {
  return <ClusterTopicCounts topics={await listTopics(cluster)} />
}

function CountsLoading() {
  return ['Topics', 'Partitions'].map((term) => (
    <KeyValue key={term} term={term}>
      <SkeletonBar width={24} />
    </KeyValue>
  ))
}
