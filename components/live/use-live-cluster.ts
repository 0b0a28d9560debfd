'use client'

import { useReducer } from 'react'
import { type ClusterAt, paths } from '../../lib/paths.ts'
import type { LiveUpdate } from '../../lib/queries/live.ts'
import type { LiveStatus } from './follow-stream.ts'
import { addUpdate, type LiveFigures, noFigures } from './live-figures.ts'
import { useFollowed } from './use-followed.ts'

export interface LiveCluster {
  readonly at: ClusterAt
  /** What the server read with the page, so that nothing is empty at first. */
  readonly initial: LiveUpdate | null
  /** How far back the series go, 1 to 60; 5 where absent. */
  readonly minutes?: number
  /** Whose figures come along: all topics (sparklines up to 200 of them), or these, at most 200. */
  readonly topics?: 'all' | readonly string[]
  /** A topic whose own series come along. */
  readonly topic?: string
}

/**
 * The figures of a cluster after every sample of 5 s, while the tab is visible. Use it once per page,
 * since it is the page's one stream, and hand the figures down. `status` is undefined while the
 * stream is being opened and in a hidden tab.
 */
export function useLiveCluster({ at, initial, minutes = 5, topics, topic }: LiveCluster): {
  readonly figures: LiveFigures
  readonly status: LiveStatus | undefined
} {
  const [figures, add] = useReducer(addUpdate, initial, (update) =>
    update === null ? noFigures : addUpdate(noFigures, update),
  )
  const query = { minutes, topics: topics === 'all' ? '*' : topics?.join(','), topic }
  const status = useFollowed({
    streamUrl: paths.clusterStream(at, query),
    pollUrl: paths.clusterPoll(at, query),
    onUpdate: (text) => add(JSON.parse(text)),
    goneMessage: 'This cluster no longer exists.',
  })
  return { figures, status }
}
