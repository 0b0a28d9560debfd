import type { Metadata } from 'next'
import { DeleteCluster } from '@/components/clusters/delete-cluster'
import { LimitValues } from '@/components/clusters/limit-values'
import { OpenListener } from '@/components/clusters/open-listener'
import { RenameCluster } from '@/components/clusters/rename-cluster'
import { RestEndpoint } from '@/components/clusters/rest-endpoint'
import { TrustDownloads } from '@/components/clusters/trust-downloads'
import { typeName } from '@/components/clusters/type-name'
import { Page } from '@/components/shell/page'
import { PageLoading } from '@/components/shell/page-loading'
import { soonOrLater } from '@/components/shell/soon-or-later'
import { Card, CardHeader, KeyValue, KeyValues } from '@/components/ui/card'
import { CopyText } from '@/components/ui/copy-button'
import { PageHeader } from '@/components/ui/page-header'
import { DateText } from '@/components/ui/time'
import { type ConsoleSettings, consoleSettings } from '@/lib/env'
import { availabilityWord } from '@/lib/format/availabilities'
import { type ClusterAt, paths } from '@/lib/paths'
import { type LimitView, readLimits } from '@/lib/queries/cluster-limits'
import { describePlace } from '@/lib/queries/clusters'
import { readOpenListener } from '@/lib/queries/open-listener'
import { type OwnCluster, requireCluster } from '@/lib/queries/ownership'

export const metadata: Metadata = { title: 'Cluster Settings' }

interface Props {
  readonly params: Promise<{ envId: string; clusterId: string }>
}

export default async function ClusterSettingsPage({ params }: Props) {
  const at = await params
  const cluster = await requireCluster(at.envId, at.clusterId, paths.clusterSettings(at))
  return soonOrLater(
    read(at, cluster),
    <PageLoading header={<PageHeader title="Cluster Settings" />} />,
  )
}

async function read(at: ClusterAt, cluster: OwnCluster) {
  const [limits, listener] = await Promise.all([readLimits(cluster), readOpenListener(cluster)])
  const settings = consoleSettings()
  return (
    <Page>
      <PageHeader title="Cluster Settings" />
      <div className="grid grid-cols-1 items-start gap-4 lg:grid-cols-2">
        <div className="flex flex-col gap-4">
          <Identification at={at} cluster={cluster} />
          <ClusterType type={cluster.type} limits={limits} />
        </div>
        <div className="flex flex-col gap-4">
          <Endpoints settings={settings} clusterId={cluster.id} />
          <CloudDetails cluster={cluster} />
        </div>
        <div className="lg:col-span-2">
          <OpenListener at={at} clusterName={cluster.name} listener={listener} />
        </div>
        <Card label="Delete cluster" className="lg:col-span-2">
          <CardHeader title="Delete cluster" />
          <div className="flex flex-wrap items-center justify-between gap-4 p-4">
            <DeleteCluster at={at} name={cluster.name} />
          </div>
        </Card>
      </div>
    </Page>
  )
}

function ClusterType({
  type,
  limits,
}: {
  readonly type: string
  readonly limits: readonly LimitView[]
}) {
  return (
    <Card label="Cluster type">
      <CardHeader title="Cluster type" />
      <KeyValues>
        <KeyValue term="Type">{typeName(type)}</KeyValue>
        <LimitValues limits={limits} />
      </KeyValues>
      <p className="border-t border-line px-4 py-2.5 text-label text-ink-3">
        These limits are enforced. Throughput is limited by this machine alone.
      </p>
    </Card>
  )
}

function Identification({ at, cluster }: { readonly at: ClusterAt; readonly cluster: OwnCluster }) {
  return (
    <Card label="Identification">
      <CardHeader title="Identification">
        <RenameCluster at={at} name={cluster.name} />
      </CardHeader>
      <KeyValues>
        <KeyValue term="Name">{cluster.name}</KeyValue>
        <KeyValue term="Cluster ID">
          <CopyText text={cluster.id} label="Copy cluster ID" />
        </KeyValue>
        <KeyValue term="Environment">{cluster.environmentName}</KeyValue>
        <KeyValue term="Created">
          <DateText timestampMs={cluster.createdMs} />
        </KeyValue>
      </KeyValues>
    </Card>
  )
}

function Endpoints({
  settings: { bootstrap, consoleUrl, securityProtocols },
  clusterId,
}: {
  readonly settings: ConsoleSettings
  readonly clusterId: string
}) {
  return (
    <Card label="Endpoints">
      <CardHeader title="Endpoints" />
      <KeyValues>
        <KeyValue term="Bootstrap server">
          <CopyText text={bootstrap} label="Copy bootstrap server" />
        </KeyValue>
        <KeyValue term="Security protocol">
          <span className="flex flex-wrap justify-end gap-x-3">
            {securityProtocols.map((protocol) => (
              <CopyText key={protocol} text={protocol} label={`Copy ${protocol}`} />
            ))}
          </span>
        </KeyValue>
        <KeyValue term="SASL mechanism">
          <CopyText text="PLAIN" label="Copy SASL mechanism" />
        </KeyValue>
        {securityProtocols.includes('SASL_SSL') && (
          <KeyValue term="For SASL_SSL">
            <TrustDownloads />
          </KeyValue>
        )}
      </KeyValues>
      <RestEndpoint url={consoleUrl} clusterId={clusterId} />
      <p className="border-t border-line px-4 py-2.5 text-label text-ink-3">
        The API key that a program signs in with decides which cluster it sees.
        {securityProtocols.includes('SASL_SSL') && (
          <>
            {' '}
            By TLS it has to trust this installation’s own certificate authority; the trust store’s
            password is <code>changeit</code>.
          </>
        )}
      </p>
    </Card>
  )
}

function CloudDetails({ cluster }: { readonly cluster: OwnCluster }) {
  const place = describePlace(cluster.provider, cluster.region)
  return (
    <Card label="Cloud details">
      <CardHeader title="Cloud details" />
      <KeyValues>
        <KeyValue term="Provider">{place.provider}</KeyValue>
        <KeyValue term="Region">{place.region}</KeyValue>
        <KeyValue term="Availability">{availabilityWord(cluster.availability)}</KeyValue>
      </KeyValues>
      <p className="border-t border-line px-4 py-2.5 text-label text-ink-3">
        Names only. The cluster runs on this machine.
      </p>
    </Card>
  )
}
