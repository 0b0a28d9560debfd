'use client'

import { useCallback, useEffect, useRef, useState } from 'react'
import { useIsVisible } from '../live/use-is-visible.ts'

/** A state of Connect's changes within seconds, and a person watches for it. */
const everyMs = 2000

export interface Polled<Value> {
  readonly value: Value
  /** Why the value is not of now; undefined while it is. */
  readonly problem: string | undefined
  /** What was shown has been deleted. */
  readonly isGone: boolean
  /** Asks at once, as after a change. */
  readonly refresh: () => Promise<void>
}

/** The answer of `url`, asked for again while the tab is visible. `initial` came with the page. */
export function useConnectorPoll<Value>(url: string, initial: Value): Polled<Value> {
  const [value, setValue] = useState(initial)
  const [problem, setProblem] = useState<string>()
  const [isGone, setGone] = useState(false)
  const isVisible = useIsVisible()
  const turn = useRef(0)
  const shown = useRef(url)

  const refresh = useCallback(async () => {
    turn.current += 1
    const asked = turn.current
    const answer = await ask(url)
    // A later question has been asked meanwhile: its answer is the newer one.
    if (asked !== turn.current) return
    if ('text' in answer) setValue(JSON.parse(answer.text))
    setGone('isGone' in answer)
    setProblem('problem' in answer ? answer.problem : undefined)
  }, [url])

  useEffect(() => {
    if (!isVisible || isGone) return
    let isOver = false
    let timer: ReturnType<typeof setTimeout>
    // Another address asks for something else: nobody waits two seconds for that.
    if (shown.current !== url) void refresh()
    shown.current = url
    async function goOn() {
      await refresh()
      if (!isOver) timer = setTimeout(() => void goOn(), everyMs)
    }
    timer = setTimeout(() => void goOn(), everyMs)
    return () => {
      isOver = true
      clearTimeout(timer)
    }
  }, [isVisible, isGone, refresh, url])

  return { value, problem, isGone, refresh }
}

type Answer = { readonly text: string } | { readonly problem: string } | { readonly isGone: true }

async function ask(url: string): Promise<Answer> {
  try {
    const answer = await fetch(url, { cache: 'no-store' })
    if (answer.status === 404) return { isGone: true }
    if (answer.status === 401) return { problem: 'You are signed out. Log in to go on.' }
    if (answer.ok) return { text: await answer.text() }
    return { problem: (await answer.json()).error.message }
  } catch {
    return { problem: 'The console does not answer.' }
  }
}
