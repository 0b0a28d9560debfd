import type { Metadata } from 'next'
import { ClientList } from '@/components/clients/client-list'
import { ClientsHeader } from '@/components/clients/clients-header'
import { Page } from '@/components/shell/page'
import { Unreachable } from '@/components/ui/unreachable'
import { paths } from '@/lib/paths'
import { readClients } from '@/lib/queries/clients'
import { requireCluster } from '@/lib/queries/ownership'

export const metadata: Metadata = { title: 'Producers' }

interface Props {
  readonly params: Promise<{ envId: string; clusterId: string }>
}

export default async function ProducersPage({ params }: Props) {
  const at = await params
  const cluster = await requireCluster(at.envId, at.clusterId, paths.producers(at))
  const read = await readClients(cluster)
  return (
    <Page>
      {'ok' in read ? (
        <ClientList key={cluster.id} at={at} kind="producers" initial={read.ok} />
      ) : (
        <>
          <ClientsHeader at={at} current="producers" />
          <Unreachable title="The clients cannot be read" {...read.error} />
        </>
      )}
    </Page>
  )
}
