import type { Metadata } from 'next'
import { AddClusterLink } from '@/components/clusters/cluster-cards'
import { ClusterTable } from '@/components/clusters/cluster-table'
import { Page } from '@/components/shell/frame'
import { ButtonLink } from '@/components/ui/button'
import { MapDrawing } from '@/components/ui/map-drawing'
import { PageHeader } from '@/components/ui/page-header'
import { requireSession, type SignedIn } from '@/lib/auth/session'
import { paths } from '@/lib/paths'
import { type ClusterRow, listAllClusters } from '@/lib/queries/clusters'
import { listEnvironments } from '@/lib/queries/environments'
import { readLiveCards } from '@/lib/queries/live'

export const metadata: Metadata = { title: 'Home' }

export default async function HomePage() {
  const session = await requireSession(paths.home())
  const [[environment], clusters] = await Promise.all([
    listEnvironments(session),
    listAllClusters(session),
  ])
  const addCluster =
    environment === undefined ? (
      <ButtonLink href={paths.environments()} tone="primary">
        Add environment
      </ButtonLink>
    ) : (
      <AddClusterLink envId={environment.id} />
    )
  const viewEnvironments = <ButtonLink href={paths.environments()}>View environments</ButtonLink>
  return (
    <Page>
      {clusters.length === 0 ? (
        <>
          <PageHeader title="Welcome to Tributary">{viewEnvironments}</PageHeader>
          <FirstVisit addCluster={addCluster} />
        </>
      ) : (
        <>
          <PageHeader title={`Welcome back, ${firstName(session.name)}`}>
            {viewEnvironments}
            {addCluster}
          </PageHeader>
          <Clusters session={session} clusters={clusters} />
        </>
      )}
      <p className="text-label text-ink-3">Tributary is not affiliated with Confluent, Inc.</p>
    </Page>
  )
}

function FirstVisit({ addCluster }: { readonly addCluster: React.ReactNode }) {
  return (
    <div className="grid grid-cols-1 items-center gap-x-10 rounded-lg border border-line lg:grid-cols-[minmax(0,1fr)_360px]">
      <div className="flex flex-col items-start gap-4 p-6">
        <div className="flex flex-col gap-1.5">
          <h2 className="text-empty tracking-[-0.008em]">Set your data in motion</h2>
          <p className="max-w-[520px] text-ink-2">
            A cluster holds topics; an API key lets programs in. Both take seconds, and everything
            runs on this machine. Start here, then produce a first message by hand or with any Kafka
            client.
          </p>
        </div>
        {addCluster}
      </div>
      <MapDrawing kind="dry" className="hidden w-full lg:block" />
    </div>
  )
}

async function Clusters({
  session,
  clusters,
}: {
  readonly session: SignedIn
  readonly clusters: readonly ClusterRow[]
}) {
  const cards = await readLiveCards(session)
  return <ClusterTable clusters={clusters} initial={'ok' in cards ? cards.ok : []} />
}

function firstName(name: string): string {
  return name.trim().split(/\s+/)[0] ?? name
}
