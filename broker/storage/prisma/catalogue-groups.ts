import type { CommittedOffset, GroupRecord, OffsetKey } from '../storage.ts'
import type { BrokerDatabase } from './databases.ts'
import { inStatements, placeholders } from './multi-row.ts'

type Client = BrokerDatabase['client']

/**
 * Groups and offsets come in numbers, so they are written as multi-row statements. Rows whose owner
 * has been deleted meanwhile are left out: had they come before the deletion, they would be gone too.
 */
export async function putGroups(client: Client, groups: readonly GroupRecord[]): Promise<void> {
  await client.$transaction(
    inStatements(groups, 5).map((rows) =>
      client.$executeRawUnsafe(
        `INSERT INTO consumer_group (tenant_id, group_id, protocol_type, generation, empty_since_ms)
         SELECT * FROM (VALUES ${placeholders(rows.length, 5)})
         WHERE EXISTS (SELECT 1 FROM tenant WHERE id = column1)
         ON CONFLICT DO UPDATE SET protocol_type = excluded.protocol_type,
           generation = excluded.generation, empty_since_ms = excluded.empty_since_ms`,
        ...rows.flatMap((group) => [
          group.tenantId,
          group.groupId,
          group.protocolType,
          group.generation,
          group.emptySinceMs,
        ]),
      ),
    ),
  )
}

export async function deleteGroups(
  client: Client,
  tenantId: string,
  groupIds: readonly string[],
): Promise<void> {
  const where = { tenantId, groupId: { in: [...groupIds] } }
  await client.$transaction([
    client.group.deleteMany({ where }),
    client.committedOffset.deleteMany({ where }),
  ])
}

export async function putOffsets(
  client: Client,
  offsets: readonly CommittedOffset[],
): Promise<void> {
  await client.$transaction(
    inStatements(offsets, 8).map((rows) =>
      client.$executeRawUnsafe(
        `INSERT INTO committed_offset (tenant_id, group_id, topic_id, partition, "offset",
           leader_epoch, metadata, committed_ms)
         SELECT * FROM (VALUES ${placeholders(rows.length, 8)})
         WHERE EXISTS (SELECT 1 FROM topic WHERE id = column3 AND tenant_id = column1)
         ON CONFLICT DO UPDATE SET "offset" = excluded."offset",
           leader_epoch = excluded.leader_epoch, metadata = excluded.metadata,
           committed_ms = excluded.committed_ms`,
        ...rows.flatMap((row) => [
          row.tenantId,
          row.groupId,
          row.topicId,
          row.partition,
          row.offset,
          row.leaderEpoch,
          row.metadata,
          row.committedMs,
        ]),
      ),
    ),
  )
}

/** Two statements for any number of keys: one for each took half a millisecond of the thread. */
export async function deleteOffsets(client: Client, keys: readonly OffsetKey[]): Promise<void> {
  const rows = (of: readonly OffsetKey[]) =>
    JSON.stringify(of.map((key) => [key.tenantId, key.groupId, key.topicId, key.partition]))
  const partitions = rows(keys.filter(({ partition }) => partition !== undefined))
  const topics = rows(keys.filter(({ partition }) => partition === undefined))
  await client.$transaction([
    client.$executeRaw`
      DELETE FROM committed_offset WHERE (tenant_id, group_id, topic_id, partition) IN (
        SELECT value->>0, value->>1, value->>2, value->>3 FROM json_each(${partitions}))`,
    client.$executeRaw`
      DELETE FROM committed_offset WHERE (tenant_id, group_id, topic_id) IN (
        SELECT value->>0, value->>1, value->>2 FROM json_each(${topics}))`,
  ])
}
