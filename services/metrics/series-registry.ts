// What metrics are kept of: clusters, topics, clients and connectors, each with a number that stands
// for it in frames and in the database.
//
// Invariants: a number is never given twice while anything is stored under it. A topic is known by
// its id, so one that is created again is another series. A cluster has at most `clientsKept` clients
// in a week, whatever ids are invented: the one that was silent longest goes.

import type { ResourceKind } from '../../broker/rules/metrics.ts'
import { type Gauges, noGauges } from './frames.ts'

/** Of one cluster; the broker tells 201 of them at a time. */
export const clientsKept = 400

export interface SeriesKey {
  readonly clusterId: string
  readonly kind: ResourceKind
  /** Topic id, client id, `lcc-…`; empty for the cluster itself. */
  readonly resourceId: string
}

export interface Series extends SeriesKey {
  readonly number: number
  /** What people call it. */
  name: string
  /** Time of the first sample that had it; before, there is nothing to tell. */
  firstMs: number
  /** As of the newest sample. */
  gauges: Gauges
  /** As the newest stored row says. */
  storedGauges: Gauges
  /** Whether its own row is stored. */
  isStored: boolean
  /** The newest minute in which it changed. */
  lastMinute: number
}

export interface SeriesRegistry {
  find(key: SeriesKey): Series | undefined
  /** Finds it, or makes it as of this moment. */
  take(key: SeriesKey, name: string, nowMs: number): Series
  /** Its number is told to `takeDropped` once. */
  drop(series: Series): void
  dropCluster(clusterId: string): void
  /** Numbers of dropped series of which something may be stored. */
  takeDropped(): readonly number[]
  ofCluster(clusterId: string): Iterable<Series>
  clusterIds(): readonly string[]
  all(): Iterable<Series>
}

export function createSeriesRegistry(
  stored: readonly Series[] = [],
  firstFreeNumber = 1,
): SeriesRegistry {
  const byCluster = new Map<string, Map<string, Series>>()
  let dropped: number[] = []
  let next = firstFreeNumber
  for (const series of stored) add(series)

  function add(series: Series): Series {
    const ofCluster = byCluster.get(series.clusterId) ?? new Map<string, Series>()
    byCluster.set(series.clusterId, ofCluster)
    ofCluster.set(textOf(series), series)
    next = Math.max(next, series.number + 1)
    return series
  }

  function find(key: SeriesKey): Series | undefined {
    return byCluster.get(key.clusterId)?.get(textOf(key))
  }

  function drop(series: Series): void {
    const ofCluster = byCluster.get(series.clusterId)
    if (ofCluster?.delete(textOf(series))) dropped.push(series.number)
    if (ofCluster?.size === 0) byCluster.delete(series.clusterId)
  }

  function makePlaceForClient(clusterId: string): void {
    const clients = [...(byCluster.get(clusterId)?.values() ?? [])].filter(
      ({ kind }) => kind === 'client',
    )
    if (clients.length < clientsKept) return
    drop(clients.reduce((oldest, one) => (one.lastMinute < oldest.lastMinute ? one : oldest)))
  }

  return {
    find,
    take(key, name, nowMs) {
      const known = find(key)
      if (known !== undefined) {
        known.name = name
        // The clock was set back since.
        known.firstMs = Math.min(known.firstMs, nowMs)
        return known
      }
      if (key.kind === 'client') makePlaceForClient(key.clusterId)
      const { clusterId, kind, resourceId } = key
      return add({
        ...{ clusterId, kind, resourceId, name },
        number: next++,
        firstMs: nowMs,
        gauges: noGauges,
        storedGauges: noGauges,
        isStored: false,
        lastMinute: Math.floor(nowMs / 60_000),
      })
    },
    drop,
    dropCluster(clusterId) {
      for (const series of [...(byCluster.get(clusterId)?.values() ?? [])]) drop(series)
    },
    takeDropped() {
      const taken = dropped
      dropped = []
      return taken
    },
    ofCluster: (clusterId) => byCluster.get(clusterId)?.values() ?? [],
    clusterIds: () => [...byCluster.keys()],
    *all() {
      for (const ofCluster of byCluster.values()) yield* ofCluster.values()
    },
  }
}

function textOf({ kind, resourceId }: SeriesKey): string {
  return `${kind}:${resourceId}`
}
