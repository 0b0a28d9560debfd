import type { ChunkWrite, LogWrite, PartitionUpdate } from '../storage.ts'
import type { LogDatabase } from './databases.ts'
import { inStatements, placeholders } from './multi-row.ts'

export type WritingClient = Pick<LogDatabase['client'], '$executeRawUnsafe'>
export type ToArgument = (bytes: Uint8Array) => string

/** Writes chunks and the rows of their partitions in one transaction, as a few multi-row inserts. */
export async function writeChunks(
  { client, adapter }: LogDatabase,
  { chunks, partitions }: LogWrite,
): Promise<void> {
  await adapter.blobs.withBlobs(async (blob) => {
    await client.$transaction([
      ...inStatements(chunks, CHUNK_COLUMNS).map((some) => insertChunks(client, some, blob)),
      upsertPartitions(client, partitions),
      ...partitions.flatMap((partition) => upsertSnapshot(client, partition, blob)),
    ])
  })
}

const CHUNK_COLUMNS = 8

export function insertChunks(
  client: WritingClient,
  chunks: readonly ChunkWrite[],
  blob: ToArgument,
) {
  const args: unknown[] = []
  for (const chunk of chunks) {
    args.push(
      chunk.partitionId,
      chunk.baseOffset,
      chunk.nextOffset,
      chunk.maxTimestampMs,
      chunk.runningMaxTimestampMs,
      chunk.sizeBytes,
      blob(chunk.producers),
      blob(chunk.bytes),
    )
  }
  return client.$executeRawUnsafe(
    `INSERT INTO chunk (partition_id, base_offset, next_offset, max_timestamp_ms,
       running_max_timestamp_ms, size_bytes, producers, bytes)
     VALUES ${placeholders(chunks.length, CHUNK_COLUMNS)}`,
    ...args,
  )
}

/** One JSON argument for all rows: an argument costs Prisma 2 µs, and a write may touch hundreds. */
function upsertPartitions(client: WritingClient, partitions: readonly PartitionUpdate[]) {
  const rows = partitions.map((partition) => [
    partition.partitionId,
    partition.logStartOffset,
    partition.nextOffset,
    partition.sizeBytes,
  ])
  return client.$executeRawUnsafe(
    `INSERT INTO partition_log (partition_id, log_start_offset, next_offset, size_bytes)
     SELECT value->>0, value->>1, value->>2, value->>3 FROM json_each(?) WHERE true
     ON CONFLICT (partition_id) DO UPDATE SET log_start_offset = excluded.log_start_offset,
       next_offset = excluded.next_offset, size_bytes = excluded.size_bytes`,
    JSON.stringify(rows),
  )
}

/** Nothing where the update brings no snapshot. */
export function upsertSnapshot(
  client: WritingClient,
  { partitionId, snapshot }: Pick<PartitionUpdate, 'partitionId' | 'snapshot'>,
  blob: ToArgument,
) {
  if (snapshot === undefined) return []
  return [
    client.$executeRawUnsafe(
      `INSERT INTO producer_snapshot (partition_id, "offset", bytes) VALUES (?, ?, ?)
       ON CONFLICT (partition_id) DO UPDATE SET "offset" = excluded."offset", bytes = excluded.bytes`,
      partitionId,
      snapshot.offset,
      blob(snapshot.bytes),
    ),
  ]
}
