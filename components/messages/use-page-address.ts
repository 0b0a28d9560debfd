'use client'

import { useCallback, useEffect, useRef, useState } from 'react'
import { paths, type TopicAt } from '../../lib/paths.ts'
import { addressQuery, type PageAddress, parseAddress } from './page-address.ts'

/** What makes a step of its own for the Back button; the rest replaces the step it belongs to. */
const steps: ReadonlySet<keyof PageAddress> = new Set(['view', 'search'])

/** Typing changes the filter with each key; browsers refuse that many changes of the address. */
const settleMs = 300

/** The page's state as its address says it; changing one changes the other, both ways. */
export function usePageAddress(at: TopicAt, initial: PageAddress) {
  const [address, setAddress] = useState(initial)
  const current = useRef(address)
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined)
  const { envId, clusterId, topic } = at

  useEffect(() => {
    function follow() {
      const query = new URLSearchParams(location.search)
      current.current = parseAddress((name) => query.get(name))
      setAddress(current.current)
    }
    // Back may have been pressed before anything here listened, and a page that the router kept was
    // made for an address that has changed since.
    follow()
    addEventListener('popstate', follow)
    return () => {
      removeEventListener('popstate', follow)
      clearTimeout(timer.current)
    }
  }, [])

  const change = useCallback(
    (part: Partial<PageAddress>) => {
      const isStep = Object.keys(part).some((name) => steps.has(name as keyof PageAddress))
      current.current = { ...current.current, ...part }
      setAddress(current.current)
      const write = () => {
        const url = paths.topicMessages({ envId, clusterId, topic }, addressQuery(current.current))
        if (isStep) history.pushState(null, '', url)
        else history.replaceState(null, '', url)
      }
      clearTimeout(timer.current)
      if ('filter' in part) timer.current = setTimeout(write, settleMs)
      else write()
    },
    [envId, clusterId, topic],
  )
  return { address, change }
}
