import { findMetric, type MetricDescriptor } from '../broker/rules/metrics.ts'
import type { MetricsExport } from '../broker/rules/services-control.ts'

export const openMetricsType = 'application/openmetrics-text; version=1.0.0; charset=utf-8'

/**
 * Metrics in the text format of OpenMetrics 1.0, named and labelled as Confluent's Prometheus export
 * does: what a counter grew by in the minute is told as a gauge, with the time of that minute.
 */
export function openMetricsText(clusterId: string, { minuteMs, metrics }: MetricsExport): string {
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
  return `${[...families, '# EOF'].join('\n')}\n`
}

/** `io.confluent.kafka.server/received_bytes` → `confluent_kafka_server_received_bytes`. */
function exportedName(metric: string): string {
  return metric.replace(/^io\./, '').replaceAll(/[./]/g, '_')
}

function headOf(name: string, { description, unit }: MetricDescriptor): string[] {
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
  return Object.entries(labels)
    .map(([name, value]) => `${name}="${escaped(value)}"`)
    .join(',')
}

function escaped(text: string): string {
  return text.replaceAll('\\', '\\\\').replaceAll('"', '\\"').replaceAll('\n', '\\n')
}
