import { describe, expect, test } from 'vitest'
import type { StorageUnderTest } from '../contract.ts'
import type { CatalogueSnapshot, CatalogueStore } from '../storage.ts'
import { group, newTopic, offset, openListener, tenant } from './fixtures.ts'

/** What every catalogue must do. `subject` is empty at the beginning of each test. */
export function catalogueContract(subject: StorageUnderTest): void {
  async function catalogueOf(...tenantIds: string[]): Promise<CatalogueStore> {
    const { catalogue } = subject.storage()
    for (const id of tenantIds) await catalogue.putTenant(tenant(id))
    return catalogue
  }

  describe('tenants and keys', () => {
    test('a new catalogue is empty', async () => {
      expect(await subject.storage().catalogue.load()).toEqual(EMPTY)
    })

    test('putting a tenant again replaces it, and takes nothing from it', async () => {
      const catalogue = await catalogueOf('lkc-1')
      await catalogue.putApiKey(apiKey('KEY1', 'lkc-1'))
      await catalogue.createTopics([newTopic('t')])
      await catalogue.putTenant(tenant('lkc-1', { type: 'STANDARD', limits: { partitions: 5 } }))
      const loaded = await catalogue.load()
      expect(loaded.tenants).toEqual([
        tenant('lkc-1', { type: 'STANDARD', limits: { partitions: 5 } }),
      ])
      expect(loaded.apiKeys.map((key) => key.key)).toEqual(['KEY1'])
      expect(loaded.topics.map((topic) => topic.name)).toEqual(['t'])
    })

    test('deleting a tenant takes its keys, listener, topics, groups and offsets, and nobody else’s', async () => {
      const catalogue = await catalogueOf('lkc-1', 'lkc-2')
      for (const tenantId of ['lkc-1', 'lkc-2']) {
        const id = `topic-of-${tenantId}`
        await catalogue.putApiKey(apiKey(`KEY-${tenantId}`, tenantId))
        await catalogue.putOpenListener(openListener(tenantId))
        await catalogue.createTopics([newTopic('same', { id, tenantId })])
        await catalogue.putGroups([group('g', { tenantId })])
        await catalogue.putOffsets([offset(id, { tenantId })])
      }
      const before = await catalogue.load()
      await catalogue.deleteTenant('lkc-1')
      await catalogue.deleteTenant('lkc-absent')
      const after = await catalogue.load()
      for (const table of ['apiKeys', 'openListeners', 'topics', 'groups', 'offsets'] as const) {
        expect(before[table]).toHaveLength(2)
        expect(after[table]).toHaveLength(1)
        expect(after[table][0]).toMatchObject({ tenantId: 'lkc-2' })
      }
      expect(after.tenants.map((row) => row.id)).toEqual(['lkc-2'])
    })

    test('a key is stored whole, replaced and deleted; it needs its tenant', async () => {
      const catalogue = await catalogueOf('lkc-1', 'lkc-2')
      await catalogue.putApiKey(apiKey('KEY1', 'lkc-1'))
      expect((await catalogue.load()).apiKeys).toEqual([apiKey('KEY1', 'lkc-1')])
      await catalogue.putApiKey(apiKey('KEY1', 'lkc-2', 9))
      expect((await catalogue.load()).apiKeys).toEqual([apiKey('KEY1', 'lkc-2', 9)])
      await expect(catalogue.putApiKey(apiKey('KEY2', 'lkc-absent'))).rejects.toMatchObject({
        code: 'CONSTRAINT',
      })
      await catalogue.deleteApiKey('KEY1')
      await catalogue.deleteApiKey('KEY1')
      expect((await catalogue.load()).apiKeys).toEqual([])
    })
  })

  describe('open listeners', () => {
    test('one is stored whole and replaced, and outlives a change of its tenant', async () => {
      const catalogue = await catalogueOf('lkc-1')
      await catalogue.putOpenListener(openListener('lkc-1', { port: 0 }))
      const changed = openListener('lkc-1', { isOn: false, createTopics: true, partitions: 3 })
      await catalogue.putOpenListener(changed)
      await catalogue.putTenant(tenant('lkc-1', { type: 'STANDARD' }))
      await subject.reopen()
      expect((await subject.storage().catalogue.load()).openListeners).toEqual([changed])
    })

    test('one needs its tenant', async () => {
      const catalogue = await catalogueOf('lkc-1')
      await expect(catalogue.putOpenListener(openListener('lkc-absent'))).rejects.toMatchObject({
        code: 'CONSTRAINT',
      })
    })
  })

  describe('topics and partitions', () => {
    test('topics come back in the order given, with ids for their partitions', async () => {
      const catalogue = await catalogueOf('lkc-1')
      const created = await catalogue.createTopics([
        newTopic('b', { partitionCount: 3, config: { 'retention.ms': '1' } }),
        newTopic('a', { partitionCount: 0 }),
        newTopic('c', { partitionCount: 2 }),
      ])
      expect(created.map((topic) => [topic.name, topic.partitionIds.length])).toEqual([
        ['b', 3],
        ['a', 0],
        ['c', 2],
      ])
      const ids = created.flatMap((topic) => topic.partitionIds)
      expect(new Set(ids).size).toBe(5)
      expect(ids.every((id) => Number.isSafeInteger(id))).toBe(true)
      expect(byId((await catalogue.load()).topics)).toEqual(byId(created))
    })

    test('a name or id that is taken, or an absent tenant, refuses all of the topics', async () => {
      const catalogue = await catalogueOf('lkc-1', 'lkc-2')
      await catalogue.createTopics([newTopic('t')])
      const refused = [
        newTopic('t', { id: 'another' }),
        newTopic('another', { id: 'id-of-t' }),
        newTopic('u', { tenantId: 'lkc-absent' }),
      ]
      for (const topic of refused) {
        await expect(catalogue.createTopics([newTopic('new'), topic])).rejects.toMatchObject({
          code: 'CONSTRAINT',
        })
      }
      await expect(
        catalogue.createTopics([newTopic('twice', { id: '1' }), newTopic('twice', { id: '2' })]),
      ).rejects.toMatchObject({ code: 'CONSTRAINT' })
      expect((await catalogue.load()).topics.map((topic) => topic.name)).toEqual(['t'])
      await catalogue.createTopics([newTopic('t', { id: 'theirs', tenantId: 'lkc-2' })])
    })

    test('partitions are added after those that are there', async () => {
      const catalogue = await catalogueOf('lkc-1')
      const [topic] = await catalogue.createTopics([newTopic('t', { partitionCount: 2 })])
      await catalogue.createTopics([newTopic('between', { partitionCount: 2 })])
      const added = await catalogue.addPartitions('id-of-t', 3)
      expect(added).toHaveLength(3)
      expect(await partitionIdsOf(catalogue, 't')).toEqual([
        ...(topic?.partitionIds ?? []),
        ...added,
      ])
      await expect(catalogue.addPartitions('absent', 1)).rejects.toMatchObject({
        code: 'CONSTRAINT',
      })
    })

    test('ten thousand partitions are one call', async () => {
      const catalogue = await catalogueOf('lkc-1')
      const [topic] = await catalogue.createTopics([newTopic('wide', { partitionCount: 10_000 })])
      expect(new Set(topic?.partitionIds).size).toBe(10_000)
      expect(await partitionIdsOf(catalogue, 'wide')).toEqual(topic?.partitionIds)
    })

    test('a partition id is never used again', async () => {
      const catalogue = await catalogueOf('lkc-1')
      const seen = new Set<number>()
      for (let round = 0; round < 3; round++) {
        const topics = await subject
          .storage()
          .catalogue.createTopics([newTopic('t', { partitionCount: 4 })])
        const more = await subject.storage().catalogue.addPartitions('id-of-t', 2)
        for (const id of [...(topics[0]?.partitionIds ?? []), ...more]) {
          expect(seen).not.toContain(id)
          seen.add(id)
        }
        await subject.storage().catalogue.deleteTopics(['id-of-t', 'absent'])
        await subject.reopen()
      }
      expect(seen.size).toBe(18)
      expect(catalogue).toBeDefined()
    })

    test('deleting a topic frees its name and takes its offsets', async () => {
      const catalogue = await catalogueOf('lkc-1')
      await catalogue.createTopics([newTopic('t'), newTopic('u')])
      await catalogue.putOffsets([offset('id-of-t'), offset('id-of-u')])
      await catalogue.deleteTopics(['id-of-t'])
      await catalogue.createTopics([newTopic('t', { id: 'second' })])
      const loaded = await catalogue.load()
      expect(loaded.offsets.map((row) => row.topicId)).toEqual(['id-of-u'])
      expect(loaded.topics.map((row) => row.id).sort()).toEqual(['id-of-u', 'second'])
    })

    test('a topic’s config is replaced as a whole', async () => {
      const catalogue = await catalogueOf('lkc-1')
      await catalogue.createTopics([newTopic('t', { config: { a: '1', b: '2' } })])
      await catalogue.putTopicConfig('id-of-t', { b: '3' })
      expect((await catalogue.load()).topics[0]?.config).toEqual({ b: '3' })
      await expect(catalogue.putTopicConfig('absent', {})).rejects.toMatchObject({
        code: 'CONSTRAINT',
      })
    })
  })

  describe('groups and offsets', () => {
    test('groups are replaced; deleting them takes their offsets', async () => {
      const catalogue = await catalogueOf('lkc-1', 'lkc-2')
      await catalogue.createTopics([newTopic('t')])
      await catalogue.putGroups([group('g'), group('h', { emptySinceMs: 5, generation: 2 ** 40 })])
      await catalogue.putGroups([group('g', { generation: 2, protocolType: 'connect' })])
      await catalogue.putOffsets([offset('id-of-t'), offset('id-of-t', { groupId: 'h' })])
      const loaded = await catalogue.load()
      expect(byKey(loaded.groups)).toEqual(
        byKey([
          group('g', { generation: 2, protocolType: 'connect' }),
          group('h', { emptySinceMs: 5, generation: 2 ** 40 }),
        ]),
      )
      await catalogue.deleteGroups('lkc-2', ['h'])
      await catalogue.deleteGroups('lkc-1', ['g', 'absent'])
      const after = await catalogue.load()
      expect(after.groups.map((row) => row.groupId)).toEqual(['h'])
      expect(after.offsets.map((row) => row.groupId)).toEqual(['h'])
    })

    test('what belongs to a deleted tenant or topic is left out, the rest is written', async () => {
      const catalogue = await catalogueOf('lkc-1', 'lkc-2')
      await catalogue.createTopics([newTopic('t')])
      await catalogue.putGroups([group('lost', { tenantId: 'lkc-absent' }), group('kept')])
      await catalogue.putOffsets([
        offset('absent'),
        offset('id-of-t', { tenantId: 'lkc-2' }),
        offset('id-of-t'),
      ])
      const loaded = await catalogue.load()
      expect(loaded.groups).toEqual([group('kept')])
      expect(loaded.offsets).toEqual([offset('id-of-t')])
    })

    test('an offset is replaced, and deleted alone or with all of its topic’s', async () => {
      const catalogue = await catalogueOf('lkc-1')
      await catalogue.createTopics([newTopic('t'), newTopic('u')])
      const large = { offset: Number.MAX_SAFE_INTEGER, metadata: 'm\u0000é', leaderEpoch: -1 }
      await catalogue.putOffsets([
        offset('id-of-t'),
        offset('id-of-t', { partition: 1 }),
        offset('id-of-t', { partition: 2 }),
        offset('id-of-u'),
      ])
      await catalogue.putOffsets([offset('id-of-t', large)])
      const key = { tenantId: 'lkc-1', groupId: 'g', topicId: 'id-of-t' }
      await catalogue.deleteOffsets([
        { ...key, partition: 1 },
        { ...key, partition: 99 },
      ])
      const loaded = await catalogue.load()
      expect(
        loaded.offsets.find((row) => row.partition === 0 && row.topicId === 'id-of-t'),
      ).toEqual(offset('id-of-t', large))
      expect(loaded.offsets).toHaveLength(3)
      await catalogue.deleteOffsets([key])
      expect((await catalogue.load()).offsets).toEqual([offset('id-of-u')])
    })

    test('ten thousand offsets are one call', async () => {
      const catalogue = await catalogueOf('lkc-1')
      await catalogue.createTopics([newTopic('t')])
      const many = Array.from({ length: 10_000 }, (_, partition) =>
        offset('id-of-t', { partition }),
      )
      await catalogue.putOffsets(many)
      expect((await catalogue.load()).offsets).toHaveLength(10_000)
      await catalogue.deleteOffsets(many.slice(1))
      expect((await catalogue.load()).offsets).toEqual(many.slice(0, 1))
    })
  })

  test('producer ids are handed out once, also over a restart', async () => {
    const first = await subject.storage().catalogue.reserveProducerIds(1000)
    const second = await subject.storage().catalogue.reserveProducerIds(1)
    await subject.reopen()
    const third = await subject.storage().catalogue.reserveProducerIds(10)
    expect(second).toBe(first + 1000)
    expect(third).toBeGreaterThan(second)
  })

  test('everything is there again after a restart', async () => {
    const catalogue = await catalogueOf('lkc-1')
    await catalogue.putApiKey(apiKey('KEY1', 'lkc-1'))
    await catalogue.createTopics([newTopic('t', { partitionCount: 3 })])
    await catalogue.putGroups([group('g')])
    await catalogue.putOffsets([offset('id-of-t')])
    const before = await catalogue.load()
    await subject.reopen()
    expect(await subject.storage().catalogue.load()).toEqual(before)
  })
}

const EMPTY: CatalogueSnapshot = {
  tenants: [],
  apiKeys: [],
  openListeners: [],
  topics: [],
  groups: [],
  offsets: [],
}

function apiKey(key: string, tenantId: string, fill = 1) {
  return { key, tenantId, secretHash: new Uint8Array(32).fill(fill), createdMs: 1_700_000_000_003 }
}

async function partitionIdsOf(catalogue: CatalogueStore, name: string) {
  const { topics } = await catalogue.load()
  return topics.find((topic) => topic.name === name)?.partitionIds
}

function byId<T extends { readonly id: string }>(rows: readonly T[]): T[] {
  return [...rows].sort((a, b) => a.id.localeCompare(b.id))
}

function byKey<T>(rows: readonly T[]): T[] {
  return [...rows].sort((a, b) => JSON.stringify(a).localeCompare(JSON.stringify(b)))
}
