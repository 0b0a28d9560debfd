import { z } from 'zod'
import {
  type ClusterCard,
  type ClusterMetrics,
  clusterCard,
  clusterMetrics,
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
      /** How far back the series of the cluster go; 60 where absent. */
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
    openSearch: (body, signal) => openControlStream(address, '/v1/search', body, signal),
  }
}

function query(parameters: Record<string, string | number | undefined>): string {
  const given = Object.entries(parameters).flatMap(([name, value]) =>
    value === undefined ? [] : [[name, String(value)]],
  )
  return given.length === 0 ? '' : `?${new URLSearchParams(given)}`
}
