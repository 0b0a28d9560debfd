'use client'

import { useEffect, useState } from 'react'
import { useIsVisible } from '../live/use-is-visible.ts'
import { fetchJson } from './fetch-json.ts'

const everyMs = 10_000

/** What an address answers, looked up again while the tab is visible and when `key` changes. */
export function useRepeated<Value>(url: string, key = ''): Value | null {
  const [value, setValue] = useState<Value | null>(null)
  const isVisible = useIsVisible()
  // biome-ignore lint/correctness/useExhaustiveDependencies: Another page may have changed what is counted.
  useEffect(() => {
    if (!isVisible) return
    const left = new AbortController()
    let timer: ReturnType<typeof setTimeout> | undefined
    async function look() {
      const answer = await fetchJson<Value>(url, left.signal)
      if (left.signal.aborted) return
      if (answer !== null) setValue(answer)
      timer = setTimeout(look, everyMs)
    }
    void look()
    return () => {
      left.abort()
      clearTimeout(timer)
    }
  }, [isVisible, url, key])
  return value
}
