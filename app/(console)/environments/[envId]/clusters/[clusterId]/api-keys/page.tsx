import { Plus } from 'lucide-react'
import type { Metadata } from 'next'
import { ApiKeyTable } from '@/components/api-keys/api-key-table'
import { Page } from '@/components/shell/page'
import { PageLoading } from '@/components/shell/page-loading'
import { soonOrLater } from '@/components/shell/soon-or-later'
import { ButtonLink } from '@/components/ui/button'
import { EmptyState } from '@/components/ui/empty-state'
import { MapDrawing } from '@/components/ui/map-drawing'
import { PageHeader } from '@/components/ui/page-header'
import { formatCount } from '@/lib/format/numbers'
import { type ClusterAt, paths } from '@/lib/paths'
import { listApiKeysInUse } from '@/lib/queries/api-keys'
import { readLimits } from '@/lib/queries/cluster-limits'
import { type OwnCluster, requireCluster } from '@/lib/queries/ownership'

export const metadata: Metadata = { title: 'API Keys' }

interface Props {
  readonly params: Promise<{ envId: string; clusterId: string }>
}

export default async function ApiKeysPage({ params }: Props) {
  const at = await params
  const cluster = await requireCluster(at.envId, at.clusterId, paths.apiKeys(at))
  return soonOrLater(read(at, cluster), <PageLoading header={<PageHeader title="API Keys" />} />)
}

async function read(at: ClusterAt, cluster: OwnCluster) {
  const [apiKeys, limits] = await Promise.all([listApiKeysInUse(cluster), readLimits(cluster)])
  const allowed = limits.find(({ name }) => name === 'apiKeys')
  const createKey = (
    <ButtonLink href={paths.createApiKey(at)} tone="primary" icon={<Plus aria-hidden="true" />}>
      Create key
    </ButtonLink>
  )
  return (
    <Page>
      <PageHeader
        title="API Keys"
        meta={
          allowed === undefined || apiKeys.length === 0 ? undefined : (
            <span>
              {formatCount(apiKeys.length)} of {formatCount(allowed.value)} that this cluster allows
            </span>
          )
        }
      >
        {apiKeys.length === 0 ? null : createKey}
      </PageHeader>
      {apiKeys.length === 0 ? (
        <EmptyState
          title="No API keys yet"
          actions={createKey}
          drawing={<MapDrawing kind="dry" className="w-full" />}
        >
          Programs sign in to this cluster with an API key: the key is their user name, its secret
          their password. The secret is shown once, when the key is made.
        </EmptyState>
      ) : (
        <ApiKeyTable at={at} apiKeys={apiKeys} />
      )}
    </Page>
  )
}
