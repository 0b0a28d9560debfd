'use client'

import { useEffect, useRef, useState } from 'react'
import { totalOf } from '../../lib/format/messages.ts'
import { formatCount, formatPlural } from '../../lib/format/numbers.ts'
import { formatRetention } from '../../lib/format/times.ts'
import type { LiveStatus } from '../live/follow-stream.ts'
import type { TopicFacts } from '../topics/topic-header.tsx'
import { Note } from '../ui/note.tsx'
import { Switch } from '../ui/switch.tsx'
import type { FeedState } from './message-feed.ts'

interface FeedBarProps {
  readonly feed: FeedState
  readonly facts: TopicFacts
  /** How long the first read took. */
  readonly tookMs: number
  readonly status: LiveStatus | undefined
  readonly isLive: boolean
  readonly onLive: (isLive: boolean) => void
}

/** What is in the topic, what of it is shown, and how fresh that is. */
export function FeedBar({ feed, facts, tookMs, status, isLive, onLive }: FeedBarProps) {
  const total = totalOf(feed.offsets)
  return (
    <>
      <dl className="grid grid-cols-2 rounded-lg border border-line">
        <Figure term="Total messages">{formatCount(total)}</Figure>
        <Figure term="Retention time">
          {facts.retentionMs === null ? '–' : formatRetention(facts.retentionMs)}
        </Figure>
      </dl>
      <div className="flex min-h-7 flex-wrap items-center justify-between gap-x-5 gap-y-2">
        <p className="text-label text-ink-2">
          <span className="font-[580] text-ink">
            {formatPlural(feed.rows.length, 'message')} shown
          </span>
          {total > feed.rows.length ? `, newest of ${formatCount(total)}` : ''}
          {`, read in ${tookMs} ms`}
          {feed.notShown > 0 ? `, ${formatCount(feed.notShown)} passed by too fast to show` : ''}
        </p>
        <div className="flex items-center gap-5">
          <StatusWord status={status} isLive={isLive} />
          <Switch label="Auto-refresh" isOn={isLive} onChange={onLive} />
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

function Figure({ term, children }: { readonly term: string; readonly children: React.ReactNode }) {
  return (
    <div className="flex flex-col px-4 py-2.5 not-first:border-l not-first:border-line">
      <dt className="text-label text-ink-2">{term}</dt>
      <dd className="text-figure font-[540] tracking-[-0.02em]">{children}</dd>
    </div>
  )
}

const words: Record<LiveStatus['kind'], string> = {
  live: 'Live',
  polling: 'Every 5 s',
  reconnecting: 'Reconnecting',
  ended: 'Stopped',
}

function StatusWord({
  status,
  isLive,
}: {
  readonly status: LiveStatus | undefined
  readonly isLive: boolean
}) {
  const word = status === undefined ? (isLive ? 'Connecting' : 'Paused') : words[status.kind]
  const isMoving = status?.kind === 'live' || status?.kind === 'polling'
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
