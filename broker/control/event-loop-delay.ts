import { monitorEventLoopDelay } from 'node:perf_hooks'

/** How late the broker's event loop was: what every client waited in addition. */
export interface EventLoopDelay {
  read(): { readonly p50Ms: number; readonly p99Ms: number; readonly maxMs: number }
  /** Forgets what was measured so far. */
  reset(): void
  stop(): void
}

const RESOLUTION_MS = 10
const NS_PER_MS = 1e6

export function startEventLoopDelay(): EventLoopDelay {
  const histogram = monitorEventLoopDelay({ resolution: RESOLUTION_MS })
  histogram.enable()
  // The histogram holds the whole interval between two ticks of its timer; the delay is what it
  // took beyond the interval that was asked for.
  const delayMs = (ns: number) => Math.max(0, round(ns / NS_PER_MS - RESOLUTION_MS))
  return {
    read: () => ({
      p50Ms: delayMs(histogram.percentile(50)),
      p99Ms: delayMs(histogram.percentile(99)),
      maxMs: delayMs(histogram.max),
    }),
    reset: () => histogram.reset(),
    stop: () => histogram.disable(),
  }
}

function round(ms: number): number {
  return Math.round(ms * 100) / 100
}
