import type { Answer, RestCall, Route } from './calls.ts'
import { list, related, resource } from './resources.ts'

export const clusterRoutes: readonly Route[] = [
  { method: 'GET', path: '', handle: async (call) => ({ json: clusterResource(call) }) },
]

/** A key sees the one cluster that it belongs to. */
export async function listClusters(call: RestCall): Promise<Answer> {
  return { json: list(call, 'KafkaCluster', [clusterResource(call)]) }
}

function clusterResource(call: RestCall) {
  const { controllerId } = call.cluster
  const controller =
    controllerId === null ? {} : { controller: related(call, ['brokers', `${controllerId}`]) }
  return {
    ...resource(call, { kind: 'KafkaCluster', place: [], crn: [] }),
    ...controller,
    acls: related(call, ['acls']),
    brokers: related(call, ['brokers']),
    broker_configs: related(call, ['broker-configs']),
    consumer_groups: related(call, ['consumer-groups']),
    topics: related(call, ['topics']),
    partition_reassignments: related(call, ['topics', '-', 'partitions', '-', 'reassignment']),
  }
}
