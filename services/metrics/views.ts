import type {
  ClusterCard,
  ClusterMetrics,
  TopicMetrics,
  TopicNow,
  TrafficRates,
  TrafficSeries,
} from '../../broker/rules/services-control.ts'
import { findSeries } from './find-series.ts'
import { type Changes, changeOf, noChange, stepMs } from './frames.ts'
import type { KeptMetrics } from './kept-metrics.ts'
import type { KnownTopic } from './known-clusters.ts'
import { endMinute, minutePoints, minuteRange } from './minute-points.ts'
import { type Point, type PointSeries, perSecond, rateOf } from './points.ts'
import { frameNow, pointNow, recentPoints, recentSlots } from './recent-points.ts'
import type { Samples } from './sampler.ts'
import type { Series } from './series-registry.ts'

const cardMinutes = 5
const recentMinutesMax = 60
/** Without naming topics, sparklines are given for clusters of at most so many. */
const sparklinesMax = 200

/** A cluster that nobody has sampled is all nulls. */
export async function clusterCardOf(
  kept: KeptMetrics,
  id: string,
  minutes = cardMinutes,
): Promise<ClusterCard> {
  const samples = kept.samples()
  const known = samples.clusters.get(id)
  const series = findSeries(kept, id, { kind: 'cluster', id: '' })
  return {
    id,
    takenMs: known === undefined ? null : samples.takenMs,
    rates: trafficRatesOf(pointNow(samples, series)),
    storedBytes: series?.gauges.retainedBytes ?? null,
    topics: known?.topics.size ?? null,
    partitions: series?.gauges.partitions ?? null,
    connections: (samples.isCurrent ? known?.connections : null) ?? null,
    series: await trafficOf(kept, series, minutes),
  }
}

export async function clusterMetricsOf(
  kept: KeptMetrics,
  id: string,
  { minutes, topics }: { readonly minutes: number; readonly topics?: readonly string[] },
): Promise<ClusterMetrics> {
  const samples = kept.samples()
  const known = samples.clusters.get(id)?.topics ?? new Map<string, KnownTopic>()
  const shown = topics === undefined ? [...known] : pick(known, topics)
  const hasSparklines = topics !== undefined || shown.length <= sparklinesMax
  const steps = hasSparklines ? recentSteps(samples, id) : []
  const now = frameNow(samples)
  const readers = readersByTopic(samples, id)
  const changes = now?.clusters.get(id)?.changes
  const views = shown.map(([name, { counters, series }]): [string, TopicNow] => {
    const sparklines = sparklinesOf(steps, series)
    const change = changes && changeOf(changes, series.number)
    const point = change && now && { change, measuredMs: now.intervalMs, gauges: series.gauges }
    return [
      name,
      {
        rates: trafficRatesOf(point ?? null),
        storedBytes: counters.storedBytes,
        partitions: counters.partitions,
        ...(readers.has(name) ? { consumers: readers.get(name) } : {}),
        ...(sparklines === undefined ? {} : { sparklines }),
      },
    ]
  })
  return { ...(await clusterCardOf(kept, id, minutes)), topicsByName: Object.fromEntries(views) }
}

/** How many clients read each topic; those that share one name for many count once. */
function readersByTopic(samples: Samples, id: string): ReadonlyMap<string, number> {
  const counts = new Map<string, number>()
  for (const { counters } of samples.clusters.get(id)?.clients.values() ?? []) {
    for (const topic of counters.topicsOut) counts.set(topic, (counts.get(topic) ?? 0) + 1)
  }
  return counts
}

/** A topic that nobody has sampled is all nulls. */
export async function topicMetricsOf(
  kept: KeptMetrics,
  id: string,
  name: string,
  minutes: number,
): Promise<TopicMetrics> {
  const samples = kept.samples()
  const isKnown = samples.clusters.get(id)?.topics.has(name) === true
  const series = findSeries(kept, id, { kind: 'topic', id: name })
  return {
    name,
    takenMs: isKnown ? samples.takenMs : null,
    rates: trafficRatesOf(pointNow(samples, series)),
    storedBytes: series?.gauges.retainedBytes ?? null,
    series: await trafficOf(kept, series, minutes),
  }
}

function pick(known: ReadonlyMap<string, KnownTopic>, names: readonly string[]) {
  return names.flatMap((name) => {
    const topic = known.get(name)
    return topic === undefined ? [] : [[name, topic] as const]
  })
}

/** The last minutes at 5 s, or more of them in larger steps. */
async function trafficOf(
  kept: KeptMetrics,
  series: Series | undefined,
  minutes: number,
): Promise<TrafficSeries> {
  const samples = kept.samples()
  if (minutes <= recentMinutesMax) {
    return trafficSeriesOf(recentPoints(samples, series, recentSlots(samples, minutes)))
  }
  const range = minuteRange(endMinute(kept.ledger, kept.nowMs()), minutes)
  return trafficSeriesOf(await minutePoints(kept, series, range))
}

function trafficSeriesOf({ fromMs, stepMs, points }: PointSeries): TrafficSeries {
  return {
    fromMs,
    stepMs,
    productionBytesPerSecond: points.map((point) => rateOf(point, 'receivedBytes')),
    consumptionBytesPerSecond: points.map((point) => rateOf(point, 'sentBytes')),
    recordsInPerSecond: points.map((point) => rateOf(point, 'receivedRecords')),
    storedBytes: points.map((point) => point?.gauges.retainedBytes ?? null),
  }
}

export function trafficRatesOf(point: Point | null): TrafficRates | null {
  if (point === null || point.measuredMs === null) return null
  const { change, measuredMs } = point
  return {
    productionBytesPerSecond: perSecond(change.receivedBytes, measuredMs),
    consumptionBytesPerSecond: perSecond(change.sentBytes, measuredMs),
    recordsInPerSecond: perSecond(change.receivedRecords, measuredMs),
  }
}

/** What flowed through a topic in the last minutes; undefined where nothing moved at all. */
function sparklinesOf(
  steps: readonly (ClusterStep | null)[],
  { number, firstMs }: Series,
): TopicNow['sparklines'] {
  const changes = steps.map((step) =>
    step === null || step.endMs < firstMs ? undefined : changeOf(step.changes, number),
  )
  if (changes.every((change) => change === undefined || change === noChange)) return undefined
  const rates = (counter: 'receivedBytes' | 'sentBytes') =>
    changes.map((change, index) => {
      const intervalMs = steps[index]?.intervalMs ?? null
      return change === undefined || intervalMs === null
        ? null
        : perSecond(change[counter], intervalMs)
    })
  return { production: rates('receivedBytes'), consumption: rates('sentBytes') }
}

interface ClusterStep {
  readonly endMs: number
  readonly changes: Changes
  readonly intervalMs: number | null
}

/** What the last minutes changed in a cluster, step by step; null is a gap. */
function recentSteps(samples: Samples, id: string): (ClusterStep | null)[] {
  const slots = recentSlots(samples, cardMinutes)
  const steps: (ClusterStep | null)[] = []
  for (let slot = slots?.from ?? 0; slots !== null && slot <= slots.to; slot++) {
    const frame = samples.frames.at(slot)
    const changes = frame?.clusters.get(id)?.changes
    const isThere = frame !== undefined && changes !== undefined
    steps.push(isThere ? { endMs: slot * stepMs, changes, intervalMs: frame.intervalMs } : null)
  }
  return steps
}
