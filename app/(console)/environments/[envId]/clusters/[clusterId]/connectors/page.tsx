import type { Metadata } from 'next'
import { ConnectorList } from '@/components/connectors/connector-list'
import { NoConnectors } from '@/components/connectors/no-connectors'
import { Page } from '@/components/shell/page'
import { PageHeader } from '@/components/ui/page-header'
import { Unreachable } from '@/components/ui/unreachable'
import { paths } from '@/lib/paths'
import { listSampleTemplates } from '@/lib/queries/add-connector'
import { listConnectors } from '@/lib/queries/connectors'
import { requireCluster } from '@/lib/queries/ownership'

export const metadata: Metadata = { title: 'Connectors' }

interface Props {
  readonly params: Promise<{ envId: string; clusterId: string }>
}

/** The connectors of a cluster; where there are none, what can be added. */
export default async function ConnectorsPage({ params }: Props) {
  const at = await params
  const cluster = await requireCluster(at.envId, at.clusterId, paths.connectors(at))
  const connectors = await listConnectors(cluster)
  if ('error' in connectors) {
    return (
      <Page>
        <PageHeader title="Connectors" />
        <Unreachable title="The connectors cannot be read" {...connectors.error} />
      </Page>
    )
  }
  return (
    <Page>
      {connectors.ok.length === 0 ? (
        <NoConnectors at={at} templates={await listSampleTemplates(cluster)} />
      ) : (
        <ConnectorList at={at} initial={{ connectors: connectors.ok }} />
      )}
    </Page>
  )
}
