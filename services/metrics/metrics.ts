// Metrics of all clusters: sampled every 5 s, kept for an hour in memory, and by the minute for a
// week in services.db.

import type { Hono } from 'hono'
import type { Clock } from '../../broker/clock.ts'
import type { CountersView } from '../../broker/rules/control.ts'
import type { ControlAnswer } from '../../lib/control/call.ts'
import type { GroupLagReader } from '../../lib/kafka/group-lags.ts'
import type { ServicesDb } from '../database.ts'
import type { ConnectorCounters } from './connector-counters.ts'
import { readHistory } from './history.ts'
import type { KeptMetrics } from './kept-metrics.ts'
import { startLag } from './lag/lag.ts'
import type { CollectedMinute } from './minute-collector.ts'
import { createMinuteStore, ledgerMinuteOf } from './minute-store.ts'
import { metricsRoutes } from './routes.ts'
import { startSampler } from './sampler.ts'
import type { SeriesRegistry } from './series-registry.ts'

export interface MetricsOptions {
  readonly db: ServicesDb
  readCounters(): Promise<ControlAnswer<CountersView>>
  /** Cumulative since this process started. */
  readConnectors(): readonly ConnectorCounters[]
  /** Of the lag of consumer groups. */
  readonly lagReader: GroupLagReader
  readonly clock: Clock
  /** After every attempt to sample, successful or not. */
  readonly onSampled?: () => void
  /** The same of consumer groups. */
  readonly onLagSampled?: () => void
}

export interface RunningMetrics {
  /** Serves `/v1/metrics`. */
  readonly routes: Hono
  /** Resolves when every minute that is over is stored. */
  stored(): Promise<void>
  /** Stores what there is of the minute that has begun. */
  stop(): Promise<void>
}

/** Takes up where the run before left off. */
export async function startMetrics(options: MetricsOptions): Promise<RunningMetrics> {
  const { db, clock } = options
  const { registry, ledger, frames, gone } = await readHistory(db, clock.nowMs())
  const store = createMinuteStore(db, gone)
  let newestMinute: CollectedMinute | null = null
  let stored = Promise.resolve()

  async function keep(collected: CollectedMinute): Promise<void> {
    const nowMinute = Math.floor(clock.nowMs() / 60_000)
    const horizon = Math.min(ledger.horizon(nowMinute), collected.minute)
    const dropped = dropSilent(registry, horizon)
    try {
      const series = [...registry.all()]
      await store.write({ collected, series, dropped, horizon })
      ledger.add(ledgerMinuteOf(collected))
    } catch (error) {
      // The minute is a gap then; the next one is tried again.
      console.error('A minute of metrics could not be stored:', error)
    }
  }

  const sampler = startSampler({
    ...options,
    registry,
    frames,
    onMinute(collected) {
      newestMinute = collected
      stored = stored.then(() => keep(collected))
    },
  })
  const lag = await startLag({
    ...{ db, clock, reader: options.lagReader },
    clusters() {
      const { isCurrent, clusters } = sampler.samples()
      return isCurrent ? clusters : null
    },
    ...(options.onLagSampled === undefined ? {} : { onSampled: options.onLagSampled }),
  })
  const kept: KeptMetrics = {
    samples: sampler.samples,
    lags: lag.kept,
    ...{ registry, ledger, db },
    nowMs: clock.nowMs,
    newestMinute: () => newestMinute,
  }
  return {
    routes: metricsRoutes(kept),
    async stored() {
      await Promise.all([stored, lag.stored()])
    },
    async stop() {
      sampler.stop()
      await Promise.all([stored, lag.stop()])
    },
  }
}

/** Clients and connectors of which nothing is left within the time that is kept. */
function dropSilent(registry: SeriesRegistry, horizon: number): readonly number[] {
  for (const series of [...registry.all()]) {
    const mayGo = series.kind === 'client' || series.kind === 'connector'
    if (mayGo && series.lastMinute < horizon) registry.drop(series)
  }
  return registry.takeDropped()
}
