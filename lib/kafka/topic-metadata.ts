import { Metadata } from '../../broker/protocol/messages/metadata.ts'
import type { ResponseReceived } from '../../broker/protocol/schema.ts'
import type { TopicDescription, TopicPartition, TopicSummary } from './cluster-client.ts'
import type { Connection } from './connection.ts'
import { failureOfCode } from './failure.ts'
import type { Nodes } from './nodes.ts'
import { describeTopicConfigs } from './topic-configs.ts'

/** Which topics there are and who leads their partitions, as Metadata says. */

type TopicMetadata = ResponseReceived<typeof Metadata>['topics'][number]

/** Version 9 names topics; later ones may answer with ids alone. */
const versionMax = 9

/** UNKNOWN_TOPIC_OR_PARTITION. */
const unknownTopic = 3

/** UNKNOWN_TOPIC_OR_PARTITION and INVALID_TOPIC_EXCEPTION: no topic can have this name. */
const noSuchTopic: ReadonlySet<number> = new Set([unknownTopic, 17])

export async function listTopics(nodes: Nodes): Promise<TopicSummary[]> {
  const topics = await readMetadata(nodes, null)
  return topics
    .flatMap((topic) => (topic.errorCode === 0 ? [summaryOf(topic)] : []))
    .sort((a, b) => (a.name < b.name ? -1 : 1))
}

/** Null where the cluster has no such topic. */
export async function describeTopic(nodes: Nodes, name: string): Promise<TopicDescription | null> {
  const [topic] = await readMetadata(nodes, name)
  if (topic === undefined || noSuchTopic.has(topic.errorCode)) return null
  if (topic.errorCode !== 0) throw failureOfCode(topic.errorCode)
  const configs = await describeTopicConfigs(nodes, name)
  // Deleted between the two calls.
  if (configs === null) return null
  const partitions = partitionsOf(topic)
  return {
    ...summaryOf(topic),
    replicaCount: partitions[0]?.replicas.length ?? 0,
    isInSync: partitions.every(({ replicas, inSync }) => replicas.length === inSync.length),
    partitions,
    configs,
  }
}

/** A topic without its configs. */
export interface ReadTopic extends TopicSummary {
  /** In order of their numbers. */
  readonly partitions: readonly TopicPartition[]
}

/** One topic, which rejects where there is none of that name, or all of them by name. */
export async function readTopics(nodes: Nodes, name: string | null): Promise<readonly ReadTopic[]> {
  const topics = await readMetadata(nodes, name)
  const refused = name === null ? undefined : topics.find(({ errorCode }) => errorCode !== 0)
  if (refused !== undefined) throw failureOfCode(refused.errorCode)
  return topics
    .filter(({ errorCode }) => errorCode === 0)
    .map((topic) => ({ ...summaryOf(topic), partitions: partitionsOf(topic) }))
    .sort((a, b) => (a.name < b.name ? -1 : 1))
}

function partitionsOf(topic: TopicMetadata): TopicPartition[] {
  return topic.partitions
    .map((partition) => ({
      partition: partition.partitionIndex,
      leader: partition.leaderId < 0 ? null : partition.leaderId,
      replicas: partition.replicaNodes,
      inSync: partition.isrNodes,
    }))
    .sort((a, b) => a.partition - b.partition)
}

async function readMetadata(nodes: Nodes, name: string | null): Promise<readonly TopicMetadata[]> {
  const request = { topics: name === null ? null : [{ name }], allowAutoTopicCreation: false }
  const ask = (connection: Connection) => connection.call(Metadata, request, { versionMax })
  return (await nodes.ask(ask)).topics
}

function summaryOf(topic: TopicMetadata): TopicSummary {
  const { name, isInternal, partitions } = topic
  // Null only from version 12 on.
  if (name === null) throw failureOfCode(unknownTopic)
  return { name, partitionCount: partitions.length, isInternal }
}
