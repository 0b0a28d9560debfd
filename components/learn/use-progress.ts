'use client'

import { useCallback, useState } from 'react'
import type { TutorialProgress } from '../../lib/format/tutorial.ts'
import { paths } from '../../lib/paths.ts'
import { useRepeated } from '../live/use-repeated.ts'

/** Soon enough for a tick to follow the click that earned it. */
const everyMs = 2000

/** How far the reader is, looked up again while the tab is visible; null before the first answer. */
export function useProgress(): readonly [TutorialProgress | null, () => void] {
  const [round, setRound] = useState(0)
  const progress = useRepeated<TutorialProgress>(paths.learn(), { key: String(round), everyMs })
  return [progress, useCallback(() => setRound((before) => before + 1), [])]
}
