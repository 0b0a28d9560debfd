import type { Topic } from '../cluster/topic.ts'
import type { Topics } from '../cluster/topics.ts'
import { errorCode, type KafkaErrorName } from '../errors.ts'
import { DescribeTopicPartitions } from '../protocol/messages/describe-topic-partitions.ts'
import { type RequestOf, ZERO_UUID } from '../protocol/schema.ts'
import { authorizedOperations } from '../rules/acl-operations.ts'
import { brokerLimit } from '../rules/limits.ts'
import { topicNameProblem } from '../rules/names.ts'
import { handler, type NodeAddress } from './handler.ts'
import { partitionMetadata } from './partition-metadata.ts'

/**
 * Tells topics with their partitions, in the order of their names, so many partitions at a time;
 * `nextCursor` says where to go on (KIP-966).
 */
export const describeTopicPartitions = handler(
  DescribeTopicPartitions,
  ({ tenant: { topics }, connection: { nodes } }, request) => {
    const { cursor } = request
    if (cursor !== null && cursor.partitionIndex < 0) {
      return {
        topics: request.topics.map(({ name }) => missing(name, 'INVALID_REQUEST')),
        nextCursor: null,
      }
    }
    const seen = { topics, nodes }
    return page(seen, namesFrom(topics, request), cursor, partitionBudget(request))
  },
)

type DescribeRequest = RequestOf<typeof DescribeTopicPartitions>
type Cursor = NonNullable<DescribeRequest['cursor']>

/** What a connection can be told of. */
interface Seen {
  readonly topics: Topics
  readonly nodes: readonly NodeAddress[]
}

function page(
  { topics, nodes }: Seen,
  names: readonly string[],
  cursor: Cursor | null,
  budget: number,
) {
  const entries: (ReturnType<typeof found> | ReturnType<typeof missing>)[] = []
  let left = budget
  for (const name of names) {
    const topic = lookUp(topics, name)
    if (typeof topic === 'string') {
      entries.push(missing(name, topic))
      continue
    }
    const first = cursor?.topicName === name ? cursor.partitionIndex : 0
    if (left === 0)
      return { topics: entries, nextCursor: { topicName: name, partitionIndex: first } }
    const end = Math.min(topic.partitions.length, first + left)
    entries.push(found(topic, nodes, first, end))
    left -= Math.max(0, end - first)
    if (end < topic.partitions.length) {
      return { topics: entries, nextCursor: { topicName: name, partitionIndex: end } }
    }
  }
  return { topics: entries, nextCursor: null }
}

/** The names asked for (none: all there are) in order, from the cursor's on. */
function namesFrom(topics: Topics, { topics: asked, cursor }: DescribeRequest): readonly string[] {
  const names =
    asked.length === 0
      ? topics.list().map(({ name }) => name)
      : [...new Set(asked.map(({ name }) => name))]
  return (cursor === null ? names : names.filter((name) => name >= cursor.topicName)).sort()
}

function partitionBudget({ responsePartitionLimit }: DescribeRequest): number {
  return Math.max(1, Math.min(responsePartitionLimit, brokerLimit('describedPartitions')))
}

function lookUp(topics: Topics, name: string): Topic | KafkaErrorName {
  if (topicNameProblem(name) !== null) return 'INVALID_TOPIC_EXCEPTION'
  return topics.byName(name) ?? 'UNKNOWN_TOPIC_OR_PARTITION'
}

function found(topic: Topic, nodes: readonly NodeAddress[], first: number, end: number) {
  return {
    errorCode: errorCode('NONE'),
    name: topic.name,
    topicId: topic.id,
    isInternal: topic.internal,
    partitions: Array.from({ length: Math.max(0, end - first) }, (_, i) => ({
      ...partitionMetadata(topic, first + i, nodes),
      // Empty, since nothing is out of sync; Java's Admin cannot read the null that is allowed here.
      eligibleLeaderReplicas: [],
      lastKnownElr: [],
    })),
    topicAuthorizedOperations: authorizedOperations('TOPIC'),
  }
}

function missing(name: string, error: KafkaErrorName) {
  return { errorCode: errorCode(error), name, topicId: ZERO_UUID, partitions: [] }
}
