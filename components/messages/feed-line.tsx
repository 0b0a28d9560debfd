'use client'

import { useEffect, useRef, useState } from 'react'
import { isFollowed, type MessageView } from '../../lib/format/message-view.ts'
import { totalOf } from '../../lib/format/messages.ts'
import { formatCount, formatPlural } from '../../lib/format/numbers.ts'
import type { LiveStatus } from '../live/follow-stream.ts'
import { Button } from '../ui/button.tsx'
import { Note } from '../ui/note.tsx'
import { Switch } from '../ui/switch.tsx'
import type { FeedState } from './message-feed.ts'

interface FeedLineProps {
  readonly feed: FeedState
  readonly view: MessageView
  /** How many rows pass the filter. */
  readonly shown: number
  readonly status: LiveStatus | undefined
  readonly onPause: (isPaused: boolean) => void
}

/** What of the topic is shown, what is not, and how fresh that is. */
export function FeedLine({ feed, view, shown, status, onPause }: FeedLineProps) {
  const total = totalOf(feed.offsets)
  const { held } = feed
  return (
    <>
      <div className="flex min-h-7 flex-wrap items-center justify-between gap-x-5 gap-y-2">
        <p className="text-label text-ink-2">
          <span className="font-[580] text-ink">{formatPlural(shown, 'message')} shown</span>
          {shown < feed.rows.length ? ` of ${formatCount(feed.rows.length)} read` : ''}
          {total > feed.rows.length ? `, ${orderWord(view)} of ${formatCount(total)}` : ''}
          {`, read in ${feed.tookMs} ms`}
          {feed.notShown > 0 ? (
            <span>, {formatCount(feed.notShown)} passed by too fast to show</span>
          ) : null}
        </p>
        <div className="flex items-center gap-4">
          {held !== null && held.count > 0 ? (
            <Button size="small" onClick={() => onPause(false)}>
              +{formatCount(held.count)} not shown
            </Button>
          ) : null}
          {isFollowed(view) ? (
            <>
              <StatusWord status={status} isPaused={held !== null} />
              <Switch
                label="Auto-refresh"
                isOn={held === null}
                onChange={(isOn) => onPause(!isOn)}
              />
            </>
          ) : null}
        </div>
      </div>
      {status?.kind === 'ended' || status?.kind === 'reconnecting' ? (
        <Note kind={status.kind === 'ended' ? 'error' : 'caution'}>
          {status.message}
          {status.kind === 'reconnecting' ? ' Trying again.' : ''}
        </Note>
      ) : null}
      <Announcer total={total} />
    </>
  )
}

function orderWord(view: MessageView): string {
  if (view.jump.kind === 'beginning') return 'oldest'
  return isFollowed(view) ? 'newest' : 'out'
}

const words: Record<LiveStatus['kind'], string> = {
  live: 'Live',
  polling: 'Every 5 s',
  reconnecting: 'Reconnecting',
  ended: 'Stopped',
}

function StatusWord({
  status,
  isPaused,
}: {
  readonly status: LiveStatus | undefined
  readonly isPaused: boolean
}) {
  const word = isPaused ? 'Paused' : status === undefined ? 'Connecting' : words[status.kind]
  const isMoving = !isPaused && (status?.kind === 'live' || status?.kind === 'polling')
  return (
    <span
      className={`inline-flex items-center gap-2 text-label font-[560] ${isMoving ? 'text-moss' : 'text-stone'}`}
    >
      <span
        aria-hidden="true"
        className={
          isMoving
            ? 'size-2 rounded-full bg-moss shadow-[0_0_0_3px_var(--moss-tint)]'
            : 'size-2 rounded-full border-[1.5px] border-current'
        }
      />
      {word}
    </span>
  )
}

const announceMs = 5000

/** Tells a screen reader how much is new, in summary: a word per message would drown everything. */
function Announcer({ total }: { readonly total: number }) {
  const [text, setText] = useState('')
  const latest = useRef(total)
  latest.current = total
  useEffect(() => {
    let told = latest.current
    const timer = setInterval(() => {
      const arrived = latest.current - told
      told = latest.current
      setText(arrived > 0 ? formatPlural(arrived, 'new message') : '')
    }, announceMs)
    return () => clearInterval(timer)
  }, [])
  return (
    <p role="status" className="sr-only">
      {text}
    </p>
  )
}
