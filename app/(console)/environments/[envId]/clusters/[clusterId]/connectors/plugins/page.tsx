import type { Metadata } from 'next'
import { PluginCatalogue } from '@/components/connectors/plugin-catalogue'
import { Page } from '@/components/shell/page'
import { PageHeader } from '@/components/ui/page-header'
import { paths } from '@/lib/paths'
import { listSampleTemplates } from '@/lib/queries/add-connector'
import { requireCluster } from '@/lib/queries/ownership'

export const metadata: Metadata = { title: 'Connector Plugins' }

interface Props {
  readonly params: Promise<{ envId: string; clusterId: string }>
}

export default async function ConnectorPluginsPage({ params }: Props) {
  const at = await params
  const cluster = await requireCluster(at.envId, at.clusterId, paths.connectorPlugins(at))
  return (
    <Page>
      <PageHeader title="Connector Plugins" />
      <PluginCatalogue at={at} templates={await listSampleTemplates(cluster)} isAlone={false} />
    </Page>
  )
}
