import { consumerLagMetric } from '../broker/rules/consumer-lag.ts'
import { findMetric, type MetricDescriptor } from '../broker/rules/metrics.ts'
import type { LagExport, MetricsExport } from '../broker/rules/services-control.ts'

export const openMetricsType = 'application/openmetrics-text; version=1.0.0; charset=utf-8'

/**
 * Metrics in the text format of OpenMetrics 1.0, named and labelled as Confluent's Prometheus export
 * does: what a counter grew by in the minute is told as a gauge, with the time of that minute.
 */
export function openMetricsText(
  clusterId: string,
  { minuteMs, metrics, consumerLag }: MetricsExport,
): string {
  const families = metrics.flatMap(({ metric, values }) => {
    const descriptor = findMetric(metric)
    if (descriptor === undefined || values.length === 0) return []
    const name = exportedName(metric)
    const samples = values.map(({ id, value }) => {
      const labels = labelsOf(descriptor, clusterId, id)
      return `${name}{${labels}} ${value} ${(minuteMs ?? 0) / 1000}`
    })
    return [...headOf(name, descriptor), ...samples]
  })
  const lags = lagFamily(clusterId, consumerLag)
  return `${[...families, ...lags, '# EOF'].join('\n')}\n`
}

/** Of each partition of a group, with the time of the sample. */
function lagFamily(clusterId: string, { takenMs, lags }: LagExport): readonly string[] {
  if (lags.length === 0) return []
  const name = exportedName(consumerLagMetric.name)
  const samples = lags.map(({ groupId, topic, partition, clientId, lag }) => {
    const labels = labelText({
      kafka_id: clusterId,
      consumer_group_id: groupId,
      topic,
      partition: String(partition),
      // Whom it is assigned to, where it is.
      ...(clientId === null || clientId === '' ? {} : { client_id: clientId }),
    })
    return `${name}{${labels}} ${lag} ${(takenMs ?? 0) / 1000}`
  })
  return [...headOf(name, { ...consumerLagMetric, unit: '1' }), ...samples]
}

/** `io.confluent.kafka.server/received_bytes` → `confluent_kafka_server_received_bytes`. */
function exportedName(metric: string): string {
  return metric.replace(/^io\./, '').replaceAll(/[./]/g, '_')
}

function headOf(
  name: string,
  { description, unit }: Pick<MetricDescriptor, 'description' | 'unit'>,
): string[] {
  return [
    `# TYPE ${name} gauge`,
    // A unit has to be the end of the name; a count has none.
    ...(unit === 'By' ? [`# UNIT ${name} bytes`] : []),
    `# HELP ${name} ${escaped(description)}`,
  ]
}

function labelsOf({ exported }: MetricDescriptor, clusterId: string, id: string): string {
  const labels: Record<string, string> = {
    kafka_id: clusterId,
    ...(exported === 'topic' ? { topic: id } : {}),
    ...(exported === 'connector' ? { connector_id: id } : {}),
  }
  return labelText(labels)
}

function labelText(labels: Readonly<Record<string, string>>): string {
  return Object.entries(labels)
    .map(([name, value]) => `${name}="${escaped(value)}"`)
    .join(',')
}

function escaped(text: string): string {
  return text.replaceAll('\\', '\\\\').replaceAll('"', '\\"').replaceAll('\n', '\\n')
}
