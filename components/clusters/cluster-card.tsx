import Link from 'next/link'
import { formatCount } from '../../lib/format/numbers.ts'
import { type ClusterAt, paths } from '../../lib/paths.ts'
import type { ClusterRow } from '../../lib/queries/clusters.ts'
import { ButtonLink } from '../ui/button.tsx'
import { Card, KeyValue, KeyValues } from '../ui/card.tsx'
import { CopyText } from '../ui/copy-button.tsx'
import { DateText } from '../ui/time.tsx'
import { ClusterStateBadge } from './cluster-state-badge.tsx'
import { typeName } from './type-name.ts'

export function ClusterCard({
  at,
  cluster,
  place,
}: {
  readonly at: ClusterAt
  readonly cluster: ClusterRow
  readonly place: { readonly provider: string; readonly region: string }
}) {
  return (
    <Card label={cluster.name}>
      <div className="flex flex-wrap items-center justify-between gap-x-4 gap-y-2 border-b border-line px-4 py-2.5">
        <div className="flex min-w-0 items-center gap-3">
          <h3 className="truncate text-section">
            <Link href={paths.cluster(at)} className="rounded-sm hover:text-river">
              {cluster.name}
            </Link>
          </h3>
          <ClusterStateBadge state={cluster.state} />
        </div>
        <ButtonLink href={paths.cluster(at)} size="small">
          Open cluster
        </ButtonLink>
      </div>
      <div className="grid grid-cols-1 divide-line max-md:divide-y md:grid-cols-2 md:divide-x">
        <KeyValues>
          <KeyValue term="ID">
            <CopyText text={cluster.id} label={`Copy ID of ${cluster.name}`} />
          </KeyValue>
          <KeyValue term="Type">{typeName(cluster.type)}</KeyValue>
          <KeyValue term="Provider & region">
            {place.provider} | {place.region}
          </KeyValue>
        </KeyValues>
        <KeyValues>
          <KeyValue term="API keys">{formatCount(cluster.apiKeyCount)}</KeyValue>
          <KeyValue term="Created">
            <DateText timestampMs={cluster.createdMs} />
          </KeyValue>
        </KeyValues>
      </div>
    </Card>
  )
}
