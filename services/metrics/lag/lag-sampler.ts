// Looks at the groups of every cluster each 15 s, on multiples of 15 s. A cluster that does not answer
// is a gap of its own.

import type { Clock } from '../../../broker/clock.ts'
import { lagRules } from '../../../broker/rules/consumer-lag.ts'
import type { GroupLagReader } from '../../../lib/kafka/group-lags.ts'
import { type LagHistory, lagStepMs } from './lag-history.ts'

const slotsPerMinute = 60_000 / lagStepMs

export interface LagSamplerOptions {
  readonly clock: Clock
  readonly reader: GroupLagReader
  readonly history: LagHistory
  /** Every cluster with how many connections it has; null while that is not known. */
  clusters(): ReadonlyMap<string, { readonly connections: number }> | null
  /** A minute is over; of the clusters named there was a sample in it. */
  readonly onMinute: (minute: number, clusterIds: readonly string[]) => void
  /** A cluster is no more. */
  readonly onGone: (clusterId: string) => void
  /** After every round, successful or not. */
  readonly onSampled?: () => void
}

export interface LagSampler {
  /** Ends it; what there is of the minute that has begun is told before this returns. */
  stop(): void
}

/** The minute that a step belongs to: slot 4 ends the last step of minute 0. */
export function lagMinuteOf(slot: number): number {
  return Math.floor((slot - 1) / slotsPerMinute)
}

export function startLagSampler(options: LagSamplerOptions): LagSampler {
  const { clock, reader, history, onMinute, onGone, onSampled } = options
  let collecting: { readonly minute: number; readonly clusterIds: Set<string> } | null = null
  let stopped = false

  function endMinute() {
    if (collecting === null) return
    onMinute(collecting.minute, [...collecting.clusterIds])
    collecting = null
  }

  async function readOne(clusterId: string, slot: number): Promise<void> {
    try {
      const lags = await reader.read(clusterId, lagRules)
      if (stopped) return
      // A cluster without groups takes no place.
      if (lags.length === 0 && history.cluster(clusterId) === undefined) return
      history.add(clusterId, slot, lags)
      collecting ??= { minute: lagMinuteOf(slot), clusterIds: new Set() }
      collecting.clusterIds.add(clusterId)
    } catch (error) {
      // A broker that restarts or a cluster that was deleted meanwhile; the next round tells.
      if (!(error instanceof Error && 'kafka' in error)) {
        console.error(`The lag of ${clusterId} could not be read:`, error)
      }
    }
  }

  async function sample(slot: number): Promise<void> {
    const clusters = options.clusters()
    if (collecting !== null && collecting.minute !== lagMinuteOf(slot)) endMinute()
    if (clusters !== null) {
      reader.keepOnly(clusters)
      for (const id of history.clusterIds()) if (!clusters.has(id)) onGone(id)
      const due = [...clusters].flatMap(([id, { connections }]) =>
        isDue(id, connections, slot) ? [id] : [],
      )
      const next = due.values()
      const work = async () => {
        for (const id of next) await readOne(id, slot)
      }
      await Promise.all(Array.from({ length: lagRules.readsAtOnce }, work))
    }
    if (stopped) return
    if (slot % slotsPerMinute === 0) endMinute()
    onSampled?.()
  }

  /** Where there are groups or somebody who may make one, each time; the others seldom, not all at once. */
  function isDue(clusterId: string, connections: number, slot: number): boolean {
    if (connections > 0 || (history.cluster(clusterId)?.series.size ?? 0) > 0) return true
    const spread = clusterId.charCodeAt(clusterId.length - 1) || 0
    return (slot + spread) % lagRules.idleSteps === 0
  }

  const run = async (slot: number): Promise<void> => {
    await sample(slot)
    if (stopped) return
    const nowSlot = Math.floor(clock.nowMs() / lagStepMs)
    // A round that took longer than a step leaves out the steps that it overlapped. Where the clock was
    // set back, this goes on from there.
    const next = (nowSlot + 1 < slot ? nowSlot : Math.max(slot, nowSlot)) + 1
    timer = clock.after(next * lagStepMs - clock.nowMs(), () => void run(next))
  }
  const first = Math.floor(clock.nowMs() / lagStepMs) + 1
  let timer = clock.after(first * lagStepMs - clock.nowMs(), () => void run(first))
  return {
    stop() {
      if (stopped) return
      stopped = true
      timer.cancel()
      endMinute()
      reader.close()
    },
  }
}
