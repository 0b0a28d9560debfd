import type { ClusterClients, ClusterConnectors } from '../../broker/rules/services-control.ts'
import type { KeptMetrics } from './kept-metrics.ts'
import { type Point, perSecond, rateOf } from './points.ts'
import { pointNow, recentPoints, recentSlots } from './recent-points.ts'
import type { Samples } from './sampler.ts'
import type { Series } from './series-registry.ts'
import { trafficRatesOf } from './views.ts'

const sparklineMinutes = 5

/** The clients of a cluster as of the newest sample; nobody where there is none. */
export function clusterClientsOf({ samples }: KeptMetrics, clusterId: string): ClusterClients {
  const now = samples()
  const cluster = now.isCurrent ? now.clusters.get(clusterId) : undefined
  return {
    takenMs: cluster === undefined ? null : now.takenMs,
    clients: [...(cluster?.clients.values() ?? [])].map(({ counters, series }) => {
      const { clientId, isOther, connections, topicsIn, topicsOut } = counters
      // A client without a series has moved nothing: its steps are those of the cluster, empty.
      const points = pointsOf(now, series ?? cluster?.series, series === null)
      return {
        ...{ clientId, isOther, connections, topicsIn, topicsOut },
        rates: clientRatesOf(points.at(-1) ?? null),
        sparklines: {
          production: points.map((point) => rateOf(point, 'receivedBytes')),
          consumption: points.map((point) => rateOf(point, 'sentBytes')),
        },
      }
    }),
  }
}

function pointsOf(samples: Samples, series: Series | undefined, isEmpty: boolean) {
  const { points } = recentPoints(samples, series, recentSlots(samples, sparklineMinutes))
  return isEmpty ? points.map((point) => point && { ...point, change: nothing }) : points
}

const nothing: Point['change'] = {
  receivedBytes: 0,
  sentBytes: 0,
  receivedRecords: 0,
  sentRecords: 0,
}

function clientRatesOf(point: Point | null) {
  const rates = trafficRatesOf(point)
  if (rates === null) return null
  return { ...rates, recordsOutPerSecond: rateOf(point, 'sentRecords') ?? 0 }
}

/** The connectors of a cluster as of the newest sample. */
export function clusterConnectorsOf(
  { samples }: KeptMetrics,
  clusterId: string,
): ClusterConnectors {
  const now = samples()
  const cluster = now.clusters.get(clusterId)
  return {
    takenMs: cluster === undefined ? null : now.takenMs,
    connectors: [...(cluster?.connectors.values() ?? [])].map(
      ({ counters: { id, name }, series }) => ({
        ...{ id, name },
        rates: connectorRatesOf(pointNow(now, series)),
        sparkline: pointsOf(now, series, false).map((point) => rateOf(point, 'sentBytes')),
      }),
    ),
  }
}

function connectorRatesOf(point: Point | null) {
  if (point === null || point.measuredMs === null) return null
  const { change, measuredMs } = point
  return {
    bytesPerSecond: perSecond(change.sentBytes, measuredMs),
    recordsPerSecond: perSecond(change.sentRecords, measuredMs),
  }
}
