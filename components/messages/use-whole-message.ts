'use client'

import { useCallback, useEffect, useState } from 'react'
import type { MessageRow, Payload } from '../../lib/format/messages.ts'
import { placeOf } from '../../lib/format/messages.ts'
import { paths, type TopicAt } from '../../lib/paths.ts'

/** What is loaded without asking when a message is opened; larger ones wait for a click. */
const bytesUnasked = 256 * 1024

/** The message with all of its bytes: lists bring only the beginning of large ones. */
export function useWholeMessage(at: TopicAt, row: MessageRow) {
  const [loaded, setLoaded] = useState<MessageRow>()
  const [isLoading, setLoading] = useState(false)
  const [problem, setProblem] = useState<string>()
  const place = placeOf(row)
  const url = paths.message(at, row)

  const load = useCallback(async () => {
    setLoading(true)
    setProblem(undefined)
    try {
      const answer = await fetch(url, { cache: 'no-store' })
      if (answer.ok) setLoaded(await answer.json())
      else setProblem('The whole message is no longer there.')
    } catch {
      setProblem('The console does not answer.')
    }
    setLoading(false)
  }, [url])

  const isPart = partsOf(row).some((payload) => !payload.isWhole)
  const isSmall = partsOf(row).reduce((sum, { sizeBytes }) => sum + sizeBytes, 0) <= bytesUnasked
  useEffect(() => {
    if (isPart && isSmall) void load()
  }, [isPart, isSmall, load])

  const isLoaded = loaded !== undefined && placeOf(loaded) === place
  return { message: isLoaded ? loaded : row, load, isLoading, problem }
}

function partsOf(row: MessageRow): Payload[] {
  const parts = [row.key, row.value, ...row.headers.map(({ value }) => value)]
  return parts.filter((payload) => payload !== null)
}
