import { freeMemory } from '../../free-memory.ts'
import type { Chunk, ChunkInfo } from '../storage.ts'
import type { LogDatabase } from './databases.ts'

export type LogClient = Pick<LogDatabase['client'], '$queryRaw' | '$executeRaw'>

/** Prisma gives a 64-bit column as a bigint; offsets, sizes and times are below 2^53. */
export interface ChunkInfoRow {
  readonly partition_id: number
  readonly base_offset: bigint
  readonly next_offset: bigint
  readonly max_timestamp_ms: bigint
  readonly size_bytes: number
}

interface ChunkRow extends ChunkInfoRow {
  readonly bytes: Uint8Array
}

export function chunkInfo(row: ChunkInfoRow): ChunkInfo {
  return {
    partitionId: row.partition_id,
    baseOffset: Number(row.base_offset),
    nextOffset: Number(row.next_offset),
    maxTimestampMs: Number(row.max_timestamp_ms),
    sizeBytes: row.size_bytes,
  }
}

interface ReadRequest {
  readonly partitionId: number
  readonly offset: number
  readonly maxBytes: number
}

/**
 * Goes from chunk to chunk while their sizes fit, and reads the bytes of those alone: every row that is
 * looked at is a page of 64 KiB read. One query, since each costs Prisma as much as a chunk.
 */
export async function readChunks(
  client: LogClient,
  { partitionId, offset, maxBytes }: ReadRequest,
): Promise<Chunk[]> {
  const rows = await client.$queryRaw<ChunkRow[]>`
    WITH RECURSIVE fitting (id, next, total) AS (
      SELECT * FROM (
        SELECT id, next_offset, size_bytes FROM chunk
        WHERE partition_id = ${partitionId} AND next_offset > ${offset} AND base_offset >= coalesce((
          SELECT max(base_offset) FROM chunk
          WHERE partition_id = ${partitionId} AND base_offset <= ${offset}), 0)
        ORDER BY base_offset LIMIT 1)
      UNION ALL
      SELECT chunk.id, chunk.next_offset, total + chunk.size_bytes FROM fitting
      JOIN chunk ON chunk.id = (
        SELECT id FROM chunk WHERE partition_id = ${partitionId} AND base_offset >= next
        ORDER BY base_offset LIMIT 1)
      WHERE total + chunk.size_bytes <= ${maxBytes})
    SELECT partition_id, base_offset, next_offset, max_timestamp_ms, size_bytes, bytes
    FROM fitting CROSS JOIN chunk USING (id)`
  // In the order in which they were found, which CROSS JOIN keeps; sorting would copy their bytes.
  return inOnePiece(rows)
}

/** One after another in memory of their own, so that a megabyte of small chunks is moved as one piece. */
function inOnePiece(rows: readonly ChunkRow[]): Chunk[] {
  if (rows.length < 2) return rows.map((row) => ({ ...chunkInfo(row), bytes: row.bytes }))
  const memory = Buffer.allocUnsafeSlow(rows.reduce((sum, row) => sum + row.bytes.length, 0))
  let end = 0
  const chunks = rows.map((row): Chunk => {
    const start = end
    end += row.bytes.length
    memory.set(row.bytes, start)
    return { ...chunkInfo(row), bytes: memory.subarray(start, end) }
  })
  freeMemory(rows.map((row) => row.bytes))
  return chunks
}

/** Descriptions from the chunk that holds `offset`, or the next after it, on. */
export async function listChunks(
  client: LogClient,
  partitionId: number,
  offset: number,
  limit: number,
): Promise<ChunkInfo[]> {
  const rows = await client.$queryRaw<ChunkInfoRow[]>`
    SELECT partition_id, base_offset, next_offset, max_timestamp_ms, size_bytes
    FROM chunk
    WHERE partition_id = ${partitionId} AND next_offset > ${offset} AND base_offset >= coalesce((
      SELECT max(base_offset) FROM chunk
      WHERE partition_id = ${partitionId} AND base_offset <= ${offset}), 0)
    ORDER BY base_offset LIMIT ${limit}`
  return rows.map(chunkInfo)
}
