import type { Metadata } from 'next'
import { CreateApiKey } from '@/components/api-keys/create-api-key'
import { requireSession } from '@/lib/auth/session'
import { consoleSettings } from '@/lib/env'
import { paths } from '@/lib/paths'
import { requireCluster } from '@/lib/queries/ownership'

export const metadata: Metadata = { title: 'Create key' }

interface Props {
  readonly params: Promise<{ envId: string; clusterId: string }>
}

export default async function CreateApiKeyPage({ params }: Props) {
  const at = await params
  const cluster = await requireCluster(at.envId, at.clusterId, paths.createApiKey(at))
  const { name: owner } = await requireSession(paths.createApiKey(at))
  return (
    <CreateApiKey
      at={at}
      clusterName={cluster.name}
      owner={owner}
      bootstrap={consoleSettings().bootstrap}
    />
  )
}
