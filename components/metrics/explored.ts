import { readResourceList, writeResourceList } from '../../lib/format/resource-list.ts'
import { type MetricsQuery, paths } from '../../lib/paths.ts'
import type { MetricChoice } from '../../lib/queries/metrics-explorer.ts'

type Kind = MetricChoice['kinds'][number]

/** What the address of the metrics page names; any of it may be missing or not exist. */
export interface ExploredAddress {
  readonly cluster: string | undefined
  readonly metric: string | undefined
  readonly by: string | undefined
  readonly resources: readonly string[]
  readonly minutes: number | undefined
  readonly show: string | undefined
}

export function readExplored(query: Pick<URLSearchParams, 'get'>): ExploredAddress {
  const text = (name: string) => query.get(name) ?? undefined
  const minutes = Number(query.get('minutes'))
  return {
    cluster: text('cluster'),
    metric: text('metric'),
    by: text('by'),
    resources: readResourceList(query.get('resources')),
    minutes: Number.isInteger(minutes) && minutes > 0 ? minutes : undefined,
    show: text('show'),
  }
}

export function exploredHref({ resources, ...rest }: ExploredAddress): string {
  const list = writeResourceList(resources)
  const query: MetricsQuery = { ...rest, resources: list === '' ? undefined : list }
  return paths.metrics(query)
}

/** What is shown: the address with what it leaves open, or names wrongly, filled in. */
export interface Explored {
  readonly metric: MetricChoice
  readonly by: Kind
  readonly resources: readonly string[]
  readonly minutes: number
}

const firstMetric = 'io.confluent.kafka.server/received_records'
const firstMinutes = 60

export function exploredIn(
  address: ExploredAddress,
  metrics: readonly MetricChoice[],
  ranges: readonly { readonly minutes: number }[],
): Explored {
  const find = (name: string | undefined) => metrics.find((metric) => metric.name === name)
  const metric = find(address.metric) ?? find(firstMetric)
  if (metric === undefined) throw new Error(`There is no metric ${firstMetric}.`)
  const by = metric.kinds.find((kind) => kind === address.by) ?? byItself(metric)
  const isRange = ranges.some(({ minutes }) => minutes === address.minutes)
  return {
    metric,
    by,
    resources: address.resources.filter((resource) => resource.split(':')[0] === by).slice(0, 6),
    minutes: isRange ? (address.minutes ?? firstMinutes) : firstMinutes,
  }
}

/** Topics say more than the sum of them. */
function byItself({ kinds }: MetricChoice): Kind {
  return kinds.find((kind) => kind === 'topic') ?? kinds[0] ?? 'cluster'
}

export const kindWords: Readonly<Record<Kind, { one: string; many: string; by: string }>> = {
  cluster: { one: 'cluster', many: 'clusters', by: 'Nothing' },
  topic: { one: 'topic', many: 'topics', by: 'Topic' },
  client: { one: 'client', many: 'clients', by: 'Client ID' },
  connector: { one: 'connector', many: 'connectors', by: 'Connector' },
}
