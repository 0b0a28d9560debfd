import type { Context } from 'hono'
import { paths } from '../paths.ts'
import type { RestCall } from './calls.ts'

/** What every resource and every list of Kafka REST v3 has in common. */

/** Names of collections with an id after each where there is one, as they stand in a URL. */
export type Place = readonly string[]

/** Where a resource is, with the names that make its Confluent resource name. */
export interface ResourceName {
  readonly kind: string
  /** Below the cluster. */
  readonly place: Place
  /** Pairs below the cluster, such as `['topic', 'orders']`. */
  readonly crn: readonly (readonly [string, string | number])[]
}

/** `kind`, `metadata` and the cluster's id, which every resource begins with. */
export function resource(call: RestCall, { kind, place, crn }: ResourceName) {
  const { clusterId } = call.cluster
  const names = [['kafka', clusterId] as const, ...crn]
  return {
    kind,
    metadata: {
      self: linkTo(call, place),
      resource_name: `crn:///${names.map(([name, id]) => `${name}=${encodeURIComponent(id)}`).join('/')}`,
    },
    cluster_id: clusterId,
  }
}

/** Nothing is paged, as on Confluent Cloud. */
export function list<Item>(call: RestCall, kind: string, data: readonly Item[]) {
  return { kind: `${kind}List`, metadata: { self: call.url, next: null }, data }
}

/** A relation of a resource: where to ask about it. */
export function related(call: RestCall, place: Place) {
  return { related: linkTo(call, place) }
}

function linkTo({ origin, cluster }: RestCall, place: Place): string {
  const segments = ['clusters', cluster.clusterId, ...place].map(encodeURIComponent)
  return `${origin}${paths.kafkaRest()}/${segments.join('/')}`
}

/** The scheme and name that the client called us by; the gate has checked the name. */
export function originOf(context: Context): string {
  return new URL(context.req.url).origin
}
