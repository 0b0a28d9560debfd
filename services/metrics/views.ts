import type {
  ClusterCard,
  ClusterMetrics,
  TopicMetrics,
  TopicNow,
  TrafficRates,
  TrafficSeries,
} from '../../broker/rules/services-control.ts'
import { type Changes, changeOf, type Frame, noChange, stepMs, type TopicChange } from './frames.ts'
import type { KnownTopic } from './known-clusters.ts'
import type { Samples } from './sampler.ts'

const slotsPerMinute = 60_000 / stepMs
const cardMinutes = 5
/** Without naming topics, sparklines are given for clusters of at most so many. */
const sparklinesMax = 200

/** A cluster that nobody has sampled is all nulls. */
export function clusterCardOf(samples: Samples, id: string, minutes = cardMinutes): ClusterCard {
  const known = samples.clusters.get(id)
  const series = seriesOf(samples, minutes, (frame) => {
    const cluster = frame.clusters.get(id)
    return cluster && { change: cluster.total, storedBytes: cluster.storedBytes }
  })
  return {
    id,
    takenMs: known === undefined ? null : samples.takenMs,
    rates: ratesNow(samples, (frame) => frame.clusters.get(id)?.total),
    storedBytes: known?.storedBytes ?? null,
    topics: known?.topics.size ?? null,
    partitions: known?.partitions ?? null,
    connections: (samples.isCurrent ? known?.connections : null) ?? null,
    series,
  }
}

export function clusterMetricsOf(
  samples: Samples,
  id: string,
  { minutes, topics }: { readonly minutes: number; readonly topics?: readonly string[] },
): ClusterMetrics {
  const known = samples.clusters.get(id)?.topics ?? new Map<string, KnownTopic>()
  const shown = topics === undefined ? [...known] : pick(known, topics)
  const hasSparklines = topics !== undefined || shown.length <= sparklinesMax
  const steps = hasSparklines ? recentSteps(samples, id) : []
  const now = frameNow(samples)
  const changes = now?.clusters.get(id)?.changes
  const views = shown.map(([name, topic]): [string, TopicNow] => {
    const { counters, series } = topic
    const sparklines = sparklinesOf(steps, topic)
    return [
      name,
      {
        rates:
          now === undefined || changes === undefined
            ? null
            : ratesOf(changeOf(changes, series), now.intervalMs),
        storedBytes: counters.storedBytes,
        partitions: counters.partitions,
        ...(sparklines === undefined ? {} : { sparklines }),
      },
    ]
  })
  return { ...clusterCardOf(samples, id, minutes), topicsByName: Object.fromEntries(views) }
}

/** A topic that nobody has sampled is all nulls. */
export function topicMetricsOf(
  samples: Samples,
  id: string,
  name: string,
  minutes: number,
): TopicMetrics {
  const known = samples.clusters.get(id)?.topics.get(name)
  const changeIn = (frame: Frame): TopicChange | undefined => {
    const cluster = frame.clusters.get(id)
    if (known === undefined || cluster === undefined || frame.slot < known.firstSlot) return
    return changeOf(cluster.changes, known.series)
  }
  // Frames say by how much the stored bytes changed: from the newest value backwards.
  let storedBytes = known?.counters.storedBytes ?? 0
  return {
    name,
    takenMs: known === undefined ? null : samples.takenMs,
    rates: ratesNow(samples, changeIn),
    storedBytes: known?.counters.storedBytes ?? null,
    series: seriesOf(samples, minutes, (frame) => {
      const change = changeIn(frame)
      if (change === undefined) return
      const point = { change, storedBytes }
      storedBytes -= change.storedDeltaBytes
      return point
    }),
  }
}

function pick(known: ReadonlyMap<string, KnownTopic>, names: readonly string[]) {
  return names.flatMap((name) => {
    const topic = known.get(name)
    return topic === undefined ? [] : [[name, topic] as const]
  })
}

interface Point {
  readonly change: TopicChange
  readonly storedBytes: number
}

/** Asks for the point of each frame, newest first; no frame or no point is a gap. */
function seriesOf(
  samples: Samples,
  minutes: number,
  pointIn: (frame: Frame) => Point | undefined,
): TrafficSeries {
  const slots = slotsOf(samples, minutes)
  const production: (number | null)[] = []
  const consumption: (number | null)[] = []
  const records: (number | null)[] = []
  const stored: (number | null)[] = []
  for (const slot of [...slots].reverse()) {
    const frame = samples.frames.at(slot)
    const point = frame && pointIn(frame)
    const rates = point === undefined ? null : ratesOf(point.change, frame?.intervalMs ?? null)
    production.push(rates?.productionBytesPerSecond ?? null)
    consumption.push(rates?.consumptionBytesPerSecond ?? null)
    records.push(rates?.recordsInPerSecond ?? null)
    stored.push(point?.storedBytes ?? null)
  }
  return {
    fromMs: (slots[0] ?? 0) * stepMs,
    stepMs,
    productionBytesPerSecond: production.reverse(),
    consumptionBytesPerSecond: consumption.reverse(),
    recordsInPerSecond: records.reverse(),
    storedBytes: stored.reverse(),
  }
}

/** What flowed through a topic in the last minutes; undefined where nothing moved at all. */
function sparklinesOf(
  steps: readonly (ClusterStep | undefined)[],
  { series, firstSlot }: KnownTopic,
): TopicNow['sparklines'] {
  const changes = steps.map((step) =>
    step === undefined || step.slot < firstSlot ? undefined : changeOf(step.changes, series),
  )
  if (changes.every((change) => change === undefined || change === noChange)) return undefined
  const rates = changes.map((change, index) =>
    change === undefined ? null : ratesOf(change, steps[index]?.intervalMs ?? null),
  )
  return {
    production: rates.map((rate) => rate?.productionBytesPerSecond ?? null),
    consumption: rates.map((rate) => rate?.consumptionBytesPerSecond ?? null),
  }
}

interface ClusterStep {
  readonly slot: number
  readonly changes: Changes
  readonly intervalMs: number | null
}

/** What the last minutes changed in a cluster, step by step; undefined is a gap. */
function recentSteps(samples: Samples, id: string): (ClusterStep | undefined)[] {
  return slotsOf(samples, cardMinutes).map((slot) => {
    const frame = samples.frames.at(slot)
    const changes = frame?.clusters.get(id)?.changes
    return frame && changes && { slot, changes, intervalMs: frame.intervalMs }
  })
}

/** The slots of the last minutes, up to the newest attempt. */
function slotsOf({ newestSlot }: Samples, minutes: number): number[] {
  const count = minutes * slotsPerMinute
  return newestSlot === null
    ? []
    : Array.from({ length: count }, (_, index) => newestSlot - count + 1 + index)
}

function frameNow({ frames, newestSlot, isCurrent }: Samples): Frame | undefined {
  return isCurrent && newestSlot !== null ? frames.at(newestSlot) : undefined
}

function ratesNow(
  samples: Samples,
  changeIn: (frame: Frame) => TopicChange | undefined,
): TrafficRates | null {
  const frame = frameNow(samples)
  const change = frame && changeIn(frame)
  return change === undefined ? null : ratesOf(change, frame?.intervalMs ?? null)
}

function ratesOf(change: TopicChange, intervalMs: number | null): TrafficRates | null {
  if (intervalMs === null) return null
  const perSecond = (count: number) => Math.round((count / intervalMs) * 1e5) / 100
  return {
    productionBytesPerSecond: perSecond(change.bytesIn),
    consumptionBytesPerSecond: perSecond(change.bytesOut),
    recordsInPerSecond: perSecond(change.recordsIn),
  }
}
