// The lag of consumer groups over time: read through Kafka every 15 s, kept for an hour in memory and
// by the minute for a week in services.db.

import type { Clock } from '../../../broker/clock.ts'
import type { GroupLagReader } from '../../../lib/kafka/group-lags.ts'
import type { ServicesDb } from '../../database.ts'
import { readLagHistory } from './lag-reads.ts'
import { type LagSamplerOptions, startLagSampler } from './lag-sampler.ts'
import { createLagStore, type LagMinute } from './lag-store.ts'
import type { KeptLags } from './lag-views.ts'

export interface LagOptions extends Pick<LagSamplerOptions, 'clusters' | 'onSampled'> {
  readonly db: ServicesDb
  readonly reader: GroupLagReader
  readonly clock: Clock
}

export interface RunningLag {
  readonly kept: KeptLags
  /** Resolves when every minute that is over is stored. */
  stored(): Promise<void>
  /** Stores what there is of the minute that has begun. */
  stop(): Promise<void>
}

/** Takes up where the run before left off. */
export async function startLag(options: LagOptions): Promise<RunningLag> {
  const { db, clock } = options
  const history = await readLagHistory(db, clock.nowMs())
  const store = createLagStore(db)
  let stored = Promise.resolve()

  function rowsOf(clusterId: string) {
    const series = [...(history.cluster(clusterId)?.series.values() ?? [])]
    return series.flatMap((one) =>
      one.newest === one.stored ? [] : [{ series: one, lag: one.newest }],
    )
  }

  async function keep(minute: LagMinute): Promise<void> {
    try {
      await store.write(minute)
    } catch (error) {
      // The minute is a gap then; the next one is tried again.
      console.error('A minute of consumer lag could not be stored:', error)
    }
  }

  const sampler = startLagSampler({
    ...options,
    history,
    onMinute(minute, clusterIds) {
      const clusters = clusterIds.map((clusterId) => ({ clusterId, rows: rowsOf(clusterId) }))
      stored = stored.then(() => keep({ minute, clusters }))
    },
    onGone(clusterId) {
      history.dropCluster(clusterId)
      store.forget(clusterId)
    },
  })
  return {
    kept: { history, db, nowMs: clock.nowMs },
    stored: () => stored,
    stop() {
      sampler.stop()
      return stored
    },
  }
}
