import type { CatalogueSnapshot, CommittedOffset, TopicRecord } from '../storage.ts'
import type { BrokerDatabase } from './databases.ts'

type Client = BrokerDatabase['client']

/** Reads all of it, at start. */
export async function loadCatalogue(client: Client): Promise<CatalogueSnapshot> {
  const tenants = await client.tenant.findMany()
  const apiKeys = await client.apiKey.findMany()
  const groups = await client.group.findMany()
  return {
    tenants: tenants.map((row) => ({
      ...row,
      limits: parseObject<number>(row.limits),
      createdMs: Number(row.createdMs),
    })),
    apiKeys: apiKeys.map((row) => ({ ...row, createdMs: Number(row.createdMs) })),
    openListeners: await client.openListener.findMany(),
    topics: await loadTopics(client),
    groups: groups.map((row) => ({
      ...row,
      generation: Number(row.generation),
      emptySinceMs: row.emptySinceMs === null ? null : Number(row.emptySinceMs),
    })),
    offsets: await loadOffsets(client),
  }
}

async function loadTopics(client: Client): Promise<TopicRecord[]> {
  const topics = await client.topic.findMany()
  // There may be very many partitions: a raw query builds no object per row that nobody asked for.
  const partitions = await client.$queryRaw<{ id: number; topic_id: string }[]>`
    SELECT id, topic_id FROM partition ORDER BY topic_id, number`
  const idsByTopic = new Map<string, number[]>(topics.map((topic) => [topic.id, []]))
  for (const partition of partitions) idsByTopic.get(partition.topic_id)?.push(partition.id)
  return topics.map((row) => ({
    ...row,
    config: parseObject<string>(row.config),
    createdMs: Number(row.createdMs),
    partitionIds: idsByTopic.get(row.id) ?? [],
  }))
}

interface OffsetRow {
  readonly tenant_id: string
  readonly group_id: string
  readonly topic_id: string
  readonly partition: number
  readonly offset: bigint
  readonly leader_epoch: bigint
  readonly metadata: string
  readonly committed_ms: bigint
}

async function loadOffsets(client: Client): Promise<CommittedOffset[]> {
  const rows = await client.$queryRaw<OffsetRow[]>`
    SELECT tenant_id, group_id, topic_id, partition, "offset", leader_epoch, metadata, committed_ms
    FROM committed_offset`
  return rows.map((row) => ({
    tenantId: row.tenant_id,
    groupId: row.group_id,
    topicId: row.topic_id,
    partition: row.partition,
    offset: Number(row.offset),
    leaderEpoch: Number(row.leader_epoch),
    metadata: row.metadata,
    committedMs: Number(row.committed_ms),
  }))
}

/** What `putTenant` or `putTopicConfig` made of an object of numbers or strings. */
function parseObject<V>(json: string): Readonly<Record<string, V>> {
  // Only our own writes come back here, so the type is the one that went in.
  return JSON.parse(json) as Record<string, V>
}
