import type { ChunkWrite, LogWrite, PartitionRecord, PartitionUpdate } from '../storage.ts'
import type { LogDatabase } from './databases.ts'
import { inStatements, placeholders } from './multi-row.ts'

export type WritingClient = Pick<LogDatabase['client'], '$executeRawUnsafe'>
export type ToArgument = (bytes: Uint8Array) => string

/**
 * Writes chunks, and the rows of their partitions where those cannot be told from row and chunks
 * (`log-load.ts`). Usually they can, and what is left is one statement, which SQLite commits by itself: a
 * transaction around it costs as much again (16 KiB chunks: 0.49 ms of processor time, alone 0.22).
 */
export async function writeChunks(
  { client, adapter }: LogDatabase,
  { chunks, partitions }: LogWrite,
  stored: (partitionId: number) => PartitionRecord | undefined,
): Promise<void> {
  const appended = sumUp(chunks)
  const rows = partitions.filter(
    (row) => !isTold(row, stored(row.partitionId), appended.get(row.partitionId)),
  )
  await adapter.blobs.withBlobs(async (blob) => {
    const statements = [
      ...inStatements(chunks, CHUNK_COLUMNS).map((some) => insertChunks(client, some, blob)),
      ...(rows.length > 0 ? [upsertPartitions(client, rows)] : []),
      ...rows.flatMap((row) => upsertSnapshot(client, row, blob)),
    ]
    const [only] = statements
    if (statements.length === 1 && only !== undefined) await only
    else await client.$transaction(statements)
  })
}

interface Appended {
  readonly nextOffset: number
  readonly sizeBytes: number
}

function sumUp(chunks: readonly ChunkWrite[]): ReadonlyMap<number, Appended> {
  const byPartition = new Map<number, Appended>()
  for (const { partitionId, nextOffset, sizeBytes } of chunks) {
    const before = byPartition.get(partitionId)?.sizeBytes ?? 0
    byPartition.set(partitionId, { nextOffset, sizeBytes: before + sizeBytes })
  }
  return byPartition
}

/** Whether a start can do without this row: it says what the stored one and its new chunks say. */
function isTold(
  row: PartitionUpdate,
  stored: PartitionRecord | undefined,
  appended: Appended | undefined,
): boolean {
  return (
    row.snapshot === undefined &&
    stored?.logStartOffset === row.logStartOffset &&
    appended?.nextOffset === row.nextOffset &&
    stored.sizeBytes + appended.sizeBytes === row.sizeBytes
  )
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
