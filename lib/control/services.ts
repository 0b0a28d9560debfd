import { z } from 'zod'
import type { MetricName, ResourceKind } from '../../broker/rules/metrics.ts'
import {
  type ClusterCard,
  type ClusterClients,
  type ClusterConnectors,
  type ClusterLag,
  type ClusterMetrics,
  clusterCard,
  clusterClients,
  clusterConnectors,
  clusterLag,
  clusterMetrics,
  type GroupLagSeries,
  groupLagSeries,
  type MetricResources,
  type MetricSeries,
  type MetricsExport,
  metricResources,
  metricSeries,
  metricsExport,
  type SearchBody,
  type ServicesStatus,
  servicesStatus,
  type TopicMetrics,
  topicMetrics,
} from '../../broker/rules/services-control.ts'
import type { ControlAddress } from '../env.ts'
import { type ControlAnswer, callControl, openControlStream } from './call.ts'

/** The services' control interface (`broker/rules/services-control.ts` says what each call does). */
export interface ServicesControl {
  status(): Promise<ControlAnswer<ServicesStatus>>
  /** One card per id, in the same order. */
  clusterCards(ids: readonly string[]): Promise<ControlAnswer<readonly ClusterCard[]>>
  clusterMetrics(
    clusterId: string,
    options?: {
      /** How far back the series of the cluster go, up to 10,080; 60 where absent. */
      readonly minutes?: number
      /** Only these in `topicsByName`; all where absent. */
      readonly topics?: readonly string[]
    },
  ): Promise<ControlAnswer<ClusterMetrics>>
  topicMetrics(
    clusterId: string,
    topic: string,
    options?: { readonly minutes?: number },
  ): Promise<ControlAnswer<TopicMetrics>>
  /** One metric of one or several resources (`topic:orders`) over the same steps. */
  metricSeries(
    clusterId: string,
    asked: {
      readonly metric: MetricName
      /** 1 to 50; `resourceText` of `broker/rules/metrics.ts` makes them. */
      readonly resources: readonly string[]
      readonly range:
        | { readonly minutes: number }
        | { readonly fromMs: number; readonly toMs: number }
    },
  ): Promise<ControlAnswer<MetricSeries>>
  /** What there are data of; 200 of them where no `max` is given. */
  metricResources(
    clusterId: string,
    asked?: {
      readonly kind?: ResourceKind
      readonly search?: string
      readonly max?: number
    },
  ): Promise<ControlAnswer<MetricResources>>
  clusterClients(clusterId: string): Promise<ControlAnswer<ClusterClients>>
  clusterConnectors(clusterId: string): Promise<ControlAnswer<ClusterConnectors>>
  /** Every group over the last hour, by the minute. */
  clusterLag(clusterId: string): Promise<ControlAnswer<ClusterLag>>
  groupLag(
    clusterId: string,
    asked: { readonly group: string; readonly minutes: number },
  ): Promise<ControlAnswer<GroupLagSeries>>
  /** The newest whole minute, as `/metrics` tells it. */
  metricsExport(clusterId: string): Promise<ControlAnswer<MetricsExport>>
  /**
   * Lines of `SearchEvent` (`readSearchEvents` parses them). The caller has checked that the cluster
   * is the person's. Aborting ends the search and its connections to the broker.
   */
  openSearch(
    body: SearchBody,
    signal: AbortSignal,
  ): Promise<ControlAnswer<ReadableStream<Uint8Array>>>
}

const cardList = z.object({ clusters: z.array(clusterCard) }).transform(({ clusters }) => clusters)

export function createServicesControl(address: ControlAddress): ServicesControl {
  const clusterPath = (clusterId: string) => `/v1/metrics/clusters/${encodeURIComponent(clusterId)}`
  return {
    status: () => callControl(address, 'GET', '/v1/status', servicesStatus),
    clusterCards: (ids) =>
      callControl(address, 'GET', `/v1/metrics/clusters${query({ ids: ids.join(',') })}`, cardList),
    clusterMetrics: (clusterId, { minutes, topics } = {}) =>
      callControl(
        address,
        'GET',
        clusterPath(clusterId) + query({ minutes, topics: topics?.join(',') }),
        clusterMetrics,
      ),
    topicMetrics: (clusterId, topic, { minutes } = {}) =>
      callControl(
        address,
        'GET',
        `${clusterPath(clusterId)}/topics/${encodeURIComponent(topic)}${query({ minutes })}`,
        topicMetrics,
      ),
    metricSeries: (clusterId, { metric, resources, range }) =>
      callControl(
        address,
        'GET',
        `${clusterPath(clusterId)}/series${query({ metric, resource: resources, ...range })}`,
        metricSeries,
      ),
    metricResources: (clusterId, asked = {}) =>
      callControl(
        address,
        'GET',
        `${clusterPath(clusterId)}/resources${query({ ...asked })}`,
        metricResources,
      ),
    clusterClients: (clusterId) =>
      callControl(address, 'GET', `${clusterPath(clusterId)}/clients`, clusterClients),
    clusterConnectors: (clusterId) =>
      callControl(address, 'GET', `${clusterPath(clusterId)}/connectors`, clusterConnectors),
    clusterLag: (clusterId) =>
      callControl(address, 'GET', `${clusterPath(clusterId)}/lag`, clusterLag),
    groupLag: (clusterId, asked) =>
      callControl(
        address,
        'GET',
        `${clusterPath(clusterId)}/group-lag${query({ ...asked })}`,
        groupLagSeries,
      ),
    metricsExport: (clusterId) =>
      callControl(address, 'GET', `${clusterPath(clusterId)}/export`, metricsExport),
    openSearch: (body, signal) => openControlStream(address, '/v1/search', body, signal),
  }
}

/** A list is one parameter several times. */
function query(
  parameters: Record<string, string | number | readonly string[] | undefined>,
): string {
  const given = Object.entries(parameters).flatMap(([name, value]) =>
    value === undefined ? [] : [value].flat().map((one) => [name, String(one)]),
  )
  return given.length === 0 ? '' : `?${new URLSearchParams(given)}`
}
