'use client'

import { useState } from 'react'
import { liveMinutesMax, timeRanges } from '../../lib/format/time-ranges.ts'
import { ToolbarSelect } from '../ui/select.tsx'
import { useAddressState } from '../ui/use-address-state.ts'

/** Up to the hour that streams keep; a week where charts ask for what lies before it. */
type Longest = 'hour' | 'week'

/** What says since when there are measurements. */
interface Measured {
  readonly stepMs: number
  readonly storedBytes: readonly (number | null)[]
}

/**
 * How many minutes back charts look, and how to change it. The address names them, in Confluent's
 * grammar; where it names none, what was measured when the page was opened fits in.
 */
export function useTimeRange(measured: Measured | undefined, longest: Longest = 'hour') {
  const [fitting] = useState(() => rangeSince(measured))
  const [named, setNamed] = useAddressState(longest === 'week' ? weekRangeIn : hourRangeIn, hrefOf)
  return { minutes: named ?? fitting, longest, onChange: setNamed }
}

/** The same up to a week, where it is known how far back people usually look. */
export function useWeekRange(usualMinutes: number) {
  const [named, setNamed] = useAddressState(weekRangeIn, hrefOf)
  return { minutes: named ?? usualMinutes, longest: 'week', onChange: setNamed } as const
}

/** Chooses a time range in minutes. */
export function TimeRangeSelect({
  minutes,
  longest,
  onChange,
}: {
  readonly minutes: number
  readonly longest: Longest
  readonly onChange: (minutes: number) => void
}) {
  return (
    <ToolbarSelect
      label="Time range"
      options={rangesUpTo(longest).map((range) => ({
        value: String(range.minutes),
        label: range.label,
      }))}
      value={String(minutes)}
      onChange={(value) => onChange(Number(value))}
    />
  )
}

function rangesUpTo(longest: Longest) {
  return timeRanges.filter(({ minutes }) => longest === 'week' || minutes <= liveMinutesMax)
}

type Address = Pick<URLSearchParams, 'get'>

// Two functions that never change, as `useAddressState` wants them.
const hourRangeIn = (address: Address) => rangeIn(address, 'hour')
const weekRangeIn = (address: Address) => rangeIn(address, 'week')

/** `interval=900000` → 15; null where the address names none of the ranges. */
function rangeIn(address: Address, longest: Longest): number | null {
  const minutes = Number(address.get('interval')) / 60_000
  return rangesUpTo(longest).some((range) => range.minutes === minutes) ? minutes : null
}

/** The shortest range that shows everything that was measured in the last hour. */
function rangeSince(series: Measured | undefined): number {
  const values = series?.storedBytes ?? []
  const first = values.findIndex((value) => value !== null)
  const measuredMinutes = first < 0 ? 0 : ((values.length - first) * (series?.stepMs ?? 0)) / 60_000
  const fitting = rangesUpTo('hour').find(({ minutes }) => minutes >= measuredMinutes)
  return (fitting ?? timeRanges[0]).minutes
}

function hrefOf(minutes: number | null): string {
  const url = new URL(location.href)
  if (minutes === null) url.searchParams.delete('interval')
  else url.searchParams.set('interval', String(minutes * 60_000))
  return url.href
}
