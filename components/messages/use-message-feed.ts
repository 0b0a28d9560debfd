'use client'

import { useEffect, useReducer, useRef, useState } from 'react'
import type { MessageBatch } from '../../lib/format/messages.ts'
import type { TopicAt } from '../../lib/paths.ts'
import type { LiveStatus } from '../live/follow-stream.ts'
import { useIsVisible } from '../live/use-is-visible.ts'
import { followFeed } from './follow-feed.ts'
import { addBatch, startFeed } from './message-feed.ts'

/** The page's messages, kept up to date while the tab is visible and auto-refresh is on. */
export function useMessageFeed({
  at,
  initial,
  isOn,
}: {
  readonly at: TopicAt
  readonly initial: MessageBatch
  readonly isOn: boolean
}) {
  const [feed, add] = useReducer(addBatch, initial, startFeed)
  const [status, setStatus] = useState<LiveStatus>()
  const isVisible = useIsVisible()
  const next = useRef(feed.next)
  next.current = feed.next
  const { envId, clusterId, topic } = at

  useEffect(() => {
    if (!isOn || !isVisible) {
      setStatus(undefined)
      return
    }
    const stop = new AbortController()
    void followFeed({
      at: { envId, clusterId, topic },
      next: () => next.current,
      onBatch: add,
      onStatus: setStatus,
      signal: stop.signal,
    })
    return () => stop.abort()
  }, [isOn, isVisible, envId, clusterId, topic])

  return { feed, status }
}
