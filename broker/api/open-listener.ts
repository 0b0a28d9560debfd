import type { TopicRequest } from '../cluster/topic-request.ts'
import { isRefusal, type KafkaErrorName } from '../errors.ts'
import { topicNameProblem } from '../rules/names.ts'
import {
  type OpenListenerSettings,
  openListenerReplicationFactors,
} from '../rules/open-listener.ts'
import type { RequestContext } from './handler.ts'

/** Names that nobody could create by naming them, and why each was refused. */
export type NotCreated = ReadonlyMap<string, KafkaErrorName>

/** The topics that Metadata names, which the open listener creates because they are named. */
export function topicsToCreate(
  { openListener, tenant }: RequestContext,
  names: readonly string[],
): readonly string[] {
  if (openListener?.createTopics !== true) return []
  return [...new Set(names)].filter(
    (name) =>
      topicNameProblem(name) === null &&
      !keptByKafka.has(name) &&
      tenant.topics.byName(name) === undefined,
  )
}

/** Kafka makes these for itself, with records that only it can write. */
const keptByKafka: ReadonlySet<string> = new Set([
  '__consumer_offsets',
  '__transaction_state',
  '__share_group_state',
])

/**
 * Creates topics because they were named (Kafka's auto.create.topics.enable; a client forbids it by
 * KIP-361), within the limits of the cluster.
 *
 * Differs from Kafka, which tells its controller and answers LEADER_NOT_AVAILABLE (since 2.8
 * UNKNOWN_TOPIC_OR_PARTITION) until the client asks again: here it is one commit, so that the answer
 * has the topic with its leaders, and no program logs a warning or gives up at the first try.
 */
export async function createByNaming(
  { tenant, connection, openListener }: RequestContext,
  names: readonly string[],
): Promise<NotCreated> {
  const partitionCount = openListener?.partitions ?? -1
  const results = await tenant.topics.create(
    names.map((name) => ({
      name,
      partitionCount,
      replicationFactor: -1,
      assignments: [],
      config: {},
    })),
    { nodeIds: connection.nodes.map(({ nodeId }) => nodeId) },
  )
  return new Map(
    names.flatMap((name, i) => {
      const result = results[i]
      return isRefusal(result) && !isThereMeanwhile(result.error) ? [[name, result.error]] : []
    }),
  )
}

/** Two clients that name a topic at the same time both get it. */
function isThereMeanwhile(error: KafkaErrorName): boolean {
  return error === 'TOPIC_ALREADY_EXISTS'
}

/**
 * A topic as a client of the open listener means it: the number of partitions that is set there where
 * it names none (KIP-464), and either of the replication factors that stand for one node.
 */
export function throughOpenListener(
  settings: OpenListenerSettings | null,
  request: TopicRequest,
): TopicRequest {
  if (settings === null || request.assignments.length > 0) return request
  const { partitionCount, replicationFactor } = request
  return {
    ...request,
    partitionCount: partitionCount === -1 ? settings.partitions : partitionCount,
    replicationFactor: openListenerReplicationFactors.includes(replicationFactor)
      ? -1
      : replicationFactor,
  }
}
