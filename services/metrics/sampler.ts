// Samples the broker's counters every 5 s, on multiples of 5 s.
//
// Counters are cumulative within one start of the broker. A sample after a restart, after a gap or
// too soon tells what is stored, but no rate: those steps are gaps, never zeros and never averages
// over a time in which nobody looked.

import type { Clock } from '../../broker/clock.ts'
import type { CountersView } from '../../broker/rules/control.ts'
import type { ControlAnswer } from '../../lib/control/call.ts'
import { createFrames, type Frames, stepMs } from './frames.ts'
import { advanceClusters, type KnownCluster } from './known-clusters.ts'

/** Samples further apart or closer together than this do not make "the last 5 s". */
const intervalMinMs = 0.5 * stepMs
const intervalMaxMs = 1.5 * stepMs

export interface SamplerOptions {
  readCounters(): Promise<ControlAnswer<CountersView>>
  readonly clock: Clock
  /** After every attempt, successful or not. */
  readonly onSampled?: () => void
}

/** Everything that the samples so far say. */
export interface Samples {
  readonly frames: Frames
  /** The slot of the newest attempt; null before the first. */
  readonly newestSlot: number | null
  /** When the newest sample was taken, which may be older than the newest attempt. */
  readonly takenMs: number | null
  /** Whether the newest attempt brought a sample. */
  readonly isCurrent: boolean
  readonly clusters: ReadonlyMap<string, KnownCluster>
}

export interface Sampler {
  readonly samples: () => Samples
  stop(): void
}

/** Takes the first sample at once. */
export function startSampler({ readCounters, clock, onSampled }: SamplerOptions): Sampler {
  let frames = createFrames()
  let series = 0
  let previous: CountersView | null = null
  let stopped = false
  let samples = noSamples(frames)

  function forget() {
    frames = createFrames()
    previous = null
    samples = noSamples(frames)
  }

  async function sample(slot: number): Promise<void> {
    const answer = await readCounters().catch((error: unknown) => {
      // Nobody waits for this promise, and a missing sample is a gap.
      console.error('The counters of the broker could not be read:', error)
      return { ok: false } as const
    })
    if (stopped) return
    if (answer.ok) {
      const counters = answer.value
      const intervalMs = intervalBetween(previous, counters)
      const { clusters, changes } = advanceClusters({
        before: samples.clusters,
        tenants: counters.tenants,
        slot,
        isContinued: intervalMs !== null,
        nextSeries: () => series++,
      })
      frames.add({ slot, intervalMs, clusters: changes })
      previous = counters
      samples = { frames, newestSlot: slot, takenMs: counters.takenMs, isCurrent: true, clusters }
    } else {
      samples = { ...samples, newestSlot: slot, isCurrent: false }
    }
    onSampled?.()
  }

  const run = async (slot: number): Promise<void> => {
    await sample(slot)
    if (stopped) return
    const nowSlot = Math.floor(clock.nowMs() / stepMs)
    // The clock was set back: we would wait until it is where it was, so everything begins anew.
    const isSetBack = nowSlot + 1 < slot
    if (isSetBack) forget()
    // An answer that took longer than a step leaves out the steps that it overlapped.
    const next = (isSetBack ? nowSlot : Math.max(slot, nowSlot)) + 1
    timer = clock.after(next * stepMs - clock.nowMs(), () => void run(next))
  }
  let timer = clock.after(0, () => void run(Math.floor(clock.nowMs() / stepMs)))
  return {
    samples: () => samples,
    stop() {
      stopped = true
      timer.cancel()
    },
  }
}

function noSamples(frames: Frames): Samples {
  return { frames, newestSlot: null, takenMs: null, isCurrent: false, clusters: new Map() }
}

function intervalBetween(previous: CountersView | null, now: CountersView): number | null {
  if (previous === null || previous.startId !== now.startId) return null
  const intervalMs = now.takenMs - previous.takenMs
  return intervalMs >= intervalMinMs && intervalMs <= intervalMaxMs ? intervalMs : null
}
