import { assertReplaces } from '../log-rules.ts'
import type { ChunkReplacement, CompactionMark, PartitionRecord } from '../storage.ts'
import type { LogDatabase } from './databases.ts'
import { type ChunkInfoRow, chunkInfo, type LogClient } from './log-chunks.ts'
import { insertChunks, upsertSnapshot } from './log-write.ts'
import { inStatements } from './multi-row.ts'

/** See `LogStore.replaceChunks`. `row` is the partition's, as it would be read back, if it has one. */
export async function replaceChunks(
  { client, adapter }: LogDatabase,
  replacement: ChunkReplacement,
  row: PartitionRecord | undefined,
): Promise<number> {
  const { partitionId, baseOffset } = replacement
  return adapter.blobs.withBlobs((blob) =>
    client.$transaction(async (transaction) => {
      const replaced = await touchedChunks(transaction, replacement)
      const snapshotOffset =
        replacement.snapshot?.offset ?? (await storedSnapshotOffset(transaction, partitionId))
      assertReplaces(replacement, { ends: row, replaced, snapshotOffset })
      let runningMaxTimestampMs = await runningMaxBefore(transaction, partitionId, baseOffset)
      // By their keys, since there may be more rows than one statement can name.
      await transaction.$executeRaw`
        DELETE FROM chunk WHERE partition_id = ${partitionId}
          AND base_offset >= ${baseOffset} AND base_offset < ${replacement.nextOffset}`
      const fresh = replacement.chunks.map((chunk) => {
        runningMaxTimestampMs = Math.max(runningMaxTimestampMs, chunk.maxTimestampMs)
        return { ...chunk, runningMaxTimestampMs, producers: NO_PRODUCERS }
      })
      for (const some of inStatements(fresh, CHUNK_COLUMNS)) {
        await insertChunks(transaction, some, blob)
      }
      for (const statement of upsertSnapshot(transaction, replacement, blob)) await statement
      const sizeBytes = (row?.sizeBytes ?? 0) + sum(fresh) - sum(replaced)
      // The end as well, since the size is that of all chunks up to it.
      await transaction.$executeRaw`
        UPDATE partition_log SET next_offset = ${row?.nextOffset ?? 0}, size_bytes = ${sizeBytes}
        WHERE partition_id = ${partitionId}`
      return sizeBytes
    }),
  )
}

/** See `LogStore.putCompaction`. */
export async function putCompaction(
  client: LogClient,
  partitionId: number,
  { cleanOffset, tombstonesDueMs }: CompactionMark,
): Promise<void> {
  await client.$executeRaw`
    UPDATE partition_log SET clean_offset = ${cleanOffset}, tombstones_due_ms = ${tombstonesDueMs}
    WHERE partition_id = ${partitionId}`
}

const CHUNK_COLUMNS = 8
const NO_PRODUCERS = new Uint8Array(0)

interface TouchedRow extends ChunkInfoRow {
  readonly producers_length: number | bigint
}

/** The chunks of which at least a part lies in the range, one that begins before it included. */
async function touchedChunks(client: LogClient, range: ChunkReplacement) {
  const { partitionId, baseOffset, nextOffset } = range
  const rows = await client.$queryRaw<TouchedRow[]>`
    SELECT partition_id, base_offset, next_offset, max_timestamp_ms, size_bytes,
      length(producers) AS producers_length
    FROM chunk
    WHERE partition_id = ${partitionId} AND next_offset > ${baseOffset}
      AND base_offset < ${nextOffset} AND base_offset >= coalesce((
        SELECT max(base_offset) FROM chunk
        WHERE partition_id = ${partitionId} AND base_offset <= ${baseOffset}), 0)
    ORDER BY base_offset`
  return rows.map((row) => ({
    ...chunkInfo(row),
    producers: { length: Number(row.producers_length) },
  }))
}

async function storedSnapshotOffset(client: LogClient, partitionId: number): Promise<number> {
  const rows = await client.$queryRaw<{ offset: bigint }[]>`
    SELECT "offset" FROM producer_snapshot WHERE partition_id = ${partitionId}`
  return Number(rows[0]?.offset ?? 0)
}

/** That of the chunk before the range: it never falls, and no chunk after the range has a lower one. */
async function runningMaxBefore(client: LogClient, partitionId: number, baseOffset: number) {
  const rows = await client.$queryRaw<{ running_max_timestamp_ms: bigint }[]>`
    SELECT running_max_timestamp_ms FROM chunk
    WHERE partition_id = ${partitionId} AND base_offset < ${baseOffset}
    ORDER BY base_offset DESC LIMIT 1`
  return Number(rows[0]?.running_max_timestamp_ms ?? -1)
}

function sum(chunks: readonly { readonly sizeBytes: number }[]): number {
  return chunks.reduce((total, { sizeBytes }) => total + sizeBytes, 0)
}
