import type { Metadata } from 'next'
import { ClientsHeader } from '@/components/clients/clients-header'
import { ConsumerLag } from '@/components/clients/consumer-lag'
import { Page } from '@/components/shell/page'
import { Unreachable } from '@/components/ui/unreachable'
import { paths } from '@/lib/paths'
import { readGroups } from '@/lib/queries/groups'
import { requireCluster } from '@/lib/queries/ownership'

export const metadata: Metadata = { title: 'Consumer lag' }

interface Props {
  readonly params: Promise<{ envId: string; clusterId: string }>
  readonly searchParams: Promise<Record<string, string | string[] | undefined>>
}

export default async function ConsumerLagPage({ params, searchParams }: Props) {
  const at = await params
  const cluster = await requireCluster(at.envId, at.clusterId, paths.consumerLag(at))
  const query = await searchParams
  const q = textOf(query.q)
  const named = textOf(query.group)
  const listed = await readGroups(cluster, { q, group: named })
  if ('error' in listed) {
    return (
      <Page>
        <ClientsHeader at={at} current="lag" />
        <Unreachable title="The consumer groups cannot be read" {...listed.error} />
      </Page>
    )
  }
  const firstGroup = named ?? listed.ok.groups[0]?.groupId
  // Where the address names no group, the first one is opened.
  const opened =
    named === undefined && firstGroup !== undefined
      ? await readGroups(cluster, { q, group: firstGroup })
      : listed
  return (
    <Page>
      <ConsumerLag
        key={cluster.id}
        at={at}
        initial={'ok' in opened ? opened.ok : listed.ok}
        firstGroup={firstGroup}
      />
    </Page>
  )
}

function textOf(value: string | string[] | undefined): string | undefined {
  return typeof value === 'string' && value !== '' ? value : undefined
}
