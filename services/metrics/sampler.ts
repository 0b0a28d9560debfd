// Samples the broker's counters every 5 s, on multiples of 5 s.
//
// Counters are cumulative within one start of the broker. A sample after a restart, after a gap or
// too soon tells what is stored, but no rate: those steps are gaps, never zeros and never averages
// over a time in which nobody looked.

import type { Clock } from '../../broker/clock.ts'
import type { CountersView } from '../../broker/rules/control.ts'
import type { ControlAnswer } from '../../lib/control/call.ts'
import type { ConnectorCounters } from './connector-counters.ts'
import { createFrames, type Frames, stepMs } from './frames.ts'
import { advanceClusters, type KnownCluster } from './known-clusters.ts'
import {
  type CollectedMinute,
  createMinuteCollector,
  endsMinute,
  minuteOfSlot,
} from './minute-collector.ts'
import type { SeriesRegistry } from './series-registry.ts'

/** Samples further apart or closer together than this do not make "the last 5 s". */
const intervalMinMs = 0.5 * stepMs
const intervalMaxMs = 1.5 * stepMs

export interface SamplerOptions {
  readCounters(): Promise<ControlAnswer<CountersView>>
  readConnectors(): readonly ConnectorCounters[]
  readonly registry: SeriesRegistry
  /** What is known of the last hour. */
  readonly frames: Frames
  readonly clock: Clock
  /** A minute is over, in which there was a sample. */
  readonly onMinute: (minute: CollectedMinute) => void
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
  /** Ends it; what there is of the minute that has begun is told before this returns. */
  stop(): void
}

/** Takes the first sample at once. */
export function startSampler(options: SamplerOptions): Sampler {
  const { readCounters, readConnectors, registry, clock, onMinute, onSampled } = options
  const collector = createMinuteCollector(registry)
  let { frames } = options
  let previous: CountersView | null = null
  let stopped = false
  let samples = noSamples(frames)

  function forget() {
    frames = createFrames()
    previous = null
    samples = noSamples(frames)
  }

  function endMinute() {
    const minute = collector.take()
    if (minute !== null) onMinute(minute)
  }

  async function sample(slot: number): Promise<void> {
    const answer = await readCounters().catch((error: unknown) => {
      // Nobody waits for this promise, and a missing sample is a gap.
      console.error('The counters of the broker could not be read:', error)
      return { ok: false } as const
    })
    if (stopped) return
    if (collector.minute !== minuteOfSlot(slot)) endMinute()
    if (answer.ok) add(slot, answer.value)
    else samples = { ...samples, newestSlot: slot, isCurrent: false }
    if (endsMinute(slot)) endMinute()
    onSampled?.()
  }

  function add(slot: number, counters: CountersView) {
    const intervalMs = intervalBetween(previous, counters)
    const advanced = advanceClusters({
      before: samples.clusters,
      tenants: counters.tenants,
      connectors: readConnectors(),
      nowMs: slot * stepMs,
      isContinued: intervalMs !== null,
      registry,
    })
    const { clusters, changes } = advanced
    frames.add({ slot, intervalMs, clusters: advanced.frames })
    collector.add({ slot, intervalMs, changes })
    previous = counters
    samples = { frames, newestSlot: slot, takenMs: counters.takenMs, isCurrent: true, clusters }
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
      if (stopped) return
      stopped = true
      timer.cancel()
      endMinute()
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
