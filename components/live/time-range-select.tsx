'use client'

import { useState } from 'react'
import { ToolbarSelect } from '../ui/select.tsx'
import { useAddressState } from '../ui/use-address-state.ts'

/** How far back charts can look: samples are kept for an hour. */
const ranges = [
  { value: '5', label: 'Last 5 minutes' },
  { value: '15', label: 'Last 15 minutes' },
  { value: '30', label: 'Last 30 minutes' },
  { value: '60', label: 'Last hour' },
] as const

/** What says since when there are measurements. */
interface Measured {
  readonly stepMs: number
  readonly storedBytes: readonly (number | null)[]
}

/**
 * How many minutes back charts look, and how to change it. The address names them, in Confluent's
 * grammar; where it names none, what was measured when the page was opened fits in.
 */
export function useTimeRange(measured: Measured | undefined) {
  const [fitting] = useState(() => rangeSince(measured))
  const [named, setNamed] = useAddressState(rangeIn, hrefOf)
  return { minutes: named ?? fitting, onChange: setNamed }
}

/** Chooses a time range in minutes. */
export function TimeRangeSelect({
  minutes,
  onChange,
}: {
  readonly minutes: number
  readonly onChange: (minutes: number) => void
}) {
  return (
    <ToolbarSelect
      label="Time range"
      options={ranges}
      value={String(minutes)}
      onChange={(value) => onChange(Number(value))}
    />
  )
}

/** `interval=900000` → 15; null where the address names none of the ranges. */
function rangeIn(address: Pick<URLSearchParams, 'get'>): number | null {
  const minutes = Number(address.get('interval')) / 60_000
  return ranges.some(({ value }) => Number(value) === minutes) ? minutes : null
}

/** The shortest range that shows everything that was measured. */
function rangeSince(series: Measured | undefined): number {
  const values = series?.storedBytes ?? []
  const first = values.findIndex((value) => value !== null)
  const measuredMinutes = first < 0 ? 0 : ((values.length - first) * (series?.stepMs ?? 0)) / 60_000
  return Number((ranges.find(({ value }) => Number(value) >= measuredMinutes) ?? ranges[0]).value)
}

function hrefOf(minutes: number | null): string {
  const url = new URL(location.href)
  if (minutes === null) url.searchParams.delete('interval')
  else url.searchParams.set('interval', String(minutes * 60_000))
  return url.href
}
