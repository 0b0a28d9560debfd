'use client'

import { useCallback } from 'react'
import { formatCount } from '../../lib/format/numbers.ts'
import { paths, type TopicAt } from '../../lib/paths.ts'
import { ButtonLink } from '../ui/button.tsx'
import { Segmented } from '../ui/segmented.tsx'
import { useAddressState } from '../ui/use-address-state.ts'
import { PartitionTable, type ShownPartition } from './partition-table.tsx'
import { type ShownConfig, TopicConfigTable } from './topic-config-table.tsx'

type Part = 'settings' | 'partitions'

/** The settings of a topic, or its partitions; which of them stands in the address. */
export function TopicConfiguration({
  at,
  configs,
  partitions,
}: {
  readonly at: TopicAt
  readonly configs: readonly ShownConfig[]
  readonly partitions: readonly ShownPartition[]
}) {
  const hrefOf = useCallback(
    (shown: Part) => paths.topicConfiguration(at, shown === 'partitions' ? { show: shown } : {}),
    [at],
  )
  const [part, show] = useAddressState(partIn, hrefOf)
  const ownCount = configs.filter(({ isOverride }) => isOverride).length

  return (
    <>
      <div className="flex flex-wrap items-center justify-between gap-x-4 gap-y-3">
        <Segmented
          label="Show"
          options={[
            { value: 'settings', label: 'Settings' },
            { value: 'partitions', label: `Partitions (${formatCount(partitions.length)})` },
          ]}
          value={part}
          onChange={show}
        />
        {part === 'settings' ? (
          <div className="flex flex-wrap items-center gap-x-4 gap-y-2">
            <p className="text-label text-ink-2">
              {`${formatCount(ownCount)} of ${formatCount(configs.length)} set on this topic`}
            </p>
            <ButtonLink href={paths.editTopic(at)} size="small">
              Edit settings
            </ButtonLink>
          </div>
        ) : null}
      </div>
      {part === 'settings' ? (
        <TopicConfigTable configs={configs} />
      ) : (
        <PartitionTable partitions={partitions} />
      )}
    </>
  )
}

function partIn(query: Pick<URLSearchParams, 'get'>): Part {
  return query.get('show') === 'partitions' ? 'partitions' : 'settings'
}
