import type { ChunkInfo } from '../storage.ts'
import { type ChunkInfoRow, chunkInfo, type LogClient } from './log-chunks.ts'

/**
 * Searches by record timestamp. The running maximum never falls within a partition, so the first
 * chunk that reaches a time is found by bisecting the offsets: at most 50 index seeks, and no index
 * by time for every write to maintain. SQLite bisects by itself, since each query costs Prisma more
 * than all the seeks.
 */

interface TimedRow extends ChunkInfoRow {
  readonly running_max_timestamp_ms: bigint
}

export async function findByTimestamp(
  client: LogClient,
  partitionId: number,
  timestampMs: number,
): Promise<ChunkInfo | null> {
  const first = await firstReaching(client, partitionId, timestampMs)
  if (first === null) return null
  if (first.max_timestamp_ms >= timestampMs) return chunkInfo(first)
  // The running maximum was set by a chunk that has been deleted since: look further.
  const rows = await client.$queryRaw<ChunkInfoRow[]>`
    SELECT partition_id, base_offset, next_offset, max_timestamp_ms, size_bytes
    FROM chunk
    WHERE partition_id = ${partitionId} AND base_offset > ${Number(first.base_offset)}
      AND max_timestamp_ms >= ${timestampMs}
    ORDER BY base_offset LIMIT 1`
  return rows[0] === undefined ? null : chunkInfo(rows[0])
}

export async function findMaxTimestamp(
  client: LogClient,
  partitionId: number,
): Promise<ChunkInfo | null> {
  const last = await lastChunk(client, partitionId)
  if (last === null) return null
  const first = await firstReaching(client, partitionId, Number(last.running_max_timestamp_ms))
  if (first !== null && first.max_timestamp_ms === last.running_max_timestamp_ms) {
    return chunkInfo(first)
  }
  // As above: the largest timestamp is gone, so the largest that is left has to be looked for.
  const rows = await client.$queryRaw<ChunkInfoRow[]>`
    SELECT partition_id, base_offset, next_offset, max_timestamp_ms, size_bytes
    FROM chunk WHERE partition_id = ${partitionId}
    ORDER BY max_timestamp_ms DESC, base_offset LIMIT 1`
  return rows[0] === undefined ? null : chunkInfo(rows[0])
}

/**
 * The first chunk whose running maximum reaches `timestampMs`. While it is searched, the chunk that begins
 * at `high` reaches the time, and none that begins below `low` does.
 */
async function firstReaching(
  client: LogClient,
  partitionId: number,
  timestampMs: number,
): Promise<TimedRow | null> {
  const rows = await client.$queryRaw<TimedRow[]>`
    WITH RECURSIVE search (low, high) AS (
      SELECT 0, base_offset FROM (
        SELECT base_offset, running_max_timestamp_ms FROM chunk
        WHERE partition_id = ${partitionId} ORDER BY base_offset DESC LIMIT 1)
      WHERE running_max_timestamp_ms >= ${timestampMs}
      UNION ALL
      SELECT
        iif((
          SELECT running_max_timestamp_ms FROM chunk
          WHERE partition_id = ${partitionId} AND base_offset <= (low + high - 1) / 2
          ORDER BY base_offset DESC LIMIT 1
        ) >= ${timestampMs}, low, (low + high - 1) / 2 + 1),
        coalesce((
          SELECT iif(running_max_timestamp_ms >= ${timestampMs}, base_offset, NULL) FROM chunk
          WHERE partition_id = ${partitionId} AND base_offset <= (low + high - 1) / 2
          ORDER BY base_offset DESC LIMIT 1
        ), high)
      FROM search WHERE low < high)
    SELECT partition_id, base_offset, next_offset, max_timestamp_ms, size_bytes,
      running_max_timestamp_ms
    FROM chunk WHERE partition_id = ${partitionId}
      AND base_offset = (SELECT high FROM search WHERE low >= high)`
  return rows[0] ?? null
}

/** The last chunk of a partition. */
async function lastChunk(client: LogClient, partitionId: number): Promise<TimedRow | null> {
  const rows = await client.$queryRaw<TimedRow[]>`
    SELECT partition_id, base_offset, next_offset, max_timestamp_ms, size_bytes,
      running_max_timestamp_ms
    FROM chunk WHERE partition_id = ${partitionId} ORDER BY base_offset DESC LIMIT 1`
  return rows[0] ?? null
}
