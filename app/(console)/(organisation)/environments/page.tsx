import type { Metadata } from 'next'
import { AddEnvironment } from '@/components/environments/add-environment'
import { EnvironmentTable } from '@/components/environments/environment-table'
import { Page } from '@/components/shell/page'
import { EmptyState } from '@/components/ui/empty-state'
import { PageHeader } from '@/components/ui/page-header'
import { requireSession } from '@/lib/auth/session'
import { paths } from '@/lib/paths'
import { type ClusterRow, listAllClusters } from '@/lib/queries/clusters'
import { listEnvironments } from '@/lib/queries/environments'
import { readLiveCards } from '@/lib/queries/live'

export const metadata: Metadata = { title: 'Environments' }

export default async function EnvironmentsPage() {
  const session = await requireSession(paths.environments())
  const [environments, clusters, cards] = await Promise.all([
    listEnvironments(session),
    listAllClusters(session),
    readLiveCards(session),
  ])
  return (
    <Page>
      <PageHeader title="Environments">
        <AddEnvironment />
      </PageHeader>
      {environments.length === 0 ? (
        <EmptyState title="No environments">
          An environment holds clusters. Add one to create a cluster in it.
        </EmptyState>
      ) : (
        <EnvironmentTable
          environments={environments}
          clusterIds={idsByEnvironment(clusters)}
          initial={'ok' in cards ? cards.ok : []}
        />
      )}
    </Page>
  )
}

function idsByEnvironment(clusters: readonly ClusterRow[]): Record<string, readonly string[]> {
  const ids: Record<string, readonly string[]> = {}
  for (const { id, envId } of clusters) ids[envId] = [...(ids[envId] ?? []), id]
  return ids
}
