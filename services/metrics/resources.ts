import { type ResourceKind, resourceText } from '../../broker/rules/metrics.ts'
import type { MetricResources } from '../../broker/rules/services-control.ts'
import type { KeptMetrics } from './kept-metrics.ts'
import type { KnownCluster } from './known-clusters.ts'
import type { Series } from './series-registry.ts'

/** What there are data of, in the order of kinds and then of names; present ones first. */
export function metricResourcesOf(
  { registry, samples }: KeptMetrics,
  clusterId: string,
  {
    kind,
    search,
    max,
  }: { readonly kind?: ResourceKind | undefined; readonly search: string; readonly max: number },
): MetricResources {
  const cluster = samples().clusters.get(clusterId)
  const wanted = search.toLowerCase()
  const found = [...registry.ofCluster(clusterId)]
    .filter((series) => kind === undefined || series.kind === kind)
    .filter(({ name, resourceId, kind: its }) =>
      `${name}\n${its === 'connector' ? resourceId : ''}`.toLowerCase().includes(wanted),
    )
    .map((series) => {
      const id = series.kind === 'topic' ? series.name : series.resourceId
      const resource = resourceText({ kind: series.kind, id })
      const isPresent = isThere(cluster, series)
      return { resource, kind: series.kind, id, name: series.name, isPresent }
    })
    .sort(
      (a, b) =>
        kindOrder[a.kind] - kindOrder[b.kind] ||
        Number(b.isPresent) - Number(a.isPresent) ||
        compare(a.name, b.name),
    )
  return { total: found.length, resources: found.slice(0, max) }
}

const kindOrder: Readonly<Record<ResourceKind, number>> = {
  cluster: 0,
  topic: 1,
  connector: 2,
  client: 3,
}

/** By code units: a thousand times faster than a locale's order, which 10,000 names would feel. */
function compare(a: string, b: string): number {
  return a < b ? -1 : Number(a > b)
}

function isThere(cluster: KnownCluster | undefined, { kind, name, resourceId }: Series): boolean {
  if (kind === 'topic') return cluster?.topics.has(name) ?? false
  if (kind === 'client') return cluster?.clients.has(resourceId) ?? false
  return kind === 'cluster' ? cluster !== undefined : (cluster?.connectors.has(resourceId) ?? false)
}
