import { ListPartitionReassignments } from '../protocol/messages/list-partition-reassignments.ts'
import { handler } from './handler.ts'
import { NO_REFUSAL } from './refusal-fields.ts'

/**
 * ListPartitionReassignments (key 46), version 0: none is ever under way, since every node holds
 * every partition of the one store that all share. Kafka leaves out what is not being moved, whether
 * it exists or not.
 */
export const listPartitionReassignments = handler(ListPartitionReassignments, () => ({
  ...NO_REFUSAL,
  topics: [],
}))
