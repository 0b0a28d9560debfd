'use client'

import { useCallback, useEffect, useReducer, useRef } from 'react'
import { paths, type TopicAt } from '../../lib/paths.ts'
import { answered } from './answered-json.ts'
import { readLines } from './read-lines.ts'
import { nextSearch, noSearch, type SearchEvent } from './search-state.ts'

/** A search through the whole topic: it runs in the services process and is ended by an abort. */
export function useTopicSearch(
  { envId, clusterId, topic }: TopicAt,
  query: string,
  partitions: string | undefined,
) {
  const [state, tell] = useReducer(nextSearch, noSearch)
  const running = useRef<AbortController>(undefined)

  const run = useCallback(
    async (from?: string) => {
      running.current?.abort()
      if (query.trim() === '') return tell({ type: 'cleared' })
      const stop = new AbortController()
      running.current = stop
      tell({ type: 'started', isContinued: from !== undefined })
      const url = paths.messagesSearch({ envId, clusterId, topic }, { q: query, partitions, from })
      try {
        const answer = await answered(url, stop.signal)
        if (answer.body === null) throw new Error('The search ended.')
        for await (const lines of readLines(answer.body)) {
          // Lines of one chunk are one change of the page. They are of our own handler.
          if (!stop.signal.aborted) tell({ type: 'told', events: lines.map(parseEvent) })
        }
        if (!stop.signal.aborted) tell({ type: 'ended' })
      } catch (error) {
        if (stop.signal.aborted) return
        tell({ type: 'failed', message: error instanceof Error ? error.message : String(error) })
      }
    },
    [envId, clusterId, topic, query, partitions],
  )

  useEffect(() => {
    void run()
    return () => running.current?.abort()
  }, [run])

  return {
    search: state,
    stop() {
      running.current?.abort()
      tell({ type: 'stopped' })
    },
    goOn: () => run(state.positions),
    again: () => run(),
  }
}

function parseEvent(line: string): SearchEvent {
  return JSON.parse(line)
}
