import {
  findMetric,
  type MetricName,
  type MetricResource,
  resourceText,
} from '../../broker/rules/metrics.ts'
import type { MetricSeries } from '../../broker/rules/services-control.ts'
import { findSeries } from './find-series.ts'
import { slotsKept, stepMs } from './frames.ts'
import type { KeptMetrics } from './kept-metrics.ts'
import { valueAt } from './metric-fields.ts'
import { minuteOfSlot } from './minute-collector.ts'
import { endMinute, minutePoints, minuteRange } from './minute-points.ts'
import type { PointSeries } from './points.ts'
import { recentPoints } from './recent-points.ts'
import type { Series } from './series-registry.ts'

export type MetricRange =
  | { readonly minutes: number }
  | { readonly fromMs: number; readonly toMs: number }

/** One metric of several resources over the same steps. What it cannot be asked of has gaps only. */
export async function metricSeriesOf(
  kept: KeptMetrics,
  clusterId: string,
  {
    metric,
    resources,
    range,
  }: {
    readonly metric: MetricName
    readonly resources: readonly MetricResource[]
    readonly range: MetricRange
  },
): Promise<MetricSeries> {
  const kinds = findMetric(metric)?.resources ?? []
  const read = pointReader(kept, range)
  let steps: Omit<PointSeries, 'points'> = await read(undefined)
  const series: MetricSeries['series'] = []
  for (const resource of resources) {
    const found = kinds.includes(resource.kind) ? findSeries(kept, clusterId, resource) : undefined
    const { points, ...rest } = await read(found)
    steps = rest
    series.push({
      resource: resourceText(resource),
      name: found?.name ?? (resource.kind === 'cluster' ? clusterId : resource.id),
      points: points.map((point) => valueAt(metric, point)),
    })
  }
  return { metric, fromMs: steps.fromMs, stepMs: steps.stepMs, series }
}

type ReadPoints = (series: Series | undefined) => Promise<PointSeries>

/** From frames where they reach back far enough, from minutes otherwise. */
function pointReader(kept: KeptMetrics, range: MetricRange): ReadPoints {
  const samples = kept.samples()
  const toMs = 'toMs' in range ? range.toMs : kept.nowMs()
  const fromMs = 'fromMs' in range ? range.fromMs : toMs - range.minutes * 60_000
  const newest = samples.newestSlot ?? Math.floor(kept.nowMs() / stepMs)
  // A range that ends now ends with the newest attempt.
  const to = 'toMs' in range ? Math.floor(toMs / stepMs) : newest
  const count = Math.max(1, Math.round((toMs - fromMs) / stepMs))
  const slots = { from: to - count + 1, to }
  if (slots.from > newest - slotsKept && !isCutShort(kept, slots.from)) {
    return async (series) => recentPoints(samples, series, slots)
  }
  const toMinute = 'toMs' in range ? Math.ceil(toMs / 60_000) : endMinute(kept.ledger, kept.nowMs())
  const minutes = minuteRange(toMinute, (toMs - fromMs) / 60_000)
  return (series) => minutePoints(kept, series, minutes)
}

/** Whether frames of this time had to go because there were too many, while its minutes are there. */
function isCutShort({ samples, ledger }: KeptMetrics, fromSlot: number): boolean {
  const { oldestSlot } = samples().frames
  if (oldestSlot === null) return false
  for (let minute = minuteOfSlot(fromSlot) + 1; minute < minuteOfSlot(oldestSlot); minute++) {
    if (ledger.at(minute) !== undefined) return true
  }
  return false
}
