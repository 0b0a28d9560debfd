import 'server-only'
import {
  findMetric,
  type MetricName,
  metricDescriptors,
  parseResource,
  type ResourceKind,
  resourceKinds,
} from '../../broker/rules/metrics.ts'
import type { MetricResources, MetricSeries } from '../../broker/rules/services-control.ts'
import { readResourceList } from '../format/resource-list.ts'
import { timeRanges } from '../format/time-ranges.ts'
import { servicesControl } from '../services-control.ts'
import { type FromServices, refused } from './live.ts'
import type { OwnCluster } from './ownership.ts'

export type { MetricResources } from '../../broker/rules/services-control.ts'

/** What can be chosen on the metrics page, as data. */
export interface MetricChoice {
  readonly name: MetricName
  readonly label: string
  readonly description: string
  readonly unit: 'bytesPerSecond' | 'recordsPerSecond' | 'bytes' | 'count'
  readonly kinds: readonly ResourceKind[]
}

export const metricChoices: readonly MetricChoice[] = metricDescriptors.map((descriptor) => ({
  name: descriptor.name,
  label: descriptor.label,
  description: descriptor.description,
  unit: chartUnit(descriptor),
  kinds: descriptor.resources,
}))

export const rangeChoices = timeRanges

function chartUnit({ unit, type }: Pick<(typeof metricDescriptors)[number], 'unit' | 'type'>) {
  if (type === 'GAUGE_INT64') return unit === 'By' ? 'bytes' : 'count'
  return unit === 'By' ? 'bytesPerSecond' : 'recordsPerSecond'
}

/** Lines of a chart, as of one moment. */
export interface MetricView extends MetricSeries {
  readonly takenMs: number
  /** How many resources of this kind there are, of which some have a line. */
  readonly total: number
}

export interface MetricAsked {
  readonly metric: MetricName
  readonly by: ResourceKind
  /** Empty: the busiest. */
  readonly resources: readonly string[]
  readonly minutes: number
}

/** As many lines as can be told apart. */
const linesMax = 6
/** So many are compared to find the busiest. */
const comparedMax = 50

/** `?metric=…&by=topic&resources=topic%3Aorders&minutes=60`; null where it is not a question. */
export function parseMetricAsked(query: URLSearchParams): MetricAsked | null {
  const metric = findMetric(query.get('metric') ?? '')
  const by = metric?.resources.find((kind) => kind === query.get('by'))
  const minutes = Number(query.get('minutes'))
  const resources = readResourceList(query.get('resources'))
  if (metric === undefined || by === undefined) return null
  if (!timeRanges.some((range) => range.minutes === minutes)) return null
  if (resources.length > linesMax) return null
  if (resources.some((text) => parseResource(text)?.kind !== by)) return null
  return { metric: metric.name, by, resources, minutes }
}

/** The lines that were asked for, or those of the busiest resources of the kind. */
export async function readMetric(
  cluster: OwnCluster,
  { metric, by, resources, minutes }: MetricAsked,
): Promise<FromServices<MetricView>> {
  const services = servicesControl()
  const listed =
    by === 'cluster'
      ? null
      : await services.metricResources(cluster.id, { kind: by, max: comparedMax })
  if (listed !== null && !listed.ok) return refused(listed)
  const known =
    listed === null ? ['cluster'] : listed.value.resources.map(({ resource }) => resource)
  const asked = resources.length > 0 ? resources : known
  const total = listed?.value.total ?? 1
  const takenMs = Date.now()
  if (asked.length === 0) {
    return { ok: { metric, fromMs: takenMs, stepMs: 5000, series: [], takenMs, total } }
  }
  const read = await services.metricSeries(cluster.id, {
    metric,
    resources: asked,
    range: { minutes },
  })
  if (!read.ok) return refused(read)
  const series = resources.length > 0 ? read.value.series : busiest(read.value.series)
  return { ok: { ...read.value, series, takenMs, total } }
}

/** Those that have most in the range; what has nothing at all only where nothing has. */
function busiest(series: MetricSeries['series']): MetricSeries['series'] {
  const sums = new Map(
    series.map((one) => [one, one.points.reduce<number>((sum, point) => sum + (point ?? 0), 0)]),
  )
  const ranked = [...series].sort((a, b) => (sums.get(b) ?? 0) - (sums.get(a) ?? 0))
  const moving = ranked.filter((one) => (sums.get(one) ?? 0) > 0)
  return (moving.length > 0 ? moving : ranked).slice(0, linesMax)
}

/** `?kind=topic&search=ord`; null where it is not a question. */
export function parseResourcesAsked(
  query: URLSearchParams,
): { readonly kind: ResourceKind; readonly search: string } | null {
  const kind = resourceKinds.find((known) => known === query.get('kind'))
  return kind === undefined ? null : { kind, search: (query.get('search') ?? '').slice(0, 249) }
}

/** Resources of a kind that have measurements of the last week, for choosing among them. */
export async function findMetricResources(
  cluster: OwnCluster,
  { kind, search }: { readonly kind: ResourceKind; readonly search: string },
): Promise<FromServices<MetricResources>> {
  const found = await servicesControl().metricResources(cluster.id, {
    kind,
    search,
    max: comparedMax,
  })
  return found.ok ? { ok: found.value } : refused(found)
}
