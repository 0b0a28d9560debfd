'use client'

import { useEffect, useState } from 'react'
import { type ClusterAt, paths } from '../../lib/paths.ts'
import type { LiveUpdate } from '../../lib/queries/live.ts'
import type { TopicFigures } from '../live/live-figures.ts'
import type { FiguresByName } from './topic-rows.ts'

/** What flowed through a topic in the last five minutes. */
export type Courses = NonNullable<TopicFigures['sparklines']>

/** What is drawn for a topic that nothing flowed through. */
const still: Courses = { production: [0, 0], consumption: [0, 0] }

/** So long nobody scrolls, and the rows in sight are asked for. */
const restMs = 200

/** Names are part of an address, which servers take up to 16 KiB of. */
const namesMax = { count: 200, characters: 8000 }

/**
 * The courses of the topics in sight, by name. The stream brings them with the figures up to 200
 * topics; beyond, they are asked for with each sample (`takenMs`), for these rows only.
 */
export function useCoursesInSight({
  at,
  names,
  figures,
  takenMs,
  isStreamed,
}: {
  readonly at: ClusterAt
  readonly names: readonly string[]
  readonly figures: FiguresByName
  readonly takenMs: number | null
  readonly isStreamed: boolean
}): (name: string) => Courses | undefined {
  const [asked, setAsked] = useState<FiguresByName>({})
  const list = isStreamed ? '' : listOf(names)
  const { envId, clusterId } = at

  useEffect(() => {
    if (list === '' || takenMs === null) return
    const gone = new AbortController()
    const timer = setTimeout(async () => {
      const found = await readFigures({ envId, clusterId }, list, gone.signal)
      if (found !== null) setAsked(found)
    }, restMs)
    return () => {
      clearTimeout(timer)
      gone.abort()
    }
  }, [envId, clusterId, list, takenMs])

  return (name) => {
    // The first rows came with the page.
    if (!isStreamed && asked[name] === undefined) return figures[name]?.sparklines
    const topic = isStreamed ? figures[name] : asked[name]
    return topic === undefined ? undefined : (topic.sparklines ?? still)
  }
}

function listOf(names: readonly string[]): string {
  const list: string[] = []
  let characters = 0
  for (const name of names.slice(0, namesMax.count)) {
    characters += name.length + 1
    if (characters > namesMax.characters) break
    list.push(name)
  }
  return list.join(',')
}

/** Null where it cannot be read just now: the next sample asks again. */
async function readFigures(
  at: ClusterAt,
  topics: string,
  signal: AbortSignal,
): Promise<FiguresByName | null> {
  try {
    const answer = await fetch(paths.clusterPoll(at, { minutes: 1, topics }), { signal })
    if (!answer.ok) return null
    const update: LiveUpdate = await answer.json()
    return update.topics?.byName ?? null
  } catch {
    return null
  }
}
