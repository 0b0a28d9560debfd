'use client'

import { Plus } from 'lucide-react'
import { useRouter } from 'next/navigation'
import { useEffect, useState } from 'react'
import { formatCount } from '../../lib/format/numbers.ts'
import { paths } from '../../lib/paths.ts'
import type { ClusterRow } from '../../lib/queries/clusters.ts'
import type { LiveCard } from '../../lib/queries/live.ts'
import { LiveMark } from '../live/live-mark.tsx'
import { useLiveCards } from '../live/use-live-cards.ts'
import { ButtonLink } from '../ui/button.tsx'
import { SearchField } from '../ui/search-field.tsx'
import { ClusterCard } from './cluster-card.tsx'

/** With more clusters than this, a field finds one. */
const searchFrom = 4

/** The clusters of an environment with what flows through them now. */
export function ClusterCards({
  envId,
  clusters,
  initial,
}: {
  readonly envId: string
  readonly clusters: readonly ClusterRow[]
  readonly initial: readonly LiveCard[]
}) {
  const [text, setText] = useState('')
  const { cards, status } = useLiveCards(initial)
  useRefreshOnChange(clusters, cards)
  const found = clusters.filter(({ name, id }) =>
    [name, id].some((known) => known.toLowerCase().includes(text.trim().toLowerCase())),
  )
  const takenMs = newestOf(cards)
  return (
    <section aria-labelledby="clusters" className="flex min-w-0 flex-col gap-3">
      <div className="flex flex-wrap items-center justify-between gap-x-6 gap-y-2">
        <h2 id="clusters" className="text-section tracking-[-0.008em]">
          Live ({formatCount(clusters.length)})
        </h2>
        <div className="flex flex-wrap items-center gap-4">
          <LiveMark status={status} takenMs={takenMs} />
          {clusters.length >= searchFrom ? (
            <SearchField label="Search clusters" value={text} onChange={setText} hasShortcut />
          ) : null}
        </div>
      </div>
      <ul className="flex flex-col gap-4">
        {found.map((cluster) => (
          <li key={cluster.id}>
            <ClusterCard
              at={{ envId, clusterId: cluster.id }}
              cluster={cluster}
              live={cards.get(cluster.id)}
            />
          </li>
        ))}
      </ul>
      {found.length === 0 ? (
        <p className="py-3 text-ink-2">No cluster's name or ID contains “{text}”.</p>
      ) : null}
      <p className="text-label text-ink-3">
        Each line shows the last 5 minutes on its own scale. Bytes per second are of record batches
        as stored.
      </p>
    </section>
  )
}

export function AddClusterLink({ envId }: { readonly envId: string }) {
  return (
    <ButtonLink
      href={paths.addCluster({ envId })}
      tone="primary"
      icon={<Plus aria-hidden="true" />}
    >
      Add cluster
    </ButtonLink>
  )
}

/** Time of the newest sample of any of them. */
export function newestOf(cards: ReadonlyMap<string, LiveCard>): number | null {
  const times = [...cards.values()].flatMap(({ figures }) => figures.takenMs ?? [])
  return times.length === 0 ? null : Math.max(...times)
}

/** A cluster that was deleted, in another tab or by this one's action, leaves the list. */
export function useRefreshOnChange(
  clusters: readonly ClusterRow[],
  cards: ReadonlyMap<string, LiveCard>,
) {
  const router = useRouter()
  const isOutdated = cards.size > 0 && clusters.some(({ id }) => !cards.has(id))
  useEffect(() => {
    if (isOutdated) router.refresh()
  }, [isOutdated, router])
}
