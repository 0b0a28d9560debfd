import { batchesIn } from '../protocol/record-batch.ts'
import type { Chunk, LogStore } from '../storage/storage.ts'
import { sliceChunk } from './chunk-slice.ts'
import type { CleanedRange } from './compaction/cleaned-ranges.ts'

/**
 * What a log's first chunk is to be replaced with, once the log starts within it: the same without
 * the batches that lie wholly below the start. So their space is free too, and the size of a
 * partition is that of the batches which a consumer gets. Null where nothing is to be cut off.
 */
export async function trimStart(
  { partitionId, logStartOffset }: TrimmedLog,
  storage: Pick<LogStore, 'read'>,
): Promise<CleanedRange | null> {
  const [chunk] = await storage.read(partitionId, logStartOffset, 1)
  if (chunk === undefined || chunk.baseOffset >= logStartOffset) {
    return null
  }
  const { baseOffset, nextOffset } = chunk
  const whole = { offset: logStartOffset, maxBytes: chunk.sizeBytes, atLeastOne: true }
  const left = sliceChunk(chunk, whole)?.bytes
  if (left === undefined || left.length === chunk.bytes.length) {
    return null
  }
  return { baseOffset, nextOffset, chunks: left.length === 0 ? [] : [chunkOf(chunk, left)] }
}

interface TrimmedLog {
  readonly partitionId: number
  readonly logStartOffset: number
}

function chunkOf({ partitionId, nextOffset }: Chunk, left: Uint8Array): Chunk {
  // Memory of its own, which can be moved to another thread.
  const bytes = Uint8Array.from(left)
  let baseOffset = nextOffset
  let maxTimestampMs = -1
  for (const batch of batchesIn(bytes)) {
    baseOffset = Math.min(baseOffset, batch.baseOffset)
    maxTimestampMs = Math.max(maxTimestampMs, batch.maxTimestampMs)
  }
  return { partitionId, baseOffset, nextOffset, maxTimestampMs, sizeBytes: bytes.length, bytes }
}
