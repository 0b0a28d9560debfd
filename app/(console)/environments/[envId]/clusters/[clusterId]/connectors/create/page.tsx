import type { Metadata } from 'next'
import { notFound } from 'next/navigation'
import { AddConnector } from '@/components/connectors/wizard/add-connector'
import { Page } from '@/components/shell/page'
import { PageLoading } from '@/components/shell/page-loading'
import { soonOrLater } from '@/components/shell/soon-or-later'
import { PageHeader } from '@/components/ui/page-header'
import { Unreachable } from '@/components/ui/unreachable'
import { findPlugin, type PluginLook } from '@/lib/format/connector-plugins'
import { type ClusterAt, paths } from '@/lib/paths'
import { addConnectorOptions, readConnectorChoices } from '@/lib/queries/add-connector'
import { type OwnCluster, requireCluster } from '@/lib/queries/ownership'

export const metadata: Metadata = { title: 'Add connector' }

interface Props {
  readonly params: Promise<{ envId: string; clusterId: string }>
  readonly searchParams: Promise<Record<string, string | string[] | undefined>>
}

export default async function AddConnectorPage({ params, searchParams }: Props) {
  const at = await params
  const query = await searchParams
  const pluginClass = String(query.plugin ?? '')
  const returnTo = paths.createConnector(at, { plugin: pluginClass })
  const cluster = await requireCluster(at.envId, at.clusterId, returnTo)
  const plugin = findPlugin(pluginClass) ?? notFound()
  return soonOrLater(
    read({ at, cluster, plugin, query }),
    <PageLoading header={<PageHeader title={titleOf(plugin)} />} />,
  )
}

async function read({
  at,
  cluster,
  plugin,
  query,
}: {
  readonly at: ClusterAt
  readonly cluster: OwnCluster
  readonly plugin: PluginLook
  readonly query: Awaited<Props['searchParams']>
}) {
  const options = await addConnectorOptions(cluster, plugin)
  if ('error' in options) {
    return (
      <Page>
        <PageHeader title={titleOf(plugin)} />
        <Unreachable title="The connector cannot be added now" {...options.error} />
      </Page>
    )
  }
  return (
    <AddConnector
      at={at}
      plugin={plugin}
      chosen={readConnectorChoices(query, options.ok)}
      options={options.ok}
    />
  )
}

function titleOf({ displayName }: PluginLook): string {
  return `Add ${displayName} connector`
}
