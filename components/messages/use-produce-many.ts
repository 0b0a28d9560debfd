'use client'

import { useEffect, useRef, useState } from 'react'
import { produceMessages } from '../../lib/actions/messages.ts'
import type { TopicAt } from '../../lib/paths.ts'
import { recordsOf, UnreadableLine } from './record-source.ts'

interface ManyProgress {
  readonly phase: 'running' | 'done' | 'stopped' | 'failed'
  /** Written and acknowledged. */
  readonly count: number
  /** Of the source, from 0 to 1. */
  readonly share: number
  readonly message?: string
}

/** Sends records batch by batch, in order; what went wrong stops it and is said. */
export function useProduceMany(at: TopicAt) {
  const [progress, setProgress] = useState<ManyProgress>()
  const isStopped = useRef(false)
  useEffect(
    () => () => {
      isStopped.current = true
    },
    [],
  )

  async function produce(source: File | string, partition: number | undefined) {
    isStopped.current = false
    const sizeBytes = Math.max(1, typeof source === 'string' ? source.length : source.size)
    let done: ManyProgress = { phase: 'running', count: 0, share: 0 }
    setProgress(done)
    try {
      for await (const { records, readBytes } of recordsOf(source)) {
        if (isStopped.current) break
        const result = await produceMessages({
          ...at,
          records: records.map((record) => ({ ...record, headers: [...record.headers] })),
          ...(partition !== undefined && { partition }),
        })
        if ('error' in result) {
          const { message, code, fields } = result.error
          throw new UnreadableLine(`${Object.values(fields ?? {})[0] ?? message} (${code})`)
        }
        done = {
          phase: 'running',
          count: done.count + result.ok.count,
          share: Math.min(1, readBytes / sizeBytes),
        }
        setProgress(done)
      }
      setProgress({ ...done, phase: isStopped.current ? 'stopped' : 'done' })
    } catch (error) {
      // An action throws where the console does not answer, or the session has ended.
      const message =
        error instanceof UnreadableLine ? error.message : 'The console did not take the messages.'
      setProgress({ ...done, phase: 'failed', message })
    }
  }

  return {
    progress,
    produce,
    stop() {
      isStopped.current = true
    },
  }
}
