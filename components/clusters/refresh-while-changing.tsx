'use client'

import { useRouter } from 'next/navigation'
import { useEffect } from 'react'

const everyMs = 2000

/** Loads the page's data again while what it shows is on its way to another state. */
export function RefreshWhileChanging() {
  const router = useRouter()
  useEffect(() => {
    const timer = setInterval(() => {
      if (document.visibilityState === 'visible') router.refresh()
    }, everyMs)
    return () => clearInterval(timer)
  }, [router])
  return null
}
