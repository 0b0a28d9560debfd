'use client'

import { useEffect, useRef, useState } from 'react'
import { followStream, type LiveStatus } from './follow-stream.ts'
import { useIsVisible } from './use-is-visible.ts'

/** Follows a stream of `live` events, or asks, while the tab is visible; other addresses begin anew. */
export function useFollowed({
  streamUrl,
  pollUrl,
  pollMs,
  onUpdate,
  goneMessage,
}: {
  /** Null asks again and again instead. */
  readonly streamUrl: string | null
  readonly pollUrl: string
  /** How often to ask; every 5 s where absent. */
  readonly pollMs?: number
  /** The JSON of an update. */
  readonly onUpdate: (text: string) => void
  readonly goneMessage: string
}): LiveStatus | undefined {
  const [status, setStatus] = useState<LiveStatus>()
  const isVisible = useIsVisible()
  const update = useRef(onUpdate)
  update.current = onUpdate

  useEffect(() => {
    if (!isVisible) {
      setStatus(undefined)
      return
    }
    const stop = new AbortController()
    void followStream({
      streamUrl: streamUrl === null ? null : () => streamUrl,
      pollUrl: () => pollUrl,
      ...(pollMs === undefined ? {} : { pollMs }),
      onEvent(event, data) {
        if (event === 'live') update.current(data)
      },
      onPolled: (text) => update.current(text),
      onStatus: setStatus,
      goneMessage,
      signal: stop.signal,
    })
    return () => stop.abort()
  }, [isVisible, streamUrl, pollUrl, pollMs, goneMessage])

  return status
}
