import type {
  ApiKeyRecord,
  CatalogueSnapshot,
  CommittedOffset,
  GroupRecord,
  NewTopic,
  OffsetKey,
  OpenListenerRecord,
  TenantRecord,
  TopicRecord,
} from '../storage.ts'

/**
 * The catalogue as lists that are filtered: slow, and too simple to be wrong in the same way. A
 * method returns false where the real one must refuse.
 */
export class CatalogueModel {
  state: CatalogueSnapshot = {
    tenants: [],
    apiKeys: [],
    openListeners: [],
    topics: [],
    groups: [],
    offsets: [],
  }

  putTenant(tenant: TenantRecord): void {
    this.#set('tenants', [...this.state.tenants.filter((row) => row.id !== tenant.id), tenant])
  }

  deleteTenant(tenantId: string): void {
    const isOthers = (row: { tenantId: string }) => row.tenantId !== tenantId
    this.state = {
      tenants: this.state.tenants.filter((row) => row.id !== tenantId),
      apiKeys: this.state.apiKeys.filter(isOthers),
      openListeners: this.state.openListeners.filter(isOthers),
      topics: this.state.topics.filter(isOthers),
      groups: this.state.groups.filter(isOthers),
      offsets: this.state.offsets.filter(isOthers),
    }
  }

  putApiKey(apiKey: ApiKeyRecord): boolean {
    if (!this.#hasTenant(apiKey.tenantId)) return false
    this.deleteApiKey(apiKey.key)
    this.#set('apiKeys', [...this.state.apiKeys, apiKey])
    return true
  }

  deleteApiKey(key: string): void {
    this.#set(
      'apiKeys',
      this.state.apiKeys.filter((row) => row.key !== key),
    )
  }

  putOpenListener(listener: OpenListenerRecord): boolean {
    if (!this.#hasTenant(listener.tenantId)) return false
    const others = this.state.openListeners.filter((row) => row.tenantId !== listener.tenantId)
    this.#set('openListeners', [...others, listener])
    return true
  }

  canCreate(topics: readonly NewTopic[]): boolean {
    const all = [...this.state.topics, ...topics]
    return (
      topics.every((topic) => this.#hasTenant(topic.tenantId)) &&
      isUnique(all.map((topic) => topic.id)) &&
      isUnique(all.map((topic) => JSON.stringify([topic.tenantId, topic.name])))
    )
  }

  createdTopics(topics: readonly TopicRecord[]): void {
    this.#set('topics', [...this.state.topics, ...topics])
  }

  hasTopic(topicId: string): boolean {
    return this.state.topics.some((topic) => topic.id === topicId)
  }

  changeTopic(topicId: string, change: (topic: TopicRecord) => TopicRecord): void {
    this.#set(
      'topics',
      this.state.topics.map((topic) => (topic.id === topicId ? change(topic) : topic)),
    )
  }

  deleteTopics(topicIds: readonly string[]): void {
    this.#set(
      'topics',
      this.state.topics.filter((topic) => !topicIds.includes(topic.id)),
    )
    this.#set(
      'offsets',
      this.state.offsets.filter((offset) => !topicIds.includes(offset.topicId)),
    )
  }

  putGroups(groups: readonly GroupRecord[]): void {
    for (const group of groups.filter((row) => this.#hasTenant(row.tenantId))) {
      this.#set('groups', [...this.state.groups.filter((row) => !isSameGroup(row, group)), group])
    }
  }

  deleteGroups(tenantId: string, groupIds: readonly string[]): void {
    const stays = (row: { tenantId: string; groupId: string }) =>
      row.tenantId !== tenantId || !groupIds.includes(row.groupId)
    this.#set('groups', this.state.groups.filter(stays))
    this.#set('offsets', this.state.offsets.filter(stays))
  }

  putOffsets(offsets: readonly CommittedOffset[]): void {
    for (const offset of offsets) {
      const topic = this.state.topics.find((row) => row.id === offset.topicId)
      if (topic?.tenantId !== offset.tenantId) continue
      this.deleteOffsets([offset])
      this.#set('offsets', [...this.state.offsets, offset])
    }
  }

  deleteOffsets(keys: readonly OffsetKey[]): void {
    this.#set(
      'offsets',
      this.state.offsets.filter((row) => !keys.some((key) => isNamed(row, key))),
    )
  }

  #hasTenant(tenantId: string): boolean {
    return this.state.tenants.some((tenant) => tenant.id === tenantId)
  }

  #set<K extends keyof CatalogueSnapshot>(table: K, rows: CatalogueSnapshot[K]): void {
    this.state = { ...this.state, [table]: rows }
  }
}

function isSameGroup(a: GroupRecord, b: GroupRecord): boolean {
  return a.tenantId === b.tenantId && a.groupId === b.groupId
}

function isNamed(row: CommittedOffset, key: OffsetKey): boolean {
  return (
    row.tenantId === key.tenantId &&
    row.groupId === key.groupId &&
    row.topicId === key.topicId &&
    (key.partition === undefined || row.partition === key.partition)
  )
}

function isUnique(values: readonly string[]): boolean {
  return new Set(values).size === values.length
}
