'use client'

import { useCallback, useEffect, useState } from 'react'
import { type MessageRow, type Payload, placeOf } from '../../lib/format/messages.ts'
import { paths, type TopicAt } from '../../lib/paths.ts'
import { answeredJson } from './answered-json.ts'

/**
 * The open message with more than its row: the first 64 KiB of each part at once, since lists bring
 * only beginnings, and everything where `loadAll` is asked for it.
 */
export function useWholeMessage({ envId, clusterId, topic }: TopicAt, row: MessageRow) {
  const [loaded, setLoaded] = useState<MessageRow>()
  const [isLoading, setLoading] = useState(false)
  const [problem, setProblem] = useState<string>()
  const { partition, offset } = row
  const place = placeOf(row)

  const load = useCallback(
    async (query: { readonly whole?: '1' }, signal?: AbortSignal) => {
      const url = paths.message({ envId, clusterId, topic }, { partition, offset }, query)
      const message = await answeredJson<MessageRow>(url, signal)
      setLoaded(message)
      return message
    },
    [envId, clusterId, topic, partition, offset],
  )

  const isPart = !isWholeRow(row)
  useEffect(() => {
    setProblem(undefined)
    if (!isPart) return
    const stop = new AbortController()
    load({}, stop.signal).catch((error: Error) => {
      if (!stop.signal.aborted) setProblem(error.message)
    })
    return () => stop.abort()
  }, [isPart, load])

  const message = loaded !== undefined && placeOf(loaded) === place ? loaded : row
  return {
    message,
    isLoading,
    problem,
    /** Resolves with the message and all of its bytes, or null where it cannot be had. */
    async loadAll(): Promise<MessageRow | null> {
      if (isWholeRow(message)) return message
      setLoading(true)
      setProblem(undefined)
      try {
        return await load({ whole: '1' })
      } catch (error) {
        setProblem(error instanceof Error ? error.message : String(error))
        return null
      } finally {
        setLoading(false)
      }
    },
  }
}

/** Whether every header is here with all of its value: lists bring the first few, and beginnings. */
export function hasWholeHeaders({ headers, headerCount }: MessageRow): boolean {
  return headerCount === undefined && headers.every(({ value }) => isWhole(value))
}

function isWholeRow(row: MessageRow): boolean {
  return isWhole(row.key) && isWhole(row.value) && hasWholeHeaders(row)
}

function isWhole(payload: Payload | null): boolean {
  return payload?.isWhole ?? true
}
