import { assignmentsProblem } from '../cluster/topic-request.ts'
import { errorCode, type Refusal, refuse } from '../errors.ts'
import { AlterPartitionReassignments } from '../protocol/messages/alter-partition-reassignments.ts'
import type { RequestOf } from '../protocol/schema.ts'
import { handler, type RequestContext } from './handler.ts'
import { replicasSeen } from './partition-metadata.ts'
import { NO_REFUSAL, refusalFields } from './refusal-fields.ts'
import { splitRepeated } from './repeated.ts'

/**
 * AlterPartitionReassignments (key 45), versions 0–1.
 *
 * Every node holds every partition of the one store that all share, so there is nowhere to move one
 * to: an assignment that is in force already is granted, any other refused with the reason, and
 * there is never a move that could be cancelled.
 */
export const alterPartitionReassignments = handler(
  AlterPartitionReassignments,
  (context, request) => ({
    allowReplicationFactorChange: request.allowReplicationFactorChange,
    ...NO_REFUSAL,
    responses: request.topics.map(({ name, partitions }) => {
      const { once, repeated } = splitRepeated(partitions, (each) => String(each.partitionIndex))
      return {
        name,
        partitions: [
          ...once.map((partition) => answer(partition, problem(context, name, partition))),
          ...repeated.map((partition) => answer(partition, NAMED_TWICE)),
        ],
      }
    }),
  }),
)

type Partition = RequestOf<
  typeof AlterPartitionReassignments
>['topics'][number]['partitions'][number]

const NAMED_TWICE = refuse('INVALID_REQUEST', 'The partition appears more than once.')

function answer({ partitionIndex }: Partition, refusal: Refusal | null) {
  return refusal === null
    ? { partitionIndex, errorCode: errorCode('NONE'), errorMessage: null }
    : { partitionIndex, ...refusalFields(refusal) }
}

function problem(
  { tenant, connection }: RequestContext,
  name: string,
  { partitionIndex, replicas }: Partition,
): Refusal | null {
  const topic = tenant.topics.byName(name)
  if (topic?.partitions[partitionIndex] === undefined) return refuse('UNKNOWN_TOPIC_OR_PARTITION')
  if (replicas === null) return refuse('NO_REASSIGNMENT_IN_PROGRESS')
  const nodeIds = connection.nodes.map(({ nodeId }) => nodeId)
  const assignment = { partition: partitionIndex, nodeIds: replicas }
  const invalid = assignmentsProblem([assignment], partitionIndex, nodeIds)
  if (invalid !== null) return invalid
  const current = replicasSeen(topic, partitionIndex, connection.nodes)
  return current.every((nodeId, i) => nodeId === replicas[i])
    ? null
    : refuse(
        'INVALID_REPLICA_ASSIGNMENT',
        `The replicas of ${name}-${partitionIndex} stay ${current.join(',')}: every node holds every partition, and the order in which they lead is fixed.`,
      )
}
