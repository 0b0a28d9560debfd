import { lagRules } from '../../../broker/rules/consumer-lag.ts'
import type {
  ClusterLag,
  GroupLagSeries,
  LagExport,
} from '../../../broker/rules/services-control.ts'
import type { ServicesDb } from '../../database.ts'
import { minuteRange } from '../minute-points.ts'
import {
  isTotal,
  type LagHistory,
  type LagSeries,
  lagStepMs,
  lagValues,
  stepsKept,
  totalOf,
} from './lag-history.ts'
import { readLagSteps, readLookedSteps } from './lag-reads.ts'

export interface KeptLags {
  readonly history: LagHistory
  readonly db: ServicesDb
  nowMs(): number
}

const slotsPerMinute = 60_000 / lagStepMs

/** The course of every group of a cluster over the last hour, by the minute: for a list. */
export function clusterLagOf({ history, nowMs }: KeptLags, clusterId: string): ClusterLag {
  const cluster = history.cluster(clusterId)
  const to = Math.floor(nowMs() / lagStepMs)
  const slots = { from: to - stepsKept + 1, to }
  const totals = [...(cluster?.series.values() ?? [])].filter(isTotal)
  return {
    takenMs: takenMsOf(history, clusterId),
    fromMs: (slots.from + slotsPerMinute - 1) * lagStepMs,
    stepMs: 60_000,
    groups: totals.map((series) => ({
      groupId: series.groupId,
      points: byMinute(lagValues(cluster, series, slots)),
    })),
  }
}

/** The newest of every four that is known. */
function byMinute(values: readonly (number | null)[]): (number | null)[] {
  return Array.from({ length: values.length / slotsPerMinute }, (_, minute) => {
    const own = values.slice(minute * slotsPerMinute, (minute + 1) * slotsPerMinute)
    return own.findLast((value) => value !== null) ?? null
  })
}

/** A group as a whole and its partitions, those furthest behind first. One that is unknown has gaps only. */
export async function groupLagOf(
  kept: KeptLags,
  { clusterId, groupId, minutes }: { clusterId: string; groupId: string; minutes: number },
): Promise<GroupLagSeries> {
  const { history } = kept
  const cluster = history.cluster(clusterId)
  const own = [...(cluster?.series.values() ?? [])].filter((series) => series.groupId === groupId)
  const total = history.find({ clusterId, groupId, ...totalOf })
  const partitions = own
    .filter((series) => !isTotal(series))
    .sort((a, b) => (b.newest ?? -1) - (a.newest ?? -1) || byPlace(a, b))
  const charted = partitions.slice(0, lagRules.chartedMax).sort(byPlace)
  const read = await pointReader(kept, clusterId, minutes, [...charted, ...(total ? [total] : [])])
  return {
    takenMs: takenMsOf(history, clusterId),
    ...{ fromMs: read.fromMs, stepMs: read.stepMs },
    total: read.pointsOf(total),
    partitions: charted.map((series) => ({
      ...{ topic: series.topic, partition: series.partition },
      points: read.pointsOf(series),
    })),
    leftOut: partitions.length - charted.length,
    isLimited: cluster?.isLimited ?? false,
  }
}

/** As of the newest sample, for `/metrics`; empty where it is older than a scraper wants to know. */
export function lagExportOf({ history, nowMs }: KeptLags, clusterId: string): LagExport {
  const takenMs = takenMsOf(history, clusterId)
  if (takenMs === null || takenMs < nowMs() - exportedAgeMsMax) return { takenMs: null, lags: [] }
  const series = [...(history.cluster(clusterId)?.series.values() ?? [])]
  return {
    takenMs,
    lags: series.flatMap(({ groupId, topic, partition, clientId, newest }) =>
      partition === totalOf.partition || newest === null
        ? []
        : [{ groupId, topic, partition, clientId, lag: newest }],
    ),
  }
}

const exportedAgeMsMax = 180_000

function takenMsOf(history: LagHistory, clusterId: string): number | null {
  const slot = history.cluster(clusterId)?.newestSlot ?? -1
  return slot < 0 ? null : slot * lagStepMs
}

interface PointReader {
  readonly fromMs: number
  readonly stepMs: number
  pointsOf(series: LagSeries | undefined): (number | null)[]
}

/** From memory within the hour, from the database beyond. */
async function pointReader(
  { history, db, nowMs }: KeptLags,
  clusterId: string,
  minutes: number,
  series: readonly LagSeries[],
): Promise<PointReader> {
  const count = minutes * slotsPerMinute
  if (count <= stepsKept) {
    const cluster = history.cluster(clusterId)
    const to = Math.floor(nowMs() / lagStepMs)
    // What is being read just now is not there yet: a range ends with what is.
    const end = cluster?.newestSlot === to ? to : to - 1
    const slots = { from: end - count + 1, to: end }
    return {
      fromMs: slots.from * lagStepMs,
      stepMs: lagStepMs,
      pointsOf: (one) => [...lagValues(cluster, one, slots)],
    }
  }
  const range = minuteRange(Math.floor(nowMs() / 60_000), minutes)
  const looked = await readLookedSteps(db, clusterId, range)
  const steps = await readLagSteps(db, series, range)
  const none = Array<number | null>((range.toMinute - range.fromMinute) / range.stepMinutes)
  return {
    fromMs: (range.fromMinute + range.stepMinutes) * 60_000,
    stepMs: range.stepMinutes * 60_000,
    pointsOf: (one) =>
      [...((one && steps.get(one.number)) ?? none.fill(null))].map((value, step) =>
        looked.has(step) ? value : null,
      ),
  }
}

function byPlace(a: LagSeries, b: LagSeries): number {
  if (a.topic === b.topic) return a.partition - b.partition
  return a.topic < b.topic ? -1 : 1
}
