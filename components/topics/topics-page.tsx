'use client'

import { Plus } from 'lucide-react'
import { useMemo, useRef } from 'react'
import { type ClusterAt, paths } from '../../lib/paths.ts'
import type { LiveUpdate } from '../../lib/queries/live.ts'
import { LiveMark } from '../live/live-mark.tsx'
import { useLiveCluster } from '../live/use-live-cluster.ts'
import { ButtonLink } from '../ui/button.tsx'
import { PageHeader } from '../ui/page-header.tsx'
import { TopicList } from './topic-list.tsx'
import { type FiguresByName, type TopicRow, type TopicTuple, topicRows } from './topic-rows.ts'

/** The list of topics with its header, kept up to date by the page's one stream. */
export function TopicsPage({
  at,
  topics,
  live,
}: {
  readonly at: ClusterAt
  readonly topics: readonly TopicTuple[]
  /** Figures of the first rows, so that nothing is empty at first. */
  readonly live: LiveUpdate | null
}) {
  const { figures, status } = useLiveCluster({ at, initial: live, topics: 'all' })
  const rows = useTopicRows(topics, figures.topicsByName)
  return (
    <>
      <PageHeader title="Topics">
        <LiveMark status={status} takenMs={figures.cluster?.takenMs ?? null} />
        <ButtonLink href={paths.createTopic(at)} tone="primary" icon={<Plus aria-hidden="true" />}>
          Add topic
        </ButtonLink>
      </PageHeader>
      <TopicList
        at={at}
        rows={rows}
        figures={figures.topicsByName}
        takenMs={figures.cluster?.takenMs ?? null}
      />
    </>
  )
}

function useTopicRows(topics: readonly TopicTuple[], figures: FiguresByName): readonly TopicRow[] {
  const seen = useRef(new Set<string>())
  return useMemo(() => {
    const rows = topicRows(topics, figures, seen.current)
    for (const name of Object.keys(figures)) seen.current.add(name)
    return rows
  }, [topics, figures])
}
