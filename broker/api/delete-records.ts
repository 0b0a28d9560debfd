import { errorCode, isRefusal } from '../errors.ts'
import { DeleteRecords } from '../protocol/messages/delete-records.ts'
import { handler } from './handler.ts'
import { partitionByName } from './topic-partition.ts'

/**
 * DeleteRecords (key 21), versions 0–2.
 *
 * Moves the start of each partition's log up to an offset, or to the high watermark for -1 (KIP-107),
 * and answers the new start once it is stored.
 */
export const deleteRecords = handler(DeleteRecords, async ({ tenant }, request) => ({
  topics: await Promise.all(
    request.topics.map(async ({ name, partitions }) => ({
      name,
      partitions: await Promise.all(
        partitions.map(async ({ partitionIndex, offset }) => {
          const log = partitionByName(tenant, name, partitionIndex)
          const lowWatermark = isRefusal(log) ? log : await log.deleteRecords(offset)
          return isRefusal(lowWatermark)
            ? { partitionIndex, lowWatermark: -1, errorCode: errorCode(lowWatermark.error) }
            : { partitionIndex, lowWatermark, errorCode: 0 }
        }),
      ),
    })),
  ),
}))
