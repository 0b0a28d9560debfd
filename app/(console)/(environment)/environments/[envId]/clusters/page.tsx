import type { Metadata } from 'next'
import { AddClusterLink, ClusterCards } from '@/components/clusters/cluster-cards'
import { ThisMachine } from '@/components/clusters/this-machine'
import { EnvironmentMenu } from '@/components/environments/environment-menu'
import { Page } from '@/components/shell/page'
import { CopyText } from '@/components/ui/copy-button'
import { EmptyState } from '@/components/ui/empty-state'
import { MapDrawing } from '@/components/ui/map-drawing'
import { PageHeader } from '@/components/ui/page-header'
import { DateText } from '@/components/ui/time'
import { requireSession } from '@/lib/auth/session'
import { consoleSettings } from '@/lib/env'
import { formatPlural } from '@/lib/format/numbers'
import { paths } from '@/lib/paths'
import { type ClusterRow, listClusters } from '@/lib/queries/clusters'
import { readLiveCards } from '@/lib/queries/live'
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
  const { bootstrap, kafkaPorts, securityProtocols } = consoleSettings()
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
        <EnvironmentMenu envId={envId} name={environment.name} clusterCount={clusters.length} />
        {clusters.length === 0 ? null : <AddClusterLink envId={envId} />}
      </PageHeader>
      {clusters.length === 0 ? (
        <EmptyState
          title="No clusters yet"
          actions={<AddClusterLink envId={envId} />}
          drawing={<MapDrawing kind="dry" className="w-full" />}
        >
          A cluster holds topics and lets programs in by API keys. A Basic cluster is ready in less
          than a second and runs on this machine.
        </EmptyState>
      ) : (
        <div className="grid grid-cols-1 items-start gap-x-5 gap-y-4 xl:grid-cols-[minmax(0,1fr)_300px]">
          <Cards envId={envId} clusters={clusters} />
          <ThisMachine
            bootstrap={bootstrap}
            kafkaPorts={kafkaPorts}
            securityProtocols={securityProtocols}
          />
        </div>
      )}
    </Page>
  )
}

async function Cards({
  envId,
  clusters,
}: {
  readonly envId: string
  readonly clusters: readonly ClusterRow[]
}) {
  const session = await requireSession(paths.environment({ envId }))
  const cards = await readLiveCards(session)
  return <ClusterCards envId={envId} clusters={clusters} initial={'ok' in cards ? cards.ok : []} />
}
