import { redirect } from 'next/navigation'
import { paths } from '@/lib/paths'
import { requireCluster } from '@/lib/queries/ownership'

interface Props {
  readonly params: Promise<{ envId: string; clusterId: string }>
}

export default async function ClusterPage({ params }: Props) {
  const at = await params
  await requireCluster(at.envId, at.clusterId, paths.cluster(at))
  redirect(paths.cluster(at))
}
