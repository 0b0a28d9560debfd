import type { Tenant } from '../cluster/tenant.ts'
import { errorCode, isRefusal } from '../errors.ts'
import { DeleteRecords } from '../protocol/messages/delete-records.ts'
import type { RequestOf } from '../protocol/schema.ts'
import { handler } from './handler.ts'
import { partitionByName } from './topic-partition.ts'

/**
 * DeleteRecords (key 21), versions 0–2.
 *
 * Moves the start of each partition's log up to an offset, or to the high watermark for -1 (KIP-107),
 * and answers the new start once it is stored. Of a partition that is named more than once the last
 * offset counts, as in Kafka.
 */
export const deleteRecords = handler(DeleteRecords, async ({ tenant }, request) => ({
  topics: await Promise.all(
    [...offsetsByTopic(request)].map(async ([name, offsets]) => ({
      name,
      partitions: await Promise.all(
        [...offsets].map(([partition, offset]) => deleteBefore(tenant, name, partition, offset)),
      ),
    })),
  ),
}))

function offsetsByTopic(
  request: RequestOf<typeof DeleteRecords>,
): ReadonlyMap<string, ReadonlyMap<number, number>> {
  const byTopic = new Map<string, Map<number, number>>()
  for (const { name, partitions } of request.topics) {
    const offsets = byTopic.get(name) ?? new Map<number, number>()
    for (const { partitionIndex, offset } of partitions) offsets.set(partitionIndex, offset)
    byTopic.set(name, offsets)
  }
  return byTopic
}

async function deleteBefore(tenant: Tenant, name: string, partitionIndex: number, offset: number) {
  const log = partitionByName(tenant, name, partitionIndex)
  const lowWatermark = isRefusal(log) ? log : await log.deleteRecords(offset)
  return isRefusal(lowWatermark)
    ? { partitionIndex, lowWatermark: -1, errorCode: errorCode(lowWatermark.error) }
    : { partitionIndex, lowWatermark, errorCode: 0 }
}
