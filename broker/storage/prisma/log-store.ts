import { assertContinues, assertRowAdvances } from '../log-rules.ts'
import type { LogStore, PartitionRecord } from '../storage.ts'
import type { LogDatabase } from './databases.ts'
import { listChunks, readChunks } from './log-chunks.ts'
import { putCompaction, replaceChunks } from './log-compaction.ts'
import { loadEnds, loadPartitions } from './log-load.ts'
import { findByTimestamp, findMaxTimestamp } from './log-times.ts'
import { emptyJournal, giveBackPages, measureSpace, sweepChunks, truncate } from './log-trim.ts'
import { writeChunks } from './log-write.ts'

/**
 * The log over log.db. Calls must not overlap: the thread makes them one after another.
 * Remembers the row of each partition as it would be read back, so that no write has to ask.
 */
export async function createLogStore(database: LogDatabase): Promise<LogStore> {
  const { client } = database
  const ends = await loadEnds(client)
  return {
    load: () => loadPartitions(client),
    async write(write) {
      assertContinues(write, (partitionId) => ends.get(partitionId))
      await writeChunks(database, write, (partitionId) => ends.get(partitionId))
      for (const row of write.partitions) ends.set(row.partitionId, recordOf(row))
    },
    read: (partitionId, offset, maxBytes) => readChunks(client, { partitionId, offset, maxBytes }),
    list: (partitionId, offset, limit) => listChunks(client, partitionId, offset, limit),
    findByTimestamp: (partitionId, timestampMs) =>
      findByTimestamp(client, partitionId, timestampMs),
    findMaxTimestamp: (partitionId) => findMaxTimestamp(client, partitionId),
    async truncateBefore(update) {
      assertRowAdvances(update, ends.get(update.partitionId))
      const { partitionId, logStartOffset, nextOffset } = update
      const sizeBytes = await truncate(database, update, ends.get(partitionId)?.sizeBytes ?? 0)
      ends.set(partitionId, { partitionId, logStartOffset, nextOffset, sizeBytes })
      return sizeBytes
    },
    async replaceChunks(replacement) {
      const { partitionId } = replacement
      const row = ends.get(partitionId)
      const sizeBytes = await replaceChunks(database, replacement, row)
      if (row !== undefined) ends.set(partitionId, { ...row, sizeBytes })
      return sizeBytes
    },
    putCompaction: (partitionId, mark) => putCompaction(client, partitionId, mark),
    async sweep(known, limit) {
      const kept = new Set(known)
      const unknown = [...ends.keys()].filter((partitionId) => !kept.has(partitionId))
      const swept = await sweepChunks(client, unknown, limit)
      for (const partitionId of swept.emptied) ends.delete(partitionId)
      return swept.deleted
    },
    vacuum: (pages) => giveBackPages(database, pages),
    space: () => measureSpace(client),
    checkpoint: () => emptyJournal(client),
  }
}

/** Without the snapshot, which would stay in memory. */
function recordOf(row: PartitionRecord): PartitionRecord {
  const { partitionId, logStartOffset, nextOffset, sizeBytes } = row
  return { partitionId, logStartOffset, nextOffset, sizeBytes }
}
