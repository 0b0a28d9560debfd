import type { Metadata } from 'next'
import { AddClusterForm } from '@/components/clusters/add-cluster-form'
import { consoleSettings } from '@/lib/env'
import { paths } from '@/lib/paths'
import { listClusters, listLimits, listProviders } from '@/lib/queries/clusters'
import { requireEnvironment } from '@/lib/queries/ownership'

export const metadata: Metadata = { title: 'Create cluster' }

interface Props {
  readonly params: Promise<{ envId: string }>
}

export default async function AddClusterPage({ params }: Props) {
  const { envId } = await params
  const environment = await requireEnvironment(envId, paths.addCluster({ envId }))
  const taken = new Set((await listClusters(environment)).map(({ name }) => name))
  let number = 0
  while (taken.has(`cluster_${number}`)) number += 1
  return (
    <AddClusterForm
      envId={envId}
      providers={listProviders()}
      basicLimits={listLimits('BASIC')}
      nameToStartWith={`cluster_${number}`}
      bootstrap={consoleSettings().bootstrap}
    />
  )
}
