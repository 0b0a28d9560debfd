/**
 * The metrics that are kept for every cluster, under Confluent's names (Metrics API v2, and its
 * Prometheus export): one table for the console, for `services/metrics` and for `/metrics`.
 *
 * What a *server* received is what clients produced; what it sent is what they consumed. What a
 * connector *sent* is what a source wrote to Kafka.
 */
export const resourceKinds = ['cluster', 'topic', 'client', 'connector'] as const
export type ResourceKind = (typeof resourceKinds)[number]

export interface MetricDescriptor {
  readonly name: string
  readonly label: string
  readonly description: string
  /** `By` is bytes, `1` a count (UCUM, as in Confluent's descriptors). */
  readonly unit: 'By' | '1'
  /** A counter is told per second, a gauge as it was at the end of a step. */
  readonly type: 'COUNTER_INT64' | 'GAUGE_INT64'
  /** What it can be asked of. */
  readonly resources: readonly ResourceKind[]
  /** Of which of them `/metrics` tells; Confluent tells no totals beside the topics. */
  readonly exported: ResourceKind
}

export const metricDescriptors = [
  {
    name: 'io.confluent.kafka.server/received_bytes',
    label: 'Received bytes',
    description: 'Bytes of record batches that clients produced.',
    unit: 'By',
    type: 'COUNTER_INT64',
    resources: ['cluster', 'topic', 'client'],
    exported: 'topic',
  },
  {
    name: 'io.confluent.kafka.server/sent_bytes',
    label: 'Sent bytes',
    description: 'Bytes of record batches that clients consumed.',
    unit: 'By',
    type: 'COUNTER_INT64',
    resources: ['cluster', 'topic', 'client'],
    exported: 'topic',
  },
  {
    name: 'io.confluent.kafka.server/received_records',
    label: 'Received records',
    description: 'Records that clients produced.',
    unit: '1',
    type: 'COUNTER_INT64',
    resources: ['cluster', 'topic', 'client'],
    exported: 'topic',
  },
  {
    name: 'io.confluent.kafka.server/sent_records',
    label: 'Sent records',
    description: 'Records that clients consumed.',
    unit: '1',
    type: 'COUNTER_INT64',
    resources: ['cluster', 'topic', 'client'],
    exported: 'topic',
  },
  {
    name: 'io.confluent.kafka.server/retained_bytes',
    label: 'Retained bytes',
    description: 'Bytes of record batches that are stored.',
    unit: 'By',
    type: 'GAUGE_INT64',
    resources: ['cluster', 'topic'],
    exported: 'topic',
  },
  {
    name: 'io.confluent.kafka.server/active_connection_count',
    label: 'Active connections',
    description: 'Open connections of clients that have signed in.',
    unit: '1',
    type: 'GAUGE_INT64',
    resources: ['cluster'],
    exported: 'cluster',
  },
  {
    name: 'io.confluent.kafka.server/partition_count',
    label: 'Partitions',
    description: 'Partitions of all topics together.',
    unit: '1',
    type: 'GAUGE_INT64',
    resources: ['cluster'],
    exported: 'cluster',
  },
  {
    name: 'io.confluent.kafka.connect/sent_bytes',
    label: 'Connector sent bytes',
    description: 'Bytes of record batches that a source connector wrote to Kafka.',
    unit: 'By',
    type: 'COUNTER_INT64',
    resources: ['connector'],
    exported: 'connector',
  },
  {
    name: 'io.confluent.kafka.connect/sent_records',
    label: 'Connector sent records',
    description: 'Records that a source connector wrote to Kafka.',
    unit: '1',
    type: 'COUNTER_INT64',
    resources: ['connector'],
    exported: 'connector',
  },
] as const satisfies readonly MetricDescriptor[]

export type MetricName = (typeof metricDescriptors)[number]['name']

export function findMetric(name: string): (MetricDescriptor & { name: MetricName }) | undefined {
  return metricDescriptors.find((descriptor) => descriptor.name === name)
}

/** How far back metrics go: a week. */
export const metricMinutesMax = 10_080

/** What a metric is asked of. The id of a topic is its name; a cluster is asked for by itself. */
export interface MetricResource {
  readonly kind: ResourceKind
  readonly id: string
}

/** `cluster`, `topic:orders`, `client:rdkafka`, `connector:lcc-abc123`. */
export function resourceText({ kind, id }: MetricResource): string {
  return kind === 'cluster' ? kind : `${kind}:${id}`
}

/** Null where the text names no resource. The id may be empty: so is that of a client without one. */
export function parseResource(text: string): MetricResource | null {
  const [, name, id] = /^([a-z]+)(?::(.*))?$/su.exec(text) ?? []
  const kind = resourceKinds.find((known) => known === name)
  if (kind === undefined || (kind === 'cluster') !== (id === undefined)) return null
  return { kind, id: id ?? '' }
}
