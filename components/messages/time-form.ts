'use client'

import { useSyncExternalStore } from 'react'
import { formatClockTime, formatDate, formatDateTime, isDate } from '../../lib/format/times.ts'

/** How this browser shows the timestamps of messages. */
export type TimeForm = 'local' | 'utc' | 'epoch'

export const timeForms = [
  { value: 'local', label: 'Local time' },
  { value: 'utc', label: 'UTC' },
  { value: 'epoch', label: 'Epoch ms' },
] as const

const storageKey = 'tributary-message-times'
const changed = 'tributary-message-times-changed'

/** Null until the page is alive: the server knows neither the choice nor the zone. */
export function useTimeForm(): TimeForm | null {
  return useSyncExternalStore<TimeForm | null>(subscribe, read, () => null)
}

export function chooseTimeForm(form: TimeForm): void {
  localStorage.setItem(storageKey, form)
  dispatchEvent(new Event(changed))
}

function subscribe(onChange: () => void) {
  addEventListener(changed, onChange)
  addEventListener('storage', onChange)
  return () => {
    removeEventListener(changed, onChange)
    removeEventListener('storage', onChange)
  }
}

function read(): TimeForm {
  const kept = localStorage.getItem(storageKey)
  return timeForms.find(({ value }) => value === kept)?.value ?? 'local'
}

/** For a list: the date only where it is not today's. */
export function shortTime(timestampMs: number, form: TimeForm | null): string {
  if (form === 'epoch' || !isDate(timestampMs)) return String(timestampMs)
  const iso = new Date(timestampMs).toISOString()
  if (form === 'local') {
    const isToday = formatDate(timestampMs) === formatDate(Date.now())
    const day = isToday ? '' : `${formatDate(timestampMs).replace(/ \d+$/, '')} `
    return `${day}${formatClockTime(timestampMs)}`
  }
  const isToday = iso.slice(0, 10) === new Date().toISOString().slice(0, 10)
  return `${isToday ? '' : `${iso.slice(5, 10)} `}${iso.slice(11)}`
}

export function longTime(timestampMs: number, form: TimeForm | null): string {
  if (form === 'epoch' || !isDate(timestampMs)) return String(timestampMs)
  if (form === 'local') return formatDateTime(timestampMs)
  return new Date(timestampMs).toISOString().replace('T', ' ')
}

/** For the machine-readable side of a `time` element. */
export function isoTime(timestampMs: number): string {
  return isDate(timestampMs) ? new Date(timestampMs).toISOString() : String(timestampMs)
}
