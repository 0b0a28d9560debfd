'use client'

import { useEffect, useState } from 'react'
import { fetchJson } from '../shell/fetch-json.ts'
import { useIsVisible } from './use-is-visible.ts'

/**
 * What an address answers, looked up again while the tab is visible, and at once when `key` changes;
 * null before the first answer.
 */
export function useRepeated<Value>(
  url: string,
  { key = '', everyMs = 10_000 }: { readonly key?: string; readonly everyMs?: number } = {},
): Value | null {
  const [value, setValue] = useState<Value | null>(null)
  const isVisible = useIsVisible()
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
  }, [isVisible, url, key, everyMs])
  return value
}
