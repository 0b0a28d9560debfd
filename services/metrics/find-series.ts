import type { MetricResource } from '../../broker/rules/metrics.ts'
import type { KeptMetrics } from './kept-metrics.ts'
import type { Series } from './series-registry.ts'

/** The series of what a person names. A topic's name means the topic that has it now. */
export function findSeries(
  { samples, registry }: Pick<KeptMetrics, 'samples' | 'registry'>,
  clusterId: string,
  { kind, id }: MetricResource,
): Series | undefined {
  if (kind !== 'topic') return registry.find({ clusterId, kind, resourceId: id })
  const cluster = samples().clusters.get(clusterId)
  if (cluster !== undefined) return cluster.topics.get(id)?.series
  // Nothing was sampled since the start: what the run before knew is the newest there is.
  for (const series of registry.ofCluster(clusterId)) {
    if (series.kind === 'topic' && series.name === id) return series
  }
  return undefined
}
