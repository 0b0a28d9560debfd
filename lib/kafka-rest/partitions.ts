import type { TopicPartition } from '../kafka/cluster-client.ts'
import { readOffsets } from '../kafka/partition-reads.ts'
import { readTopics } from '../kafka/topic-metadata.ts'
import { type Answer, idParam, type RestCall, type Route } from './calls.ts'
import { restErrors } from './errors.ts'
import { list, related, resource } from './resources.ts'

const one = '/topics/:topic/partitions/:partition'

export const partitionRoutes: readonly Route[] = [
  { method: 'GET', path: '/topics/:topic/partitions', handle: listPartitions },
  { method: 'GET', path: one, handle: getPartition },
  { method: 'GET', path: `${one}/offset`, handle: getOffsets },
  { method: 'GET', path: `${one}/replicas`, handle: listReplicas },
  { method: 'GET', path: `${one}/replicas/:broker`, handle: getReplica },
]

async function listPartitions(call: RestCall): Promise<Answer> {
  const data = (await readPartitions(call)).map((partition) => partitionResource(call, partition))
  return { json: list(call, 'KafkaPartition', data) }
}

async function getPartition(call: RestCall): Promise<Answer> {
  return withPartition(call, async (found) => ({ json: partitionResource(call, found) }))
}

/** The first offset that can be read, and one past the last. */
async function getOffsets(call: RestCall): Promise<Answer> {
  return withPartition(call, async ({ partition }) => {
    const offsets = await readOffsets(call.nodes, call.param('topic'))
    const found = offsets.find((of) => of.partition === partition)
    if (found === undefined) return { error: restErrors.notFound }
    const topic = call.param('topic')
    const { crn, place } = placeOf(topic, partition)
    return {
      json: {
        ...resource(call, {
          kind: 'KafkaPartitionWithOffsets',
          place: [...place, 'offset'],
          crn,
        }),
        topic_name: topic,
        partition_id: partition,
        earliest_offset: found.start,
        latest_offset: found.end,
      },
    }
  })
}

async function listReplicas(call: RestCall): Promise<Answer> {
  return withPartition(call, async (partition) => {
    const topic = call.param('topic')
    const data = partition.replicas.map((broker) => replicaResource(call, topic, partition, broker))
    return { json: list(call, 'KafkaReplica', data) }
  })
}

async function getReplica(call: RestCall): Promise<Answer> {
  return withPartition(call, async (partition) => {
    const broker = idParam(call, 'broker')
    if (broker === null || !partition.replicas.includes(broker))
      return { error: restErrors.notFound }
    return { json: replicaResource(call, call.param('topic'), partition, broker) }
  })
}

async function withPartition(
  call: RestCall,
  use: (partition: TopicPartition) => Promise<Answer>,
): Promise<Answer> {
  const asked = idParam(call, 'partition')
  const found = (await readPartitions(call)).find(({ partition }) => partition === asked)
  return found === undefined ? { error: restErrors.notFound } : use(found)
}

async function readPartitions(call: RestCall): Promise<readonly TopicPartition[]> {
  const topics = await readTopics(call.nodes, call.param('topic'))
  return topics.flatMap(({ partitions }) => partitions)
}

function placeOf(topic: string, partition: number) {
  return {
    place: ['topics', topic, 'partitions', `${partition}`],
    crn: [
      ['topic', topic],
      ['partition', partition],
    ] as const,
  }
}

function partitionResource(call: RestCall, { partition, leader }: TopicPartition) {
  const topic = call.param('topic')
  const { place, crn } = placeOf(topic, partition)
  const leaderLink =
    leader === null ? {} : { leader: related(call, [...place, 'replicas', `${leader}`]) }
  return {
    ...resource(call, { kind: 'KafkaPartition', place, crn }),
    topic_name: topic,
    partition_id: partition,
    ...leaderLink,
    replicas: related(call, [...place, 'replicas']),
    reassignment: related(call, [...place, 'reassignment']),
  }
}

export function replicaResource(
  call: RestCall,
  topic: string,
  { partition, leader, inSync }: TopicPartition,
  broker: number,
) {
  const { place, crn } = placeOf(topic, partition)
  return {
    ...resource(call, {
      kind: 'KafkaReplica',
      place: [...place, 'replicas', `${broker}`],
      crn: [...crn, ['replica', broker]],
    }),
    topic_name: topic,
    partition_id: partition,
    broker_id: broker,
    is_leader: broker === leader,
    is_in_sync: inSync.includes(broker),
    broker: related(call, ['brokers', `${broker}`]),
  }
}
