import { StorageFailure } from './failure.ts'
import type { LogWrite, PartitionRecord } from './storage.ts'

/** Where a partition begins and ends. */
export type PartitionEnds = Pick<PartitionRecord, 'logStartOffset' | 'nextOffset'>

/**
 * Throws a CONSTRAINT failure unless a write continues the partitions that it touches: chunks come
 * with their partition's row, in order and without overlap, and no offset goes back. `stored` is
 * the row that a partition has, if any.
 */
export function assertContinues(
  write: LogWrite,
  stored: (partitionId: number) => PartitionEnds | undefined,
): void {
  const ends = new Map<number, number>()
  for (const partition of write.partitions) {
    assertRowAdvances(partition, stored(partition.partitionId))
    ends.set(partition.partitionId, stored(partition.partitionId)?.nextOffset ?? 0)
  }
  for (const { partitionId, baseOffset, nextOffset } of write.chunks) {
    const end = ends.get(partitionId)
    if (end === undefined || baseOffset < end || nextOffset <= baseOffset) {
      throw new StorageFailure(
        'CONSTRAINT',
        `Partition ${partitionId} ends at ${end}: it cannot take a chunk of ${baseOffset} to ${nextOffset}.`,
      )
    }
    ends.set(partitionId, nextOffset)
  }
  for (const { partitionId, nextOffset } of write.partitions) {
    if ((ends.get(partitionId) ?? 0) > nextOffset) {
      throw new StorageFailure(
        'CONSTRAINT',
        `The row of partition ${partitionId} ends at ${nextOffset}, before its chunks do.`,
      )
    }
  }
}

/** Throws a CONSTRAINT failure where a partition's new row would take an offset back. */
export function assertRowAdvances(
  row: PartitionEnds & { readonly partitionId: number },
  stored: PartitionEnds | undefined,
): void {
  if (
    stored !== undefined &&
    (row.nextOffset < stored.nextOffset || row.logStartOffset < stored.logStartOffset)
  ) {
    throw new StorageFailure(
      'CONSTRAINT',
      `Partition ${row.partitionId} has the offsets ${stored.logStartOffset} to ${stored.nextOffset} ` +
        `and cannot go back to ${row.logStartOffset} to ${row.nextOffset}.`,
    )
  }
}
