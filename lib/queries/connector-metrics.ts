import 'server-only'
import { resourceText } from '../../broker/rules/metrics.ts'
import { servicesControl } from '../services-control.ts'
import type { OwnCluster } from './ownership.ts'

/** What a connector writes per second, over the newest sample. */
export interface ConnectorRates {
  readonly bytesPerSecond: number
  readonly recordsPerSecond: number
}

/** A connector over time; null is a gap, which is not zero. */
export interface ConnectorSeries {
  readonly fromMs: number
  readonly stepMs: number
  readonly bytesPerSecond: readonly (number | null)[]
  readonly recordsPerSecond: readonly (number | null)[]
}

/** Rates by the connectors' ids; those that nothing was measured of are absent. */
export async function readConnectorRates(
  cluster: OwnCluster,
): Promise<ReadonlyMap<string, ConnectorRates>> {
  const answer = await servicesControl().clusterConnectors(cluster.id)
  const connectors = answer.ok ? answer.value.connectors : []
  return new Map(connectors.flatMap(({ id, rates }) => (rates === null ? [] : [[id, rates]])))
}

/** Null while it cannot be asked. */
export async function readConnectorSeries(
  cluster: OwnCluster,
  { id, minutes }: { readonly id: string; readonly minutes: number },
): Promise<ConnectorSeries | null> {
  const asked = {
    resources: [resourceText({ kind: 'connector', id })],
    range: { minutes },
  } as const
  const [bytes, records] = await Promise.all([
    servicesControl().metricSeries(cluster.id, {
      ...asked,
      metric: 'io.confluent.kafka.connect/sent_bytes',
    }),
    servicesControl().metricSeries(cluster.id, {
      ...asked,
      metric: 'io.confluent.kafka.connect/sent_records',
    }),
  ])
  if (!bytes.ok || !records.ok) return null
  return {
    fromMs: bytes.value.fromMs,
    stepMs: bytes.value.stepMs,
    bytesPerSecond: bytes.value.series[0]?.points ?? [],
    recordsPerSecond: records.value.series[0]?.points ?? [],
  }
}
