import type { PartitionUpdate, SpaceUse } from '../storage.ts'
import type { LogDatabase } from './databases.ts'
import { upsertSnapshot } from './log-write.ts'

/** Deletes what lies below the new log start; resolves with what is then left of `sizeBytes`. */
export async function truncate(
  { client, adapter }: LogDatabase,
  update: Omit<PartitionUpdate, 'sizeBytes'>,
  sizeBytes: number,
): Promise<number> {
  const { partitionId, logStartOffset, nextOffset } = update
  return adapter.blobs.withBlobs((blob) =>
    client.$transaction(async (transaction) => {
      const [deleted] = await transaction.$queryRaw<{ size_bytes: number }[]>`
        SELECT total(size_bytes) AS size_bytes FROM chunk
        WHERE partition_id = ${partitionId} AND base_offset < ${logStartOffset}
          AND next_offset <= ${logStartOffset}`
      await transaction.$executeRaw`
        DELETE FROM chunk WHERE partition_id = ${partitionId} AND base_offset < ${logStartOffset}
          AND next_offset <= ${logStartOffset}`
      const left = sizeBytes - (deleted?.size_bytes ?? 0)
      await transaction.$executeRaw`
        INSERT INTO partition_log (partition_id, log_start_offset, next_offset, size_bytes)
        VALUES (${partitionId}, ${logStartOffset}, ${nextOffset}, ${left})
        ON CONFLICT (partition_id) DO UPDATE SET log_start_offset = excluded.log_start_offset,
          next_offset = excluded.next_offset, size_bytes = excluded.size_bytes`
      for (const statement of upsertSnapshot(transaction, update, blob)) await statement
      return left
    }),
  )
}

export interface Swept {
  /** How many chunks went. */
  readonly deleted: number
  /** The partitions that are gone altogether. */
  readonly emptied: readonly number[]
}

/** Partitions that are swept together, named in one JSON argument. */
const SWEPT_TOGETHER = 1000

/** Deletes up to `limit` chunks of these partitions, and the rows of those with none left. */
export async function sweepChunks(
  client: LogDatabase['client'],
  partitionIds: readonly number[],
  limit: number,
): Promise<Swept> {
  const emptied: number[] = []
  let deleted = 0
  for (let start = 0; start < partitionIds.length && deleted < limit; start += SWEPT_TOGETHER) {
    const ids = JSON.stringify(partitionIds.slice(start, start + SWEPT_TOGETHER))
    const [chunks, , rows] = await client.$transaction([
      client.$executeRaw`
        DELETE FROM chunk WHERE id IN (
          SELECT c.id FROM json_each(${ids}) swept CROSS JOIN chunk c
            ON c.partition_id = swept.value LIMIT ${limit - deleted})`,
      client.$executeRaw`
        DELETE FROM producer_snapshot WHERE partition_id IN (SELECT value FROM json_each(${ids}))`,
      client.$queryRaw<{ partition_id: number }[]>`
        DELETE FROM partition_log WHERE partition_id IN (SELECT value FROM json_each(${ids}))
          AND NOT EXISTS (SELECT 1 FROM chunk c WHERE c.partition_id = partition_log.partition_id)
        RETURNING partition_id`,
    ])
    deleted += chunks
    emptied.push(...rows.map((row) => row.partition_id))
  }
  return { deleted, emptied }
}

/** Resolves with the pages that are still free. */
export async function giveBackPages(
  { client, adapter }: LogDatabase,
  pages: number,
): Promise<number> {
  // To SQLite, none means all of them.
  if (pages >= 1) await adapter.exec(`PRAGMA incremental_vacuum(${Math.trunc(pages)})`)
  return countFreePages(client)
}

/** See `LogStore.space`. */
export async function measureSpace(client: LogDatabase['client']): Promise<SpaceUse> {
  const [sizes] = await client.$queryRaw<{ page_size: number | bigint }[]>`PRAGMA page_size`
  const [counts] = await client.$queryRaw<{ page_count: number | bigint }[]>`PRAGMA page_count`
  const pageBytes = Number(sizes?.page_size ?? 0)
  const freePages = await countFreePages(client)
  const usedPages = Number(counts?.page_count ?? 0) - freePages
  return { usedBytes: usedPages * pageBytes, freeBytes: freePages * pageBytes, pageBytes }
}

/**
 * Once its pages are in the file, the WAL is written to from its beginning again, but it never gets
 * shorter by itself: one large transaction would be seen in it for ever.
 */
export async function emptyJournal(
  client: Pick<LogDatabase['client'], '$queryRaw'>,
): Promise<void> {
  await client.$queryRaw`PRAGMA wal_checkpoint(TRUNCATE)`
}

async function countFreePages(client: LogDatabase['client']): Promise<number> {
  const rows = await client.$queryRaw<{ freelist_count: number | bigint }[]>`PRAGMA freelist_count`
  return Number(rows[0]?.freelist_count ?? 0)
}
