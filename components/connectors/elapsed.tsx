'use client'

import { useEffect, useState } from 'react'

/** `19 min`: how long ago that was, counted on while the page is open. */
export function Elapsed({ sinceMs }: { readonly sinceMs: number }) {
  // Unknown on the server, whose clock is not the reader's.
  const [nowMs, setNowMs] = useState<number | null>(null)
  useEffect(() => {
    setNowMs(Date.now())
    const timer = setInterval(() => setNowMs(Date.now()), 1000)
    return () => clearInterval(timer)
  }, [])
  return <span>{nowMs === null ? '–' : duration(nowMs - sinceMs)}</span>
}

function duration(ms: number): string {
  const seconds = Math.max(0, Math.round(ms / 1000))
  if (seconds < 60) return `${seconds} s`
  const minutes = Math.floor(seconds / 60)
  if (minutes < 60) return `${minutes} min`
  const hours = Math.floor(minutes / 60)
  return hours < 48 ? `${hours} h ${minutes % 60} min` : `${Math.floor(hours / 24)} days`
}
