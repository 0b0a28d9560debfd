// The last hour of consumer lag, every 15 s, in memory.
//
// Invariants: a step in which nobody looked at a cluster is a gap. What is kept is bounded by the
// number of series; those that find no place are left out, and the group's total has them all the same.

import { lagRules } from '../../../broker/rules/consumer-lag.ts'
import type { GroupLag } from '../../../lib/kafka/group-lags.ts'

export const { stepMs: lagStepMs, stepsKept } = lagRules

/** A partition of a group, or with an empty topic and partition -1 the group as a whole. */
export interface LagKey {
  readonly clusterId: string
  readonly groupId: string
  readonly topic: string
  readonly partition: number
}

export interface LagSeries extends LagKey {
  /** What it is called in the database. */
  readonly number: number
  /** By slot modulo `stepsKept`; NaN where nothing is known. */
  readonly values: Float64Array
  newest: number | null
  clientId: string | null
  /** The newest slot in which there was something to tell. */
  lastSlot: number
  /** As the newest stored row says; null where there is none. */
  stored: number | null
  /** Whether its own row is stored. */
  isStored: boolean
}

export interface ClusterLags {
  /** Which slot each place of the series' values is of. */
  readonly slots: Int32Array
  readonly series: Map<string, LagSeries>
  newestSlot: number
  /** Whether groups were left out for want of place. */
  isLimited: boolean
}

export interface LagHistory {
  cluster(clusterId: string): ClusterLags | undefined
  clusterIds(): readonly string[]
  find(key: LagKey): LagSeries | undefined
  /** Finds it or makes it; undefined where there are too many. */
  take(key: LagKey): LagSeries | undefined
  add(clusterId: string, slot: number, lags: readonly GroupLag[]): void
  /** Series of the database that were found at start. */
  restore(key: LagKey, number: number, stored: number | null): LagSeries | undefined
  dropCluster(clusterId: string): readonly LagSeries[]
}

export const totalOf = { topic: '', partition: -1 } as const

export function isTotal({ partition }: Pick<LagKey, 'partition'>): boolean {
  return partition === totalOf.partition
}

export function createLagHistory(
  firstFreeNumber: number,
  seriesMax: number = lagRules.seriesMax,
): LagHistory {
  const clusters = new Map<string, ClusterLags>()
  let next = firstFreeNumber
  let count = 0

  function take(key: LagKey, number?: number): LagSeries | undefined {
    const cluster = clusters.get(key.clusterId) ?? newCluster()
    clusters.set(key.clusterId, cluster)
    const known = cluster.series.get(textOf(key))
    if (known !== undefined) return known
    if (count >= seriesMax) {
      cluster.isLimited = true
      return undefined
    }
    count += 1
    const { clusterId, groupId, topic, partition } = key
    const series: LagSeries = {
      ...{ clusterId, groupId, topic, partition },
      number: number ?? next++,
      values: new Float64Array(stepsKept).fill(Number.NaN),
      ...{ newest: null, clientId: null, lastSlot: 0, stored: null, isStored: false },
    }
    cluster.series.set(textOf(key), series)
    return series
  }

  /** Of which nothing is left in the hour, and nothing waits to be stored. */
  function dropSilent(cluster: ClusterLags, slot: number) {
    for (const [text, series] of cluster.series) {
      if (series.lastSlot > slot - stepsKept || series.stored !== null) continue
      cluster.series.delete(text)
      count -= 1
    }
  }

  return {
    cluster: (clusterId) => clusters.get(clusterId),
    clusterIds: () => [...clusters.keys()],
    find: (key) => clusters.get(key.clusterId)?.series.get(textOf(key)),
    take: (key) => take(key),
    restore(key, number, stored) {
      const series = take(key, number)
      return series && Object.assign(series, { stored, isStored: true })
    },
    add(clusterId, slot, lags) {
      const cluster = clusters.get(clusterId) ?? newCluster()
      clusters.set(clusterId, cluster)
      cluster.isLimited = false
      dropSilent(cluster, slot)
      const at = slot % stepsKept
      cluster.slots[at] = slot
      cluster.newestSlot = Math.max(cluster.newestSlot, slot)
      for (const series of cluster.series.values()) {
        series.newest = null
        series.clientId = null
        series.values[at] = Number.NaN
      }
      for (const one of [...totals(lags), ...lags]) {
        const series = take({ clusterId, ...one })
        if (series === undefined) continue
        series.newest = one.lag
        series.clientId = one.clientId
        series.values[at] = one.lag ?? Number.NaN
        if (one.lag !== null) series.lastSlot = slot
      }
    },
    dropCluster(clusterId) {
      const dropped = [...(clusters.get(clusterId)?.series.values() ?? [])]
      clusters.delete(clusterId)
      count -= dropped.length
      return dropped
    },
  }
}

/** What a series was at the slots from one to another, both inclusive; null is a gap or not known. */
export function lagValues(
  cluster: ClusterLags | undefined,
  series: LagSeries | undefined,
  { from, to }: { readonly from: number; readonly to: number },
): readonly (number | null)[] {
  return Array.from({ length: to - from + 1 }, (_, index) => {
    const slot = from + index
    const at = slot % stepsKept
    const isThere = cluster?.slots[at] === slot
    const value = isThere ? series?.values[at] : undefined
    return value === undefined || Number.isNaN(value) ? null : value
  })
}

/** Over all partitions of a group of which it can be said. */
function totals(lags: readonly GroupLag[]): readonly GroupLag[] {
  const sums = new Map<string, number | null>()
  for (const { groupId, lag } of lags) {
    const sum = sums.get(groupId) ?? null
    sums.set(groupId, lag === null ? sum : (sum ?? 0) + lag)
  }
  return [...sums].map(([groupId, lag]) => ({ groupId, ...totalOf, lag, clientId: null }))
}

function newCluster(): ClusterLags {
  return {
    slots: new Int32Array(stepsKept).fill(-1),
    series: new Map(),
    newestSlot: -1,
    isLimited: false,
  }
}

function textOf({ groupId, topic, partition }: LagKey): string {
  return `${partition} ${topic} ${groupId}`
}
