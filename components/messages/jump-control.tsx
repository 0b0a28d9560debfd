'use client'

import { type FormEvent, useState } from 'react'
import type { Jump } from '../../lib/format/message-view.ts'
import { Button } from '../ui/button.tsx'
import { ToolbarSelect } from '../ui/select.tsx'

const choices = [
  { value: 'latest', label: 'Latest' },
  { value: 'now', label: 'New messages only' },
  { value: 'beginning', label: 'From beginning' },
  { value: 'offset', label: 'From offset' },
  { value: 'time', label: 'From time' },
] as const

/** Where reading starts; an offset or a time is asked for beside the choice. */
export function JumpControl({
  jump,
  onJump,
}: {
  readonly jump: Jump
  readonly onJump: (jump: Jump) => void
}) {
  // What is chosen but not gone to yet.
  const [asking, setAsking] = useState<'offset' | 'time' | null>(null)
  const kind = asking ?? jump.kind
  return (
    <>
      <ToolbarSelect
        label="Start at"
        options={choices}
        value={kind}
        onChange={(value) => {
          const isAsked = value === 'offset' || value === 'time'
          setAsking(isAsked ? value : null)
          if (value === 'latest' || value === 'now' || value === 'beginning')
            onJump({ kind: value })
        }}
      />
      {kind === 'offset' || kind === 'time' ? (
        <Place
          key={kind}
          kind={kind}
          jump={jump}
          onJump={(next) => {
            setAsking(null)
            onJump(next)
          }}
        />
      ) : null}
    </>
  )
}

function Place({
  kind,
  jump,
  onJump,
}: {
  readonly kind: 'offset' | 'time'
  readonly jump: Jump
  readonly onJump: (jump: Jump) => void
}) {
  const [text, setText] = useState(() => textOf(kind, jump))
  const next = kind === 'offset' ? offsetIn(text) : timeIn(text)

  function go(event: FormEvent) {
    event.preventDefault()
    if (next !== null) onJump(next)
  }

  return (
    <form onSubmit={go} className="flex flex-wrap items-center gap-2">
      <input
        aria-label={kind === 'offset' ? 'Offset' : 'Time'}
        aria-invalid={text !== '' && next === null ? true : undefined}
        {...(kind === 'offset'
          ? { inputMode: 'numeric', placeholder: 'Offset' }
          : { type: 'datetime-local', step: '0.001' })}
        autoComplete="off"
        // biome-ignore lint/a11y/noAutofocus: The field appears because somebody asked to fill it.
        autoFocus={jump.kind !== kind}
        value={text}
        onChange={(event) => setText(event.target.value)}
        className={`field h-8 px-2.5 font-mono text-label ${kind === 'offset' ? 'w-32' : ''}`}
      />
      <Button type="submit" aria-disabled={next === null || undefined}>
        Go
      </Button>
      {kind === 'time' && next?.kind === 'time' ? (
        <span className="font-mono text-label text-ink-3">
          {new Date(next.timestampMs).toISOString().replace('T', ' ')}
        </span>
      ) : null}
    </form>
  )
}

function textOf(kind: 'offset' | 'time', jump: Jump): string {
  if (kind === 'offset') return jump.kind === 'offset' ? String(jump.offset) : ''
  const atMs = jump.kind === 'time' ? jump.timestampMs : Date.now()
  // What the field wants is the reader's own time, without a zone.
  return new Date(atMs - new Date(atMs).getTimezoneOffset() * 60_000).toISOString().slice(0, -1)
}

function offsetIn(text: string): Jump | null {
  const digits = text.replaceAll(/[,\s]/g, '')
  const offset = Number(digits)
  return /^\d{1,16}$/.test(digits) && Number.isSafeInteger(offset)
    ? { kind: 'offset', offset }
    : null
}

function timeIn(text: string): Jump | null {
  const timestampMs = new Date(text).getTime()
  return Number.isNaN(timestampMs) || timestampMs < 0 ? null : { kind: 'time', timestampMs }
}
