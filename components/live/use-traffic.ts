'use client'

import { useEffect, useState } from 'react'
import { liveMinutesMax } from '../../lib/format/time-ranges.ts'
import { type ClusterAt, paths } from '../../lib/paths.ts'
import type { LiveUpdate } from '../../lib/queries/live.ts'
import { lastMinutes, type Series } from './live-figures.ts'
import { useIsVisible } from './use-is-visible.ts'

/** Longer ranges have steps of a minute and more, so they are read again when one is over. */
const againMs = 60_000

export interface TrafficAsked {
  readonly at: ClusterAt
  /** Of this topic; of the whole cluster where absent. */
  readonly topic?: string
  readonly minutes: number
  /** The last hour, as the page's stream has it. */
  readonly recent: Series | null
}

/**
 * The series of a range: up to an hour the newest end of what the stream brings, beyond it what is
 * asked for. Null while nothing of that range is known.
 */
export function useTraffic({ at, topic, minutes, recent }: TrafficAsked): Series | null {
  const isLong = minutes > liveMinutesMax
  const isVisible = useIsVisible()
  const url = paths.clusterPoll(at, { minutes, topic })
  const [read, setRead] = useState<{ readonly url: string; readonly series: Series } | null>(null)

  useEffect(() => {
    if (!isLong || !isVisible) return
    const gone = new AbortController()
    const ask = async () => {
      const series = await readSeries(url, topic !== undefined, gone.signal)
      if (series !== null) setRead({ url, series })
    }
    void ask()
    const timer = setInterval(ask, againMs)
    return () => {
      clearInterval(timer)
      gone.abort()
    }
  }, [isLong, isVisible, url, topic])

  if (!isLong) return recent && lastMinutes(recent, minutes)
  return read?.url === url ? read.series : null
}

/** Null where it cannot be read just now: the page's stream says so, and a minute later it is asked again. */
async function readSeries(
  url: string,
  isOfTopic: boolean,
  signal: AbortSignal,
): Promise<Series | null> {
  try {
    const answer = await fetch(url, { signal })
    if (!answer.ok) return null
    const update: LiveUpdate = await answer.json()
    return isOfTopic ? (update.topic?.series ?? null) : update.cluster.series
  } catch {
    return null
  }
}
