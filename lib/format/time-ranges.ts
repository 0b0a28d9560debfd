/** How far back people look, in minutes. Samples of 5 s are kept for an hour, of a minute for a week. */
export const timeRanges = [
  { minutes: 5, label: 'Last 5 minutes' },
  { minutes: 15, label: 'Last 15 minutes' },
  { minutes: 30, label: 'Last 30 minutes' },
  { minutes: 60, label: 'Last hour' },
  { minutes: 360, label: 'Last 6 hours' },
  { minutes: 1440, label: 'Last 24 hours' },
  { minutes: 10_080, label: 'Last 7 days' },
] as const

export const minutesMax = 10_080

/** Up to here a page's stream of live figures has what it shows, at 5 s. */
export const liveMinutesMax = 60
