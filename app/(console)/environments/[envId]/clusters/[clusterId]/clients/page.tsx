import { redirect } from 'next/navigation'
import { paths } from '@/lib/paths'
import { requireCluster } from '@/lib/queries/ownership'

interface Props {
  readonly params: Promise<{ envId: string; clusterId: string }>
}

export default async function ClientsPage({ params }: Props) {
  const at = await params
  await requireCluster(at.envId, at.clusterId, paths.clients(at))
  redirect(paths.producers(at))
}
