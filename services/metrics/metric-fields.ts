import type { MetricName } from '../../broker/rules/metrics.ts'
import type { Gauges } from './frames.ts'
import { type Point, rateOf } from './points.ts'

type Field = { readonly counter: keyof Point['change'] } | { readonly gauge: keyof Gauges }

/** Where each metric is found in what is kept of a series. */
export const metricFields: Readonly<Record<MetricName, Field>> = {
  'io.confluent.kafka.server/received_bytes': { counter: 'receivedBytes' },
  'io.confluent.kafka.server/sent_bytes': { counter: 'sentBytes' },
  'io.confluent.kafka.server/received_records': { counter: 'receivedRecords' },
  'io.confluent.kafka.server/sent_records': { counter: 'sentRecords' },
  'io.confluent.kafka.server/retained_bytes': { gauge: 'retainedBytes' },
  'io.confluent.kafka.server/active_connection_count': { gauge: 'connections' },
  'io.confluent.kafka.server/partition_count': { gauge: 'partitions' },
  'io.confluent.kafka.connect/sent_bytes': { counter: 'sentBytes' },
  'io.confluent.kafka.connect/sent_records': { counter: 'sentRecords' },
}

/** A counter per second, or a gauge at the end of the step. */
export function valueAt(metric: MetricName, point: Point | null): number | null {
  const field = metricFields[metric]
  if ('counter' in field) return rateOf(point, field.counter)
  return point?.gauges[field.gauge] ?? null
}
