import type { Metadata } from 'next'
import { ConnectorSettings } from '@/components/connectors/connector-settings'
import { Page } from '@/components/shell/page'
import { Unreachable } from '@/components/ui/unreachable'
import { connectorAt } from '@/lib/connector-at'
import { paths } from '@/lib/paths'
import { listSampleTemplates } from '@/lib/queries/add-connector'
import { requireConnectorPage } from '@/lib/queries/connector-page'
import { requireCluster } from '@/lib/queries/ownership'

interface Props {
  readonly params: Promise<{ envId: string; clusterId: string; connector: string }>
}

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  return { title: `Settings · ${connectorAt(await params).connector}` }
}

export default async function ConnectorSettingsPage({ params }: Props) {
  const at = connectorAt(await params)
  const returnTo = paths.connectorSettings(at)
  const page = await requireConnectorPage(at, { show: 'settings', returnTo })
  const templates = await listSampleTemplates(
    await requireCluster(at.envId, at.clusterId, returnTo),
  )
  return (
    <Page>
      {'error' in page ? (
        <Unreachable title="The connector cannot be read" {...page.error} />
      ) : (
        <ConnectorSettings
          key={page.ok.connector.id}
          at={at}
          initial={page.ok}
          templates={templates}
        />
      )}
    </Page>
  )
}
