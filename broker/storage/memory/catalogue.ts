import { StorageFailure } from '../failure.ts'
import type {
  ApiKeyRecord,
  CatalogueSnapshot,
  CatalogueStore,
  CommittedOffset,
  GroupRecord,
  NewTopic,
  OffsetKey,
  OpenListenerRecord,
  TenantRecord,
  TopicRecord,
} from '../storage.ts'

interface Tables {
  readonly tenants: Map<string, TenantRecord>
  readonly apiKeys: Map<string, ApiKeyRecord>
  readonly openListeners: Map<string, OpenListenerRecord>
  readonly topics: Map<string, TopicRecord>
  readonly groups: Map<string, GroupRecord>
  readonly offsets: Map<string, CommittedOffset>
  lastPartitionId: number
  nextProducerId: number
}

/** The catalogue in maps. `assertOpen` throws once the storage is closed. */
export function createMemoryCatalogue(assertOpen: () => void): CatalogueStore {
  const tables: Tables = {
    tenants: new Map(),
    apiKeys: new Map(),
    openListeners: new Map(),
    topics: new Map(),
    groups: new Map(),
    offsets: new Map(),
    lastPartitionId: 0,
    nextProducerId: 0,
  }

  /** Runs one commit: its arguments are copied, and it either throws before changing or completes. */
  function commit<A extends readonly unknown[], R>(change: (tables: Tables, ...args: A) => R) {
    return async (...args: A): Promise<R> => {
      assertOpen()
      return structuredClone(change(tables, ...structuredClone(args)))
    }
  }

  return {
    load: commit(load),
    putTenant: commit(({ tenants }, tenant: TenantRecord) => void tenants.set(tenant.id, tenant)),
    deleteTenant: commit(deleteTenant),
    putApiKey: commit(putApiKey),
    deleteApiKey: commit(({ apiKeys }, key: string) => void apiKeys.delete(key)),
    putOpenListener: commit(putOpenListener),
    createTopics: commit(createTopics),
    addPartitions: commit(addPartitions),
    deleteTopics: commit(deleteTopics),
    putTopicConfig: commit(putTopicConfig),
    putGroups: commit(putGroups),
    deleteGroups: commit(deleteGroups),
    putOffsets: commit(putOffsets),
    deleteOffsets: commit(deleteOffsets),
    reserveProducerIds: commit(reserveProducerIds),
  }
}

function load(tables: Tables): CatalogueSnapshot {
  const { tenants, apiKeys, openListeners, topics, groups, offsets } = tables
  return {
    tenants: [...tenants.values()],
    apiKeys: [...apiKeys.values()],
    openListeners: [...openListeners.values()],
    topics: [...topics.values()],
    groups: [...groups.values()],
    offsets: [...offsets.values()],
  }
}

function deleteTenant(tables: Tables, tenantId: string) {
  const { tenants, apiKeys, openListeners, topics, groups, offsets } = tables
  tenants.delete(tenantId)
  for (const table of [apiKeys, openListeners, topics, groups, offsets]) {
    deleteWhere<{ tenantId: string }>(table, (row) => row.tenantId === tenantId)
  }
}

function putApiKey({ tenants, apiKeys }: Tables, apiKey: ApiKeyRecord) {
  if (!tenants.has(apiKey.tenantId)) throw absent('tenant', apiKey.tenantId)
  apiKeys.set(apiKey.key, apiKey)
}

function putOpenListener({ tenants, openListeners }: Tables, listener: OpenListenerRecord) {
  if (!tenants.has(listener.tenantId)) throw absent('tenant', listener.tenantId)
  openListeners.set(listener.tenantId, listener)
}

function createTopics(tables: Tables, topics: readonly NewTopic[]): readonly TopicRecord[] {
  const names = new Set(
    [...tables.topics.values()].map((topic) => keyOf(topic.tenantId, topic.name)),
  )
  const ids = new Set(tables.topics.keys())
  for (const topic of topics) {
    const name = keyOf(topic.tenantId, topic.name)
    if (!tables.tenants.has(topic.tenantId)) throw absent('tenant', topic.tenantId)
    if (names.has(name) || ids.has(topic.id)) {
      throw new StorageFailure('CONSTRAINT', `The topic ${topic.name} is there already.`)
    }
    names.add(name)
    ids.add(topic.id)
  }
  return topics.map(({ partitionCount, ...topic }) => {
    const record = { ...topic, partitionIds: takePartitionIds(tables, partitionCount) }
    tables.topics.set(record.id, record)
    return record
  })
}

function addPartitions(tables: Tables, topicId: string, count: number): readonly number[] {
  const topic = topicOf(tables, topicId)
  const added = takePartitionIds(tables, count)
  tables.topics.set(topicId, { ...topic, partitionIds: [...topic.partitionIds, ...added] })
  return added
}

function deleteTopics({ topics, offsets }: Tables, topicIds: readonly string[]) {
  const gone = new Set(topicIds)
  deleteWhere(topics, (topic) => gone.has(topic.id))
  deleteWhere(offsets, (offset) => gone.has(offset.topicId))
}

function putTopicConfig(tables: Tables, topicId: string, config: Readonly<Record<string, string>>) {
  tables.topics.set(topicId, { ...topicOf(tables, topicId), config })
}

function putGroups({ tenants, groups }: Tables, puts: readonly GroupRecord[]) {
  for (const group of puts) {
    if (tenants.has(group.tenantId)) groups.set(keyOf(group.tenantId, group.groupId), group)
  }
}

function deleteGroups({ groups, offsets }: Tables, tenantId: string, groupIds: readonly string[]) {
  const gone = new Set(groupIds)
  for (const groupId of gone) groups.delete(keyOf(tenantId, groupId))
  deleteWhere(offsets, (row) => row.tenantId === tenantId && gone.has(row.groupId))
}

function putOffsets({ topics, offsets }: Tables, puts: readonly CommittedOffset[]) {
  for (const put of puts) {
    if (topics.get(put.topicId)?.tenantId !== put.tenantId) continue
    offsets.set(keyOf(put.tenantId, put.groupId, put.topicId, put.partition), put)
  }
}

function deleteOffsets({ offsets }: Tables, keys: readonly OffsetKey[]) {
  for (const { tenantId, groupId, topicId, partition } of keys) {
    if (partition !== undefined) offsets.delete(keyOf(tenantId, groupId, topicId, partition))
    else {
      deleteWhere(
        offsets,
        (row) => row.tenantId === tenantId && row.groupId === groupId && row.topicId === topicId,
      )
    }
  }
}

function reserveProducerIds(tables: Tables, count: number): number {
  const first = tables.nextProducerId
  tables.nextProducerId += count
  return first
}

function takePartitionIds(tables: Tables, count: number): number[] {
  return Array.from({ length: count }, () => ++tables.lastPartitionId)
}

function topicOf(tables: Tables, topicId: string): TopicRecord {
  const topic = tables.topics.get(topicId)
  if (topic === undefined) throw absent('topic', topicId)
  return topic
}

function absent(what: 'tenant' | 'topic', id: string): StorageFailure {
  return new StorageFailure('CONSTRAINT', `There is no ${what} ${id}.`)
}

/** JSON keeps apart what joining with any one character would not. */
function keyOf(...parts: readonly (string | number)[]): string {
  return JSON.stringify(parts)
}

function deleteWhere<T>(table: Map<string, T>, matches: (row: T) => boolean): void {
  for (const [key, row] of table) if (matches(row)) table.delete(key)
}
