'use client'

import { useCallback, useEffect, useState } from 'react'
import type { TutorialProgress } from '../../lib/format/tutorial.ts'
import { paths } from '../../lib/paths.ts'
import { useIsVisible } from '../live/use-is-visible.ts'
import { fetchJson } from '../shell/fetch-json.ts'

/** Soon enough for a tick to follow the click that earned it. */
const everyMs = 2000

/** How far the reader is, looked up again while the tab is visible; null before the first answer. */
export function useProgress(): readonly [TutorialProgress | null, () => void] {
  const [progress, setProgress] = useState<TutorialProgress | null>(null)
  const [round, setRound] = useState(0)
  const isVisible = useIsVisible()
  useEffect(() => {
    if (!isVisible) return
    const left = new AbortController()
    let timer: ReturnType<typeof setTimeout> | undefined
    async function look() {
      const answer = await fetchJson<TutorialProgress>(paths.learn(), left.signal)
      if (left.signal.aborted) return
      if (answer !== null) setProgress(answer)
      timer = setTimeout(look, everyMs)
    }
    void look()
    return () => {
      left.abort()
      clearTimeout(timer)
    }
  }, [isVisible, round])
  return [progress, useCallback(() => setRound((before) => before + 1), [])]
}
