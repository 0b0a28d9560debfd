import type { ChunkInfo } from '../storage/storage.ts'
import type { LogConfig } from './log-config.ts'

/**
 * Says which neighbouring chunks of a partition are to become one: pure, over their descriptions.
 *
 * Small chunks waste space: a row that does not fit into what is left of a page begins another one,
 * and where rows of two partitions share a page, those of a deleted one leave holes that only go
 * once two thirds of the page are free (up to three times the size of what is left, measured).
 *
 * A chunk is only written again as part of one that is larger by a quarter, so that the tail of a
 * log that grows record by record is not rewritten for each of them. Retention deletes whole chunks:
 * none is made that would keep back much more than retention asks for.
 */
export function groupsToGather(chunks: readonly ChunkInfo[], config: GatherConfig): ChunkGroup[] {
  const limits = gatherLimits(config)
  const groups: ChunkGroup[] = []
  let group: ChunkInfo[] = []
  let sizeBytes = 0
  const finish = () => {
    if (isWorthIt(group, sizeBytes)) groups.push(groupOf(group, sizeBytes))
    group = []
    sizeBytes = 0
  }
  for (const chunk of chunks) {
    const [first] = group
    const isFar =
      first !== undefined && chunk.maxTimestampMs - first.maxTimestampMs > limits.spanMsMax
    const isLong = group.length === GATHERED_CHUNKS_MAX
    if (isFar || isLong || sizeBytes + chunk.sizeBytes > limits.bytesMax) finish()
    if (chunk.sizeBytes >= limits.bytesMax / 2) {
      finish()
    } else {
      group.push(chunk)
      sizeBytes += chunk.sizeBytes
    }
  }
  finish()
  return groups
}

export type GatherConfig = Pick<
  LogConfig,
  'isDeleted' | 'retentionMs' | 'retentionBytes' | 'segmentMs'
>

/** Consecutive chunks of one partition. */
export interface ChunkGroup {
  readonly baseOffset: number
  readonly nextOffset: number
  readonly count: number
  readonly sizeBytes: number
}

/** Reading and writing this much holds storage for a few milliseconds; larger chunks waste little less. */
const GATHERED_BYTES_MAX = 256 * 1024
const GATHERED_CHUNKS_MAX = 200

/** The part of what retention keeps that may stay beyond it. */
const KEPT_BACK = 1 / 8

function gatherLimits({ isDeleted, retentionMs, retentionBytes, segmentMs }: GatherConfig) {
  const keepsFor = isDeleted && retentionMs >= 0 ? retentionMs * KEPT_BACK : segmentMs
  const keeps = isDeleted && retentionBytes >= 0 ? retentionBytes * KEPT_BACK : GATHERED_BYTES_MAX
  return {
    spanMsMax: Math.min(keepsFor, segmentMs),
    bytesMax: Math.min(keeps, GATHERED_BYTES_MAX),
  }
}

function isWorthIt(group: readonly ChunkInfo[], sizeBytes: number): boolean {
  const largest = group.reduce((max, chunk) => Math.max(max, chunk.sizeBytes), 0)
  return group.length > 1 && sizeBytes >= 1.25 * largest
}

function groupOf(group: readonly ChunkInfo[], sizeBytes: number): ChunkGroup {
  const baseOffset = group[0]?.baseOffset ?? 0
  const nextOffset = group.at(-1)?.nextOffset ?? baseOffset
  return { baseOffset, nextOffset, count: group.length, sizeBytes }
}
