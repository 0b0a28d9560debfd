import type { Metadata } from 'next'
import { AddClusterForm } from '@/components/clusters/add-cluster/add-cluster-form'
import { consoleSettings } from '@/lib/env'
import { paths } from '@/lib/paths'
import { addClusterOptions, readAddClusterChoices } from '@/lib/queries/add-cluster'
import { listClusters } from '@/lib/queries/clusters'
import { requireEnvironment } from '@/lib/queries/ownership'

export const metadata: Metadata = { title: 'Create cluster' }

interface Props {
  readonly params: Promise<{ envId: string }>
  readonly searchParams: Promise<Record<string, string | string[] | undefined>>
}

export default async function AddClusterPage({ params, searchParams }: Props) {
  const { envId } = await params
  const environment = await requireEnvironment(envId, paths.addCluster({ envId }))
  const taken = new Set((await listClusters(environment)).map(({ name }) => name))
  let number = 0
  while (taken.has(`cluster_${number}`)) number += 1
  return (
    <AddClusterForm
      envId={envId}
      chosen={readAddClusterChoices(await searchParams)}
      options={addClusterOptions()}
      nameToStartWith={`cluster_${number}`}
      bootstrap={consoleSettings().bootstrap}
    />
  )
}
