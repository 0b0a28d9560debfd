'use client'

import { useEffect, useState } from 'react'
import type { LiveStatus } from './follow-stream.ts'

/** “Updated 2 s ago” with the live dot, or why nothing moves. `takenMs`: time of the newest sample. */
export function LiveMark({
  status,
  takenMs,
}: {
  readonly status: LiveStatus | undefined
  readonly takenMs: number | null
}) {
  const nowMs = useNow()
  const isMoving = status?.kind === 'live' || status?.kind === 'polling'
  return (
    <span
      title={status !== undefined && 'message' in status ? status.message : undefined}
      className="inline-flex items-center gap-2 text-field-label text-ink-2"
    >
      <span
        aria-hidden="true"
        className={
          isMoving
            ? 'size-2 rounded-full bg-moss shadow-[0_0_0_3px_var(--moss-tint)]'
            : 'size-2 rounded-full border-[1.5px] border-stone'
        }
      />
      {words(status, takenMs, nowMs)}
    </span>
  )
}

function words(
  status: LiveStatus | undefined,
  takenMs: number | null,
  nowMs: number | null,
): string {
  if (status?.kind === 'reconnecting') return 'Reconnecting'
  if (status?.kind === 'ended') return status.message
  if (takenMs === null) return 'Waiting for the first sample'
  if (nowMs === null) return 'Updated'
  return `Updated ${Math.max(0, Math.round((nowMs - takenMs) / 1000))} s ago`
}

/** Null on the server, whose clock is not the reader's. */
function useNow(): number | null {
  const [nowMs, setNowMs] = useState<number | null>(null)
  useEffect(() => {
    setNowMs(Date.now())
    const timer = setInterval(() => setNowMs(Date.now()), 1000)
    return () => clearInterval(timer)
  }, [])
  return nowMs
}
