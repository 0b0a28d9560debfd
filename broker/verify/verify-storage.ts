import { findChunkDamage } from '../log/chunk-damage.ts'
import type { CatalogueSnapshot, LogStore, PartitionRecord, Storage } from '../storage/storage.ts'

/** Something in a data folder that contradicts something else in it, or itself. */
export interface Finding {
  /** The cluster and, where it is about one, the topic with its partition: `lkc-… orders-0`. */
  readonly place: string
  /** Null where no record is meant. */
  readonly offset: number | null
  readonly what: string
}

export interface VerifyTotals {
  partitions: number
  chunks: number
  bytes: number
}

/** How much is read at once. */
const READ_BYTES = 8 * 1024 * 1024

/**
 * Reads everything that a broker has stored, and tells what is wrong, as it is found. `totals` counts
 * meanwhile what has been looked at. Nothing is changed.
 */
export async function* verifyStorage(
  { catalogue, log }: Storage,
  totals: VerifyTotals,
): AsyncGenerator<Finding> {
  const snapshot = await catalogue.load()
  const rows = new Map((await log.load()).map((row) => [row.partitionId, row]))
  for (const topic of snapshot.topics) {
    for (const [partition, partitionId] of topic.partitionIds.entries()) {
      const row = rows.get(partitionId)
      totals.partitions += 1
      // Without a row nothing was ever appended.
      if (row === undefined) continue
      const place = `${topic.tenantId} ${topic.name}-${partition}`
      yield* verifyPartition(log, row, place, totals)
    }
  }
  yield* verifyCommits(snapshot)
}

async function* verifyPartition(
  log: LogStore,
  row: PartitionRecord,
  place: string,
  totals: VerifyTotals,
): AsyncGenerator<Finding> {
  const { partitionId, logStartOffset, nextOffset, sizeBytes } = row
  if (logStartOffset > nextOffset) {
    const what = `it starts at ${logStartOffset}, behind its end ${nextOffset}`
    yield { place, offset: null, what }
  }
  let position = 0
  let bytes = 0
  for (;;) {
    const chunks = await log.read(partitionId, position, READ_BYTES)
    if (chunks.length === 0) break
    for (const chunk of chunks) {
      const { baseOffset } = chunk
      if (chunk.nextOffset > nextOffset) {
        yield { place, offset: baseOffset, what: `a chunk goes beyond the end ${nextOffset}` }
      }
      if (baseOffset < position) {
        yield { place, offset: baseOffset, what: `two chunks have the offsets before ${position}` }
      }
      const damage = findChunkDamage(chunk)
      if (damage !== null) yield { place, offset: damage.offset, what: damage.reason }
      bytes += chunk.sizeBytes
      totals.chunks += 1
      // A chunk that ends before it begins must not hold the walk up.
      position = Math.max(chunk.nextOffset, position + 1)
    }
  }
  totals.bytes += bytes
  if (bytes !== sizeBytes) {
    const what = `its chunks have ${bytes} bytes, its row says ${sizeBytes}`
    yield { place, offset: null, what }
  }
}

/** Groups may commit any offset, as in Kafka; but a deleted topic's commits go with it. */
function* verifyCommits({ topics, offsets }: CatalogueSnapshot): Generator<Finding> {
  const byId = new Map(topics.map((topic) => [topic.id, topic]))
  for (const { tenantId, groupId, topicId, partition, offset } of offsets) {
    if (byId.get(topicId)?.partitionIds[partition] !== undefined) continue
    const what = 'it is committed for a partition that is not there'
    yield { place: `${tenantId} group ${groupId}`, offset, what }
  }
}
