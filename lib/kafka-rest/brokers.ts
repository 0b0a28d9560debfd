import type { BrokerNode } from '../kafka/cluster-identity.ts'
import { readTopics } from '../kafka/topic-metadata.ts'
import { type Answer, idParam, type RestCall, type Route } from './calls.ts'
import { notFound } from './errors.ts'
import { replicaResource } from './partitions.ts'
import { list, related, resource } from './resources.ts'

export const brokerRoutes: readonly Route[] = [
  { method: 'GET', path: '/brokers', handle: listBrokers },
  { method: 'GET', path: '/brokers/:broker', handle: getBroker },
  { method: 'GET', path: '/brokers/:broker/partition-replicas', handle: listReplicas },
]

async function listBrokers(call: RestCall): Promise<Answer> {
  const data = call.cluster.brokers.map((broker) => brokerResource(call, broker))
  return { json: list(call, 'KafkaBroker', data) }
}

async function getBroker(call: RestCall): Promise<Answer> {
  const broker = askedBroker(call)
  return broker === undefined ? unknownBroker(call) : { json: brokerResource(call, broker) }
}

/** The replicas that it holds, of every topic. */
async function listReplicas(call: RestCall): Promise<Answer> {
  const broker = askedBroker(call)
  if (broker === undefined) return unknownBroker(call)
  const topics = await readTopics(call.nodes, null)
  const data = topics.flatMap(({ name, partitions }) =>
    partitions
      .filter(({ replicas }) => replicas.includes(broker.nodeId))
      .map((partition) => replicaResource(call, name, partition, broker.nodeId)),
  )
  return { json: list(call, 'KafkaReplica', data) }
}

export function askedBroker(call: RestCall): BrokerNode | undefined {
  const asked = idParam(call, 'broker')
  return call.cluster.brokers.find(({ nodeId }) => nodeId === asked)
}

export function unknownBroker(call: RestCall): Answer {
  return { error: notFound(`Broker ${call.param('broker')} cannot be found.`) }
}

function brokerResource(call: RestCall, { nodeId, host, port, rack }: BrokerNode) {
  const place = ['brokers', `${nodeId}`]
  return {
    ...resource(call, { kind: 'KafkaBroker', place, crn: [['broker', nodeId]] }),
    broker_id: nodeId,
    host,
    port,
    rack,
    configs: related(call, [...place, 'configs']),
    partition_replicas: related(call, [...place, 'partition-replicas']),
  }
}
