'use client'

import { useEffect, useState } from 'react'
import { TextField } from '../ui/field.tsx'

/** A moment: the reader's own time in the field, ISO 8601 outside of it. */
export function ResetTimeField({
  value,
  error,
  onChange,
}: {
  readonly value: string
  readonly error: string | undefined
  readonly onChange: (iso: string) => void
}) {
  const [text, setText] = useState('')
  // The server does not know the reader's zone.
  useEffect(() => setText((before) => (before === '' ? localText(value) : before)), [value])
  return (
    <TextField
      label="Time"
      type="datetime-local"
      step="0.001"
      isMono
      value={text}
      onChange={(event) => {
        setText(event.target.value)
        const atMs = new Date(event.target.value).getTime()
        onChange(Number.isNaN(atMs) ? '' : new Date(atMs).toISOString())
      }}
      error={error}
      hint={
        value === '' ? 'The first message of this time or later is read next.' : `${value} (UTC)`
      }
    />
  )
}

function localText(iso: string): string {
  const atMs = Date.parse(iso)
  if (Number.isNaN(atMs)) return ''
  const offsetMs = new Date(atMs).getTimezoneOffset() * 60_000
  return new Date(atMs - offsetMs).toISOString().slice(0, -1)
}
