import type { BrokerDatabase, Databases } from './databases.ts'

/**
 * Numbers that must never be handed out twice, not even after a loss of power, when broker.db may be
 * behind log.db: there a producer or partition lives on that broker.db has forgotten.
 */

/** Resolves with the first of `count` producer ids. Synced to disk before one of them is used. */
export async function reserveProducerIds(
  { client, adapter }: BrokerDatabase,
  count: number,
): Promise<number> {
  const [before] = await client.$queryRaw<{ synchronous: bigint }[]>`PRAGMA synchronous`
  await adapter.exec('PRAGMA synchronous = FULL')
  try {
    const { next } = await client.sequence.upsert({
      where: { name: 'producer_id' },
      create: { name: 'producer_id', next: count },
      update: { next: { increment: count } },
    })
    return Number(next) - count
  } finally {
    await adapter.exec(`PRAGMA synchronous = ${before?.synchronous ?? 'FULL'}`)
  }
}

/** Lets new partition ids begin above those that the log has rows of. */
export async function raisePartitionIds({ broker, log }: Databases): Promise<void> {
  const [row] = await log.client.$queryRaw<{ last: bigint | null }[]>`
    SELECT max(partition_id) AS last FROM partition_log`
  const last = Number(row?.last ?? 0)
  // SQLite's own table of AUTOINCREMENT counters: it has a row from the first insert on.
  const updated = await broker.client.$executeRaw`
    UPDATE sqlite_sequence SET seq = max(seq, ${last}) WHERE name = 'partition'`
  if (updated === 0 && last > 0) {
    await broker.client.$executeRaw`
      INSERT INTO sqlite_sequence (name, seq) VALUES ('partition', ${last})`
  }
}
