// The metrics service over counters that a test sets by hand, with a clock that it moves.

import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createFakeClock, type FakeClock } from '../../../broker/clock.ts'
import { lagRules } from '../../../broker/rules/consumer-lag.ts'
import type { ClientCountersView, CountersView } from '../../../broker/rules/control.ts'
import { createServicesControl, type ServicesControl } from '../../../lib/control/services.ts'
import { unreachable } from '../../../lib/kafka/failure.ts'
import type { GroupLag } from '../../../lib/kafka/group-lags.ts'
import { serveControl } from '../../control.ts'
import { openServicesDb, type ServicesDb } from '../../database.ts'
import type { ConnectorCounters } from '../connector-counters.ts'
import { startMetrics } from '../metrics.ts'

type Tenants = CountersView['tenants']
type TopicCounters = Tenants[string]['topics'][string]

/** What the broker and the connectors would tell; tests change it between samples. */
export interface Counted {
  startId: string
  tenants: Tenants
  connectors: ConnectorCounters[]
  /** What groups are behind, by cluster; none where a cluster is absent. */
  lags: Record<string, readonly GroupLag[]>
  /** False: the broker does not answer. */
  isThere: boolean
}

export function topicCounters(id: string, counters: Partial<TopicCounters> = {}): TopicCounters {
  return {
    ...{ id, partitions: 1, bytesIn: 0, bytesOut: 0, recordsIn: 0, recordsOut: 0, storedBytes: 0 },
    ...counters,
  }
}

export function clientCounters(
  clientId: string,
  counters: Partial<ClientCountersView> = {},
): ClientCountersView {
  return {
    ...{ clientId, isOther: false, connections: 1, topicsIn: [], topicsOut: [] },
    ...{ bytesIn: 0, bytesOut: 0, recordsIn: 0, recordsOut: 0 },
    ...counters,
  }
}

export interface CountedWorld {
  readonly clock: FakeClock
  readonly counted: Counted
  readonly db: ServicesDb
  readonly metrics: ServicesControl
  /** Takes samples, 5 s apart. `before` each of them it may count. */
  samples(count: number, before?: () => void): Promise<void>
  /** Ends this run as SIGTERM does. */
  stop(): Promise<void>
  /** Ends it as `kill -9` does: nothing more is stored. */
  kill(): Promise<void>
  /** The next run over the same files, whose first sample is taken at once. */
  restart(): Promise<CountedWorld>
}

const token = 'token-of-this-start'

export async function startCountedWorld(
  onEnd: (end: () => unknown) => void,
  tenants: Tenants,
): Promise<CountedWorld> {
  const dataDir = mkdtempSync(join(tmpdir(), 'tributary-metrics-'))
  onEnd(() => rmSync(dataDir, { recursive: true, force: true }))
  const counted: Counted = { startId: 'first', tenants, connectors: [], lags: {}, isThere: true }
  // On a whole minute, so that tests can count in minutes.
  return startRun({ dataDir, counted, clock: createFakeClock(28_333_334 * 60_000), onEnd })
}

interface Run {
  readonly dataDir: string
  readonly counted: Counted
  readonly clock: FakeClock
  readonly onEnd: (end: () => unknown) => void
}

async function startRun(run: Run): Promise<CountedWorld> {
  const { dataDir, counted, clock, onEnd } = run
  const db = openServicesDb(dataDir)
  let ended = false
  let sampled = () => {}
  const nextAttempt = () => new Promise<void>((resolve) => (sampled = resolve))
  const first = nextAttempt()
  let lagSampled = () => {}
  const running = await startMetrics({
    db,
    async readCounters() {
      const { isThere, startId, tenants } = counted
      return isThere
        ? {
            ok: true,
            value: { startId, takenMs: clock.nowMs(), tenants: structuredClone(tenants) },
          }
        : { ok: false, code: 'UNREACHABLE', message: 'The broker is away.' }
    },
    readConnectors: () => counted.connectors,
    lagReader: {
      async read(clusterId) {
        if (!counted.isThere) throw unreachable()
        return counted.lags[clusterId] ?? []
      },
      keepOnly() {},
      close() {},
    },
    // A process that was killed has no timers.
    clock: {
      nowMs: clock.nowMs,
      after: (delayMs, fire) => clock.after(delayMs, () => ended || fire()),
    },
    onSampled: () => sampled(),
    onLagSampled: () => lagSampled(),
  })
  const served = await serveControl({
    port: 0,
    token,
    status: () => ({ startId: 'x', startedMs: 0, pid: 1 }),
    routes: { '/v1/metrics': running.routes },
  })
  if (!served.ok) throw new Error(served.reason)
  const end = async (stopMetrics: () => Promise<void>) => {
    if (ended) return
    ended = true
    served.value.stop()
    await stopMetrics()
    await db.$disconnect()
  }
  onEnd(() => end(running.stop))
  clock.advance(0)
  await first
  return {
    ...{ clock, counted, db },
    metrics: createServicesControl({ url: served.value.url, token }),
    async samples(count, before = () => {}) {
      for (let n = 0; n < count; n++) {
        before()
        const attempts = [nextAttempt()]
        if ((clock.nowMs() + 5000) % lagRules.stepMs === 0) {
          attempts.push(new Promise((resolve) => (lagSampled = resolve)))
        }
        await Promise.resolve()
        clock.advance(5000)
        await Promise.all(attempts)
        await running.stored()
      }
    },
    stop: () => end(running.stop),
    kill: () => end(async () => {}),
    restart: () => startRun(run),
  }
}
