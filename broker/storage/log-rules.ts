import { StorageFailure } from './failure.ts'
import type {
  ChunkInfo,
  ChunkReplacement,
  ChunkWrite,
  CompactionMark,
  LogWrite,
  PartitionRecord,
} from './storage.ts'

/** The mark of a partition that was never compacted. */
export const NOT_COMPACTED: CompactionMark = { cleanOffset: 0, tombstonesDueMs: null }

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
  stored: PartitionEnds = NOTHING_STORED,
): void {
  if (row.nextOffset < stored.nextOffset || row.logStartOffset < stored.logStartOffset) {
    throw new StorageFailure(
      'CONSTRAINT',
      `Partition ${row.partitionId} has the offsets ${stored.logStartOffset} to ${stored.nextOffset} ` +
        `and cannot go back to ${row.logStartOffset} to ${row.nextOffset}.`,
    )
  }
}

/** Where a partition without a row begins and ends. */
const NOTHING_STORED: PartitionEnds = { logStartOffset: 0, nextOffset: 0 }

/** What a replacement is held against: `replaced` are all the chunks that its range touches. */
export interface ReplacedPart {
  readonly ends: PartitionEnds | undefined
  readonly replaced: readonly (ChunkInfo & {
    readonly producers: Pick<ChunkWrite['producers'], 'length'>
  })[]
  /** Of the snapshot that there is afterwards; 0 where there is none. */
  readonly snapshotOffset: number
}

/** Throws a CONSTRAINT failure where `LogStore.replaceChunks` says so. */
export function assertReplaces(replacement: ChunkReplacement, part: ReplacedPart): void {
  const problem = replacementProblem(replacement, part)
  if (problem !== null) {
    const { partitionId, baseOffset, nextOffset } = replacement
    throw new StorageFailure(
      'CONSTRAINT',
      `The chunks of partition ${partitionId} from ${baseOffset} to ${nextOffset} cannot be replaced: ${problem}.`,
    )
  }
}

function replacementProblem(
  { baseOffset, nextOffset, chunks }: ChunkReplacement,
  { ends, replaced, snapshotOffset }: ReplacedPart,
): string | null {
  const [first] = replaced
  const last = replaced.at(-1)
  if (ends === undefined || first === undefined || last === undefined) return 'there are none'
  if (nextOffset > ends.nextOffset) return `the log ends at ${ends.nextOffset}`
  if (first.baseOffset < baseOffset || last.nextOffset > nextOffset) {
    return 'the range cuts through a chunk'
  }
  const lost = replaced.some(
    (chunk) => chunk.producers.length > 0 && chunk.nextOffset > snapshotOffset,
  )
  if (lost) return `the snapshot at ${snapshotOffset} lacks some of their producers`
  // Searches by time rely on it: what comes after the range has a running maximum of its own.
  const largestMs = replaced.reduce((largest, one) => Math.max(largest, one.maxTimestampMs), -1)
  if (chunks.some((chunk) => chunk.maxTimestampMs > largestMs)) {
    return 'they hold nothing as young as some of the new chunks'
  }
  let end = baseOffset
  for (const chunk of chunks) {
    if (chunk.baseOffset < end || chunk.nextOffset <= chunk.baseOffset) {
      return `a chunk of ${chunk.baseOffset} to ${chunk.nextOffset} does not follow ${end}`
    }
    end = chunk.nextOffset
  }
  return end > nextOffset ? `the new chunks go to ${end}` : null
}
