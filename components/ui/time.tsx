'use client'

import { useSyncExternalStore } from 'react'
import {
  formatAgo,
  formatClockTime,
  formatDate,
  formatDateTime,
  isDate,
} from '../../lib/format/times.ts'

/**
 * Times in the reader's zone. The server does not know that zone, so until the page is alive the
 * time stands in UTC, in the same geometry.
 */
export function DateText({ timestampMs }: { readonly timestampMs: number }) {
  const isAlive = useIsAlive()
  return (
    <time
      dateTime={isoOf(timestampMs)}
      title={isAlive ? formatDateTime(timestampMs) : undefined}
      className="whitespace-nowrap"
    >
      {isAlive ? formatDate(timestampMs) : isoOf(timestampMs).slice(0, 10)}
    </time>
  )
}

/** `09:41:25.864`, with the date on hover. */
export function ClockText({ timestampMs }: { readonly timestampMs: number }) {
  const isAlive = useIsAlive()
  return (
    <time
      dateTime={isoOf(timestampMs)}
      title={isAlive ? formatDateTime(timestampMs) : undefined}
      className="whitespace-nowrap"
    >
      {isAlive ? formatClockTime(timestampMs) : utcClock(timestampMs)}
    </time>
  )
}

/** `20 Nov 2026, 09:41:25.864`. */
export function DateTimeText({ timestampMs }: { readonly timestampMs: number }) {
  const isAlive = useIsAlive()
  return (
    <time dateTime={isoOf(timestampMs)}>
      {isAlive ? formatDateTime(timestampMs) : isoOf(timestampMs)}
    </time>
  )
}

/** `2 hours ago`, as of when it was rendered, with the exact time on hover. */
export function AgoText({ timestampMs }: { readonly timestampMs: number }) {
  const isAlive = useIsAlive()
  return (
    <time
      dateTime={isoOf(timestampMs)}
      title={isAlive ? formatDateTime(timestampMs) : undefined}
      className="whitespace-nowrap"
    >
      {isAlive ? formatAgo(timestampMs, Date.now()) : isoOf(timestampMs).slice(0, 10)}
    </time>
  )
}

const never = () => () => {}

/** False on the server and in the first pass over its markup, true afterwards. */
function useIsAlive(): boolean {
  return useSyncExternalStore(
    never,
    () => true,
    () => false,
  )
}

function isoOf(timestampMs: number): string {
  return isDate(timestampMs) ? new Date(timestampMs).toISOString() : String(timestampMs)
}

function utcClock(timestampMs: number): string {
  const iso = isoOf(timestampMs)
  return isDate(timestampMs) ? iso.slice(iso.indexOf('T') + 1, -1) : iso
}
