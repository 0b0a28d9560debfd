import type { Topic } from '../cluster/topic.ts'
import type { Topics } from '../cluster/topics.ts'
import { errorCode, type KafkaErrorName } from '../errors.ts'
import { Metadata } from '../protocol/messages/metadata.ts'
import { type RequestOf, ZERO_UUID } from '../protocol/schema.ts'
import { authorizedOperations, OPERATIONS_NOT_REQUESTED } from '../rules/acl-operations.ts'
import { topicNameProblem } from '../rules/names.ts'
import { handler, type NodeAddress, type RequestContext } from './handler.ts'
import { createByNaming, type NotCreated, topicsToCreate } from './open-listener.ts'
import { partitionMetadata } from './partition-metadata.ts'
import { firstOfEach } from './repeated.ts'

/** The first version in which topics may be asked for by id (KIP-516). */
const FIRST_VERSION_WITH_IDS = 12

/**
 * Tells the nodes, and topics with their leaders. Asking for a topic creates it only through an open
 * listener that is set to, and where the client allows it.
 */
export const metadata = handler(Metadata, (context, request) => {
  const absent = request.allowAutoTopicCreation ? topicsToCreate(context, namedTopics(request)) : []
  return absent.length === 0
    ? answer(context, request, new Map())
    : createByNaming(context, absent).then((refused) => answer(context, request, refused))
})

function answer(context: RequestContext, request: MetadataRequest, notCreated: NotCreated) {
  const { tenant, connection } = context
  const { nodes } = connection
  return {
    brokers: nodes.map(({ nodeId, host, port }) => ({ nodeId, host, port, rack: null })),
    clusterId: tenant.id,
    controllerId: nodes[0]?.nodeId ?? -1,
    topics: askedTopics(context, request, notCreated),
    clusterAuthorizedOperations: request.includeClusterAuthorizedOperations
      ? authorizedOperations('CLUSTER')
      : OPERATIONS_NOT_REQUESTED,
    errorCode: errorCode('NONE'),
  }
}

type MetadataRequest = RequestOf<typeof Metadata>
type AskedTopic = NonNullable<MetadataRequest['topics']>[number]

/** Those asked for by name; an id is of a topic that was there once. */
function namedTopics({ topics }: MetadataRequest): readonly string[] {
  return (topics ?? []).flatMap(({ name, topicId }) =>
    name !== null && topicId === ZERO_UUID ? [name] : [],
  )
}

type TopicEntry = ReturnType<typeof found> | ReturnType<typeof missing>

function askedTopics(
  { tenant: { topics }, connection: { nodes }, apiVersion }: RequestContext,
  request: MetadataRequest,
  notCreated: NotCreated,
): readonly TopicEntry[] {
  const operations = request.includeTopicAuthorizedOperations
    ? authorizedOperations('TOPIC')
    : OPERATIONS_NOT_REQUESTED
  // No topics at all is version 0's way to ask for all of them; later versions say null.
  if (request.topics === null || (apiVersion === 0 && request.topics.length === 0)) {
    return topics.list().map((topic) => found(topic, nodes, operations))
  }
  // Each topic is answered once, however often it was asked for.
  return firstOfEach(request.topics, ({ name, topicId }) => `${topicId}${name}`).map((asked) => {
    const topic = lookUp(topics, asked, apiVersion)
    if (typeof topic !== 'string') return found(topic, nodes, operations)
    return missing(notCreated.get(asked.name ?? '') ?? topic, asked, apiVersion)
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

function found(topic: Topic, nodes: readonly NodeAddress[], topicAuthorizedOperations: number) {
  return {
    errorCode: errorCode('NONE'),
    name: topic.name,
    topicId: topic.id,
    isInternal: topic.internal,
    partitions: topic.partitions.map((_, partition) => partitionMetadata(topic, partition, nodes)),
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
