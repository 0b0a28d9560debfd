import { Plus } from 'lucide-react'
import type { Metadata } from 'next'
import { ClusterCard } from '@/components/clusters/cluster-card'
import { Page } from '@/components/shell/frame'
import { ButtonLink } from '@/components/ui/button'
import { CopyText } from '@/components/ui/copy-button'
import { EmptyState } from '@/components/ui/empty-state'
import { MapDrawing } from '@/components/ui/map-drawing'
import { PageHeader } from '@/components/ui/page-header'
import { DateText } from '@/components/ui/time'
import { formatCount, formatPlural } from '@/lib/format/numbers'
import { paths } from '@/lib/paths'
import { describePlace, listClusters } from '@/lib/queries/clusters'
import { requireEnvironment } from '@/lib/queries/ownership'

interface Props {
  readonly params: Promise<{ envId: string }>
}

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const { envId } = await params
  const environment = await requireEnvironment(envId, paths.environment({ envId }))
  return { title: environment.name }
}

export default async function ClustersPage({ params }: Props) {
  const { envId } = await params
  const environment = await requireEnvironment(envId, paths.environment({ envId }))
  const clusters = await listClusters(environment)
  const addCluster = (
    <ButtonLink
      href={paths.addCluster({ envId })}
      tone="primary"
      icon={<Plus aria-hidden="true" />}
    >
      Add cluster
    </ButtonLink>
  )
  return (
    <Page>
      <PageHeader
        title={environment.name}
        meta={
          <>
            <CopyText text={environment.id} label="Copy environment ID" />
            <span>{formatPlural(clusters.length, 'cluster')}</span>
            <span>
              Created <DateText timestampMs={environment.createdMs} />
            </span>
          </>
        }
      >
        {clusters.length === 0 ? null : addCluster}
      </PageHeader>
      {clusters.length === 0 ? (
        <EmptyState
          title="No clusters yet"
          actions={addCluster}
          drawing={<MapDrawing kind="dry" className="w-full" />}
        >
          A cluster holds topics and lets programs in by API keys. A Basic cluster is ready in less
          than a second and runs on this machine.
        </EmptyState>
      ) : (
        <>
          <h2 className="text-section tracking-[-0.008em]">
            Live ({formatCount(clusters.length)})
          </h2>
          <ul className="flex flex-col gap-4">
            {clusters.map((cluster) => (
              <li key={cluster.id}>
                <ClusterCard
                  at={{ envId, clusterId: cluster.id }}
                  cluster={cluster}
                  place={describePlace(cluster.provider, cluster.region)}
                />
              </li>
            ))}
          </ul>
        </>
      )}
    </Page>
  )
}
