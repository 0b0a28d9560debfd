import { redirect } from 'next/navigation'
import { connectorAt } from '@/lib/connector-at'
import { paths } from '@/lib/paths'
import { requireConnectorPage } from '@/lib/queries/connector-page'

interface Props {
  readonly params: Promise<{ envId: string; clusterId: string; connector: string }>
}

export default async function ConnectorRoute({ params }: Props) {
  const at = connectorAt(await params)
  await requireConnectorPage(at, { show: 'settings', returnTo: paths.connector(at) })
  redirect(paths.connector(at))
}
