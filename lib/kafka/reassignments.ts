import { ListPartitionReassignments } from '../../broker/protocol/messages/list-partition-reassignments.ts'
import { failureOfCode } from './failure.ts'
import type { Nodes } from './nodes.ts'

/** A move of a partition's replicas that is under way (KIP-455). */
export interface Reassignment {
  readonly topic: string
  readonly partition: number
  readonly adding: readonly number[]
  readonly removing: readonly number[]
}

export async function listReassignments(nodes: Nodes): Promise<readonly Reassignment[]> {
  const answer = await nodes.ask((connection) =>
    connection.call(ListPartitionReassignments, { topics: null }),
  )
  if (answer.errorCode !== 0) throw failureOfCode(answer.errorCode, answer.errorMessage)
  return answer.topics.flatMap(({ name, partitions }) =>
    partitions.map(({ partitionIndex, addingReplicas, removingReplicas }) => ({
      topic: name,
      partition: partitionIndex,
      adding: addingReplicas,
      removing: removingReplicas,
    })),
  )
}
