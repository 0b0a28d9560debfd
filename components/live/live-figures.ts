import type { LiveUpdate } from '../../lib/queries/live.ts'

export type ClusterFigures = LiveUpdate['cluster']
export type TopicFigures = NonNullable<LiveUpdate['topics']>['byName'][string]
export type TopicSeries = NonNullable<LiveUpdate['topic']>
export type Series = ClusterFigures['series']

/** Of a range of which nothing is known yet. */
export const noSeries: Series = {
  fromMs: 0,
  stepMs: 5000,
  productionBytesPerSecond: [],
  consumptionBytesPerSecond: [],
  recordsInPerSecond: [],
  storedBytes: [],
}

/** What a page knows of its cluster. A pure reducer: streams and polls bring the same updates. */
export interface LiveFigures {
  /** Null until something is known. */
  readonly cluster: ClusterFigures | null
  /** A topic that is not here has not been sampled yet. */
  readonly topicsByName: Readonly<Record<string, TopicFigures>>
  readonly topic: TopicSeries | null
}

export const noFigures: LiveFigures = { cluster: null, topicsByName: {}, topic: null }

export function addUpdate(before: LiveFigures, update: LiveUpdate): LiveFigures {
  const { cluster, topic, topics } = update
  return {
    cluster: { ...cluster, series: mergeSeries(before.cluster?.series, cluster.series) },
    topicsByName: mergeTopics(before.topicsByName, topics),
    topic:
      topic === undefined
        ? before.topic
        : { ...topic, series: mergeSeries(before.topic?.series, topic.series) },
  }
}

function mergeTopics(
  before: Readonly<Record<string, TopicFigures>>,
  topics: LiveUpdate['topics'],
): Readonly<Record<string, TopicFigures>> {
  if (topics === undefined) return before
  if (topics.isWhole) return topics.byName
  const merged = { ...before, ...topics.byName }
  for (const name of topics.gone) delete merged[name]
  return merged
}

/**
 * The longer of two series, moved on to the end of the newer one. What neither measured is a gap; so
 * is what lies between them after the stream was away.
 */
export function mergeSeries(before: Series | undefined, now: Series): Series {
  const slots = now.storedBytes.length
  const kept = before?.storedBytes.length ?? 0
  if (before === undefined || kept === 0 || slots === 0) return slots === 0 ? (before ?? now) : now
  const count = Math.max(slots, kept)
  const fromMs = now.fromMs + (slots - count) * now.stepMs
  const pick = (name: Exclude<keyof Series, 'fromMs' | 'stepMs'>) =>
    Array.from({ length: count }, (_, index) => {
      const atMs = fromMs + index * now.stepMs
      const isNew = atMs >= now.fromMs
      const source = isNew ? now : before
      return source[name][Math.round((atMs - source.fromMs) / source.stepMs)] ?? null
    })
  return {
    fromMs,
    stepMs: now.stepMs,
    productionBytesPerSecond: pick('productionBytesPerSecond'),
    consumptionBytesPerSecond: pick('consumptionBytesPerSecond'),
    recordsInPerSecond: pick('recordsInPerSecond'),
    storedBytes: pick('storedBytes'),
  }
}

/** The newest end of a series. */
export function lastMinutes(series: Series, minutes: number): Series {
  const count = Math.round((minutes * 60_000) / series.stepMs)
  const cut = Math.max(0, series.storedBytes.length - count)
  return {
    fromMs: series.fromMs + cut * series.stepMs,
    stepMs: series.stepMs,
    productionBytesPerSecond: series.productionBytesPerSecond.slice(cut),
    consumptionBytesPerSecond: series.consumptionBytesPerSecond.slice(cut),
    recordsInPerSecond: series.recordsInPerSecond.slice(cut),
    storedBytes: series.storedBytes.slice(cut),
  }
}
