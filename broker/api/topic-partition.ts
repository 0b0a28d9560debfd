import type { Tenant } from '../cluster/tenant.ts'
import type { Topic } from '../cluster/topic.ts'
import { type Refusal, refuse } from '../errors.ts'
import type { PartitionLog } from '../log/partition-log.ts'

/**
 * The topic that a request means: by id in the versions that name topics by id only (KIP-516), by
 * name in those before. `firstVersionById` is the first of the former.
 */
export function topicAsked(
  { tenant, apiVersion }: { readonly tenant: Tenant; readonly apiVersion: number },
  { name, topicId }: { readonly name: string; readonly topicId: string },
  firstVersionById: number,
): Topic | Refusal {
  return apiVersion >= firstVersionById
    ? (tenant.topics.byId(topicId) ?? refuse('UNKNOWN_TOPIC_ID'))
    : (tenant.topics.byName(name) ?? refuse('UNKNOWN_TOPIC_OR_PARTITION'))
}

/** The log of one partition of a topic by name. */
export function partitionByName(
  tenant: Tenant,
  name: string,
  partition: number,
): PartitionLog | Refusal {
  return tenant.topics.byName(name)?.partitions[partition] ?? refuse('UNKNOWN_TOPIC_OR_PARTITION')
}
