import type { Metadata } from 'next'
import { DeleteCluster } from '@/components/clusters/delete-cluster'
import { typeName } from '@/components/clusters/type-name'
import { Page } from '@/components/shell/frame'
import { Card, CardHeader, KeyValue, KeyValues } from '@/components/ui/card'
import { CopyText } from '@/components/ui/copy-button'
import { PageHeader } from '@/components/ui/page-header'
import { paths } from '@/lib/paths'
import { requireCluster } from '@/lib/queries/ownership'

export const metadata: Metadata = { title: 'Cluster Settings' }

interface Props {
  readonly params: Promise<{ envId: string; clusterId: string }>
}

export default async function ClusterSettingsPage({ params }: Props) {
  const at = await params
  const cluster = await requireCluster(at.envId, at.clusterId, paths.clusterSettings(at))
  return (
    <Page>
      <PageHeader title="Cluster Settings" />
      <div className="flex max-w-[720px] flex-col gap-4">
        <Card label="Identification">
          <CardHeader title="Identification" />
          <KeyValues>
            <KeyValue term="Name">{cluster.name}</KeyValue>
            <KeyValue term="Cluster ID">
              <CopyText text={cluster.id} label="Copy cluster ID" />
            </KeyValue>
            <KeyValue term="Cluster type">{typeName(cluster.type)}</KeyValue>
          </KeyValues>
        </Card>
        <Card label="Delete cluster">
          <CardHeader title="Delete cluster" />
          <div className="flex flex-wrap items-center justify-between gap-4 p-4">
            <p className="max-w-[440px] text-ink-2">
              Its topics, messages, API keys and committed offsets go with it, at once and for good.
            </p>
            <DeleteCluster at={at} name={cluster.name} />
          </div>
        </Card>
      </div>
    </Page>
  )
}
