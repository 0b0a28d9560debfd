import type { Metadata } from 'next'
import { ConnectorLogs } from '@/components/connectors/connector-logs'
import { Page } from '@/components/shell/page'
import { Unreachable } from '@/components/ui/unreachable'
import { connectorAt } from '@/lib/connector-at'
import { paths } from '@/lib/paths'
import { requireConnectorPage } from '@/lib/queries/connector-page'

interface Props {
  readonly params: Promise<{ envId: string; clusterId: string; connector: string }>
}

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  return { title: `Logs · ${connectorAt(await params).connector}` }
}

export default async function ConnectorLogsPage({ params }: Props) {
  const at = connectorAt(await params)
  const page = await requireConnectorPage(at, { show: 'logs', returnTo: paths.connectorLogs(at) })
  return (
    <Page>
      {'error' in page ? (
        <Unreachable title="The connector cannot be read" {...page.error} />
      ) : (
        <ConnectorLogs key={page.ok.connector.id} at={at} initial={page.ok} />
      )}
    </Page>
  )
}
