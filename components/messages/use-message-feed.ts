'use client'

import { useCallback, useEffect, useReducer, useRef, useState } from 'react'
import { isFollowed, type MessageView, viewKey, viewQuery } from '../../lib/format/message-view.ts'
import { paths, type TopicAt } from '../../lib/paths.ts'
import type { LiveStatus } from '../live/follow-stream.ts'
import { useIsVisible } from '../live/use-is-visible.ts'
import { answeredJson } from './answered-json.ts'
import { followFeed } from './follow-feed.ts'
import { type FirstPage, nextFeed, startFeed } from './message-feed.ts'

/** The rows of a view, kept up to date while the tab is visible where the view is at the end. */
export function useMessageFeed({
  at: { envId, clusterId, topic },
  view,
  initial,
}: {
  readonly at: TopicAt
  readonly view: MessageView
  readonly initial: FirstPage
}) {
  const [feed, tell] = useReducer(nextFeed, initial, startFeed)
  const [status, setStatus] = useState<LiveStatus>()
  const [isLoading, setLoading] = useState(false)
  const [problem, setProblem] = useState<string>()
  const isVisible = useIsVisible()
  const next = useRef(feed.next)
  next.current = feed.next
  const key = viewKey(view)
  const shown = useRef({ key, view })
  const [shownKey, setShownKey] = useState(key)

  const [tries, setTries] = useState(0)
  useEffect(() => {
    if (shown.current.key === key && tries === 0) {
      // Back where it was before the other view had come.
      setLoading(false)
      return
    }
    const stop = new AbortController()
    setLoading(true)
    const url = paths.messagesPage({ envId, clusterId, topic }, viewQuery(view))
    answeredJson<FirstPage>(url, stop.signal).then(
      (page) => {
        shown.current = { key, view }
        setShownKey(key)
        tell({ type: 'opened', page })
        setProblem(undefined)
        setLoading(false)
      },
      (error: Error) => {
        if (stop.signal.aborted) return
        setProblem(error.message)
        setLoading(false)
      },
    )
    return () => stop.abort()
    // Equal keys are equal views.
  }, [key, tries, envId, clusterId, topic])

  const isOn = isFollowed(view) && isVisible && shownKey === key
  useEffect(() => {
    if (!isOn) {
      setStatus(undefined)
      return
    }
    const stop = new AbortController()
    void followFeed({
      at: { envId, clusterId, topic },
      next: () => next.current,
      onBatch: (batch) => tell({ type: 'arrived', batch }),
      onStatus: setStatus,
      signal: stop.signal,
    })
    return () => stop.abort()
    // Another view is another stream.
  }, [isOn, shownKey, envId, clusterId, topic])

  const { more } = feed
  const loadMore = useCallback(async () => {
    if (more === null) return
    setLoading(true)
    const side = isFollowed(shown.current.view) ? 'before' : 'after'
    const query = { ...viewQuery(shown.current.view), [side]: more }
    const url = paths.messagesPage({ envId, clusterId, topic }, query)
    try {
      tell({ type: 'more', ...(await answeredJson<Pick<FirstPage, 'rows' | 'more'>>(url)) })
      setProblem(undefined)
    } catch (error) {
      setProblem(error instanceof Error ? error.message : String(error))
    }
    setLoading(false)
  }, [more, envId, clusterId, topic])

  return {
    feed,
    status,
    isLoading,
    problem,
    loadMore,
    pause: (isPaused: boolean) => tell({ type: isPaused ? 'paused' : 'resumed' }),
    retry: () => setTries((count) => count + 1),
  }
}
