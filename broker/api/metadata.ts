import type { Topic } from '../cluster/topic.ts'
import type { Topics } from '../cluster/topics.ts'
import { errorCode, type KafkaErrorName } from '../errors.ts'
import { Metadata } from '../protocol/messages/metadata.ts'
import { type RequestOf, ZERO_UUID } from '../protocol/schema.ts'
import { authorizedOperations, OPERATIONS_NOT_REQUESTED } from '../rules/acl-operations.ts'
import { topicNameProblem } from '../rules/names.ts'
import { handler, type RequestContext } from './handler.ts'
import { partitionMetadata } from './partition-metadata.ts'
import { firstOfEach } from './repeated.ts'

/** The first version in which topics may be asked for by id (KIP-516). */
const FIRST_VERSION_WITH_IDS = 12

/** Tells the nodes, and topics with their leaders. Asking for a topic never creates it. */
export const metadata = handler(Metadata, (context, request) => {
  const { tenant, connection } = context
  const { nodes } = connection
  return {
    brokers: nodes.map(({ nodeId, host, port }) => ({ nodeId, host, port, rack: null })),
    clusterId: tenant.id,
    controllerId: nodes[0]?.nodeId ?? -1,
    topics: askedTopics(context, request),
    clusterAuthorizedOperations: request.includeClusterAuthorizedOperations
      ? authorizedOperations('CLUSTER')
      : OPERATIONS_NOT_REQUESTED,
    errorCode: errorCode('NONE'),
  }
})

type MetadataRequest = RequestOf<typeof Metadata>
type AskedTopic = NonNullable<MetadataRequest['topics']>[number]
type TopicEntry = ReturnType<typeof found> | ReturnType<typeof missing>

function askedTopics(
  { tenant: { topics }, apiVersion }: RequestContext,
  request: MetadataRequest,
): readonly TopicEntry[] {
  const operations = request.includeTopicAuthorizedOperations
    ? authorizedOperations('TOPIC')
    : OPERATIONS_NOT_REQUESTED
  // No topics at all is version 0's way to ask for all of them; later versions say null.
  if (request.topics === null || (apiVersion === 0 && request.topics.length === 0)) {
    return topics.list().map((topic) => found(topic, operations))
  }
  // Each topic is answered once, however often it was asked for.
  return firstOfEach(request.topics, ({ name, topicId }) => `${topicId}${name}`).map((asked) => {
    const topic = lookUp(topics, asked, apiVersion)
    return typeof topic === 'string' ? missing(topic, asked, apiVersion) : found(topic, operations)
  })
}

function lookUp(
  topics: Topics,
  { name, topicId }: AskedTopic,
  apiVersion: number,
): Topic | KafkaErrorName {
  // Versions 10 and 11 have the fields, but brokers that spoke them could not look ids up.
  if (apiVersion < FIRST_VERSION_WITH_IDS && (name === null || topicId !== ZERO_UUID)) {
    return 'INVALID_REQUEST'
  }
  if (topicId !== ZERO_UUID) return topics.byId(topicId) ?? 'UNKNOWN_TOPIC_ID'
  if (name === null) return 'INVALID_REQUEST'
  if (topicNameProblem(name) !== null) return 'INVALID_TOPIC_EXCEPTION'
  return topics.byName(name) ?? 'UNKNOWN_TOPIC_OR_PARTITION'
}

function found(topic: Topic, topicAuthorizedOperations: number) {
  return {
    errorCode: errorCode('NONE'),
    name: topic.name,
    topicId: topic.id,
    isInternal: topic.internal,
    partitions: topic.partitions.map((_, partition) => partitionMetadata(topic, partition)),
    topicAuthorizedOperations,
  }
}

function missing(error: KafkaErrorName, { name, topicId }: AskedTopic, apiVersion: number) {
  return {
    errorCode: errorCode(error),
    name: name ?? (apiVersion < FIRST_VERSION_WITH_IDS ? '' : null),
    topicId,
    partitions: [],
  }
}
