import { expect, test } from 'vitest'
import { isRefusal } from '../errors.ts'
import { StorageFailure } from '../storage/failure.ts'
import { createTopics, openTenants, putTenant, topicRequest } from './cluster-for-tests.ts'
import { Topic } from './topic.ts'

async function openTopics(limits: Readonly<Record<string, number>> = {}) {
  const opened = await openTenants()
  const tenant = await putTenant(opened.tenants, 'lkc-aaaaa1', limits)
  return { ...opened, tenant, topics: tenant.topics }
}

test('a topic that was created is found by name and by id, and after a restart', async () => {
  const { topics, storage } = await openTopics()
  const config = { 'retention.ms': ' 1000 ' }
  const [created] = await createTopics(topics, topicRequest('rides', { partitionCount: 3, config }))
  const topic = created?.topic
  if (topic === undefined) throw new Error('no topic')

  expect(topics.byName('rides')).toBe(topic)
  expect(topics.byId(topic.id)).toBe(topic)
  expect(topics.list()).toEqual([topic])
  expect(topic.partitions).toHaveLength(3)
  expect(topic.config).toEqual({ 'retention.ms': '1000' })
  expect(topic.logConfig.retentionMs).toBe(1000)
  expect(topics.partitionCount).toBe(3)
  expect([topics.idOf('rides'), topics.nameOf(topic.id)]).toEqual([topic.id, 'rides'])
  expect([2, 3, -1].map((partition) => topics.hasPartition('rides', partition))).toEqual([
    true,
    false,
    false,
  ])

  const restarted = (await openTenants(storage)).tenants.get('lkc-aaaaa1')?.topics.byName('rides')
  expect(restarted).toMatchObject({ id: topic.id, name: 'rides', config: topic.config })
  expect(restarted?.partitionIds).toEqual(topic.partitionIds)
  expect(restarted?.leaderOf(1)).toBe(topic.leaderOf(1))
})

test('what is not said has the default: six partitions, a replica on every node', async () => {
  const { topics } = await openTopics()
  const [created] = await createTopics(topics, topicRequest('t', { partitionCount: -1 }))
  expect(created).toMatchObject({ partitionCount: 6, replicationFactor: 3 })
})

test.each([
  ['', {}, 'INVALID_TOPIC_EXCEPTION', 'Topic name is invalid: the empty string is not allowed'],
  [
    't',
    { partitionCount: 0 },
    'INVALID_PARTITIONS',
    'Number of partitions was set to an invalid non-positive value.',
  ],
  [
    't',
    { partitionCount: -2 },
    'INVALID_PARTITIONS',
    'Number of partitions was set to an invalid non-positive value.',
  ],
  [
    't',
    { replicationFactor: 4 },
    'INVALID_REPLICATION_FACTOR',
    'Replication factor: 4 larger than available brokers: 3.',
  ],
  [
    't',
    { replicationFactor: 1 },
    'INVALID_REPLICATION_FACTOR',
    'Topic replication factor must be 3',
  ],
  [
    't',
    { replicationFactor: 0 },
    'INVALID_REPLICATION_FACTOR',
    'Replication factor was set to an invalid non-positive value.',
  ],
  ['t', { config: { foo: '1' } }, 'INVALID_CONFIG', 'Unknown topic config name: foo'],
  [
    't',
    { config: { 'retention.ms': null } },
    'INVALID_CONFIG',
    'Null value not supported for topic configs : retention.ms',
  ],
  [
    't',
    { config: { preallocate: 'true' } },
    'POLICY_VIOLATION',
    "Altering config property 'preallocate' is disallowed.",
  ],
  [
    't',
    { partitionCount: 1501 },
    'POLICY_VIOLATION',
    'You may not create more than 1500 new partitions. Adding the requested number of partitions will exceed 1500 total partitions. Currently, there are 0 total topic partitions',
  ],
  [
    't',
    { partitionCount: 2, assignments: [{ partition: 0, nodeIds: [1, 2, 3] }] },
    'INVALID_REQUEST',
    'Both numPartitions or replicationFactor and replicasAssignments were set. Both cannot be used at the same time.',
  ],
  [
    't',
    { partitionCount: -1, assignments: [{ partition: 1, nodeIds: [1, 2, 3] }] },
    'INVALID_REPLICA_ASSIGNMENT',
    'partitions should be a consecutive 0-based integer sequence',
  ],
  [
    't',
    { partitionCount: -1, assignments: [{ partition: 0, nodeIds: [1, 2, 4] }] },
    'INVALID_REPLICA_ASSIGNMENT',
    'The manual partition assignment includes broker 4, but no such broker is registered.',
  ],
  [
    't',
    { partitionCount: -1, assignments: [{ partition: 0, nodeIds: [1, 2, 2] }] },
    'INVALID_REPLICA_ASSIGNMENT',
    'The manual partition assignment for partition 0 includes the same broker more than once.',
  ],
  [
    't',
    { partitionCount: -1, assignments: [{ partition: 0, nodeIds: [] }] },
    'INVALID_REPLICA_ASSIGNMENT',
    'The manual partition assignment for partition 0 includes no replicas.',
  ],
  [
    't',
    { partitionCount: -1, assignments: [{ partition: 0, nodeIds: [1, 2] }] },
    'INVALID_REPLICATION_FACTOR',
    'Topic replication factor must be 3',
  ],
] as const)('a topic %j with %j is refused and not created', async (name, rest, error, message) => {
  const { topics, storage } = await openTopics()
  expect(await topics.create([topicRequest(name, rest)])).toEqual([{ error, message }])
  expect(topics.size).toBe(0)
  expect((await storage.catalogue.load()).topics).toEqual([])
})

test('a manual assignment that is sound says how many partitions there are', async () => {
  const { topics } = await openTopics()
  const assignments = [
    { partition: 1, nodeIds: [2, 3, 1] },
    { partition: 0, nodeIds: [1, 2, 3] },
  ]
  const request = topicRequest('t', { partitionCount: -1, assignments })
  expect((await createTopics(topics, request))[0]?.topic?.partitions).toHaveLength(2)
})

test('with one node, one replica is all there can be', async () => {
  const { tenants } = await openTenants(undefined, { nodeIds: [1] })
  const { topics } = await putTenant(tenants)
  const results = await topics.create([
    topicRequest('one', { replicationFactor: 1 }),
    topicRequest('default'),
    topicRequest('three', { replicationFactor: 3 }),
  ])
  expect(results.map((result) => (isRefusal(result) ? result.message : 'created'))).toEqual([
    'created',
    'created',
    'Replication factor: 3 larger than available brokers: 1.',
  ])
  expect(topics.byName('one')?.replicasOf(0)).toEqual([1])
})

test('leaders go round the nodes, and topics of one partition are spread too', async () => {
  const { topics } = await openTopics()
  await createTopics(topics, topicRequest('six', { partitionCount: 6 }), 'a', 'b', 'c')
  const six = topics.byName('six')
  const leaders = six?.partitions.map((_, partition) => six.leaderOf(partition)) ?? []
  expect([...leaders].sort()).toEqual([1, 1, 2, 2, 3, 3])
  expect(new Set(['a', 'b', 'c'].map((name) => topics.byName(name)?.leaderOf(0))).size).toBe(3)
  for (const [partition, leader] of leaders.entries()) {
    const replicas = six?.replicasOf(partition) ?? []
    expect(replicas[0]).toBe(leader)
    expect([...replicas].sort()).toEqual([1, 2, 3])
  }
})

test('one bad topic of a request does not keep the others from being created', async () => {
  const { topics } = await openTopics()
  const results = await topics.create(['a', '..', 'b'].map((name) => topicRequest(name)))
  expect(results.map(isRefusal)).toEqual([false, true, false])
  expect(topics.list().map(({ name }) => name)).toEqual(['a', 'b'])
})

test('of two creations of one name at once, one wins and the other is told', async () => {
  const { topics, storage } = await openTopics()
  const both = await Promise.all([
    topics.create([topicRequest('t', { partitionCount: 1 })]),
    topics.create([topicRequest('t', { partitionCount: 2 })]),
  ])
  expect(both[0][0]).toMatchObject({ partitionCount: 1 })
  expect(both[1][0]).toEqual({
    error: 'TOPIC_ALREADY_EXISTS',
    message: "Topic 't' already exists.",
  })
  expect((await storage.catalogue.load()).topics).toHaveLength(1)
})

test('names that would share their metrics collide, within a request too', async () => {
  const { topics } = await openTopics()
  await createTopics(topics, 'a.b')
  const results = await topics.create(['a_b', 'x.y', 'x_y'].map((name) => topicRequest(name)))
  expect(results).toMatchObject([
    {
      error: 'INVALID_TOPIC_EXCEPTION',
      message: "Topic 'a_b' collides with existing topic: a.b",
    },
    { name: 'x.y' },
    {
      error: 'INVALID_TOPIC_EXCEPTION',
      message: "Topic 'x_y' collides with existing topic: x.y",
    },
  ])
  await topics.delete([{ name: 'a.b' }])
  await createTopics(topics, 'a_b')
})

test('the limit on partitions counts all topics, those of the same request included', async () => {
  const { topics } = await openTopics({ partitions: 10 })
  const sized = (name: string, partitionCount: number) => topicRequest(name, { partitionCount })
  const results = await topics.create([sized('a', 6), sized('b', 5), sized('c', 4)])
  expect(results).toMatchObject([
    { name: 'a' },
    {
      error: 'POLICY_VIOLATION',
      message:
        'You may not create more than 4 new partitions. Adding the requested number of partitions will exceed 10 total partitions. Currently, there are 6 total topic partitions',
    },
    { name: 'c' },
  ])
  expect(await topics.addPartitions('a', 7, null)).toMatchObject({ error: 'POLICY_VIOLATION' })
  await topics.delete([{ name: 'c' }])
  expect(topics.partitionCount).toBe(6)
  expect(await topics.addPartitions('a', 10, null)).toBe(topics.byName('a'))
  expect(topics.partitionCount).toBe(10)
})

test('what is only to be checked is checked and not done', async () => {
  const { topics, storage } = await openTopics()
  const check = { validateOnly: true }
  const [plan] = await topics.create([topicRequest('t')], check)
  expect(plan).toMatchObject({ name: 't', partitionCount: 1 })
  expect(topics.byName('t')).toBeUndefined()

  await createTopics(topics, 't')
  expect(await topics.create([topicRequest('t')], check)).toMatchObject([
    { error: 'TOPIC_ALREADY_EXISTS' },
  ])
  await topics.addPartitions('t', 5, null, check)
  await topics.alterConfig('t', () => ({ 'retention.ms': '1' }), check)
  expect(topics.byName('t')?.partitions).toHaveLength(1)
  expect((await storage.catalogue.load()).topics).toMatchObject([{ config: {}, partitionIds: [1] }])
})

test('a topic only ever gets more partitions', async () => {
  const { topics, storage } = await openTopics()
  await createTopics(topics, topicRequest('t', { partitionCount: 6 }))
  const outcomes = [6, 3, 0, -1].map((count) => topics.addPartitions('t', count, null))
  expect(await Promise.all(outcomes)).toMatchObject([
    { error: 'INVALID_PARTITIONS', message: 'Topic already has 6 partitions.' },
    { message: 'Topic currently has 6 partitions, which is higher than the requested 3.' },
    { message: 'Topic currently has 6 partitions, which is higher than the requested 0.' },
    { message: 'Topic currently has 6 partitions, which is higher than the requested -1.' },
  ])
  expect(await topics.addPartitions('other', 7, null)).toEqual({
    error: 'UNKNOWN_TOPIC_OR_PARTITION',
  })
  expect(await topics.addPartitions('t', 8, [{ partition: 6, nodeIds: [1, 2, 3] }])).toEqual({
    error: 'INVALID_REPLICA_ASSIGNMENT',
    message: 'Increasing the number of partitions by 2 but 1 assignments provided.',
  })

  const topic = await topics.addPartitions('t', 8, null)
  if (!(topic instanceof Topic)) throw new Error('not a topic')
  expect(topic.partitions).toHaveLength(8)
  expect(new Set(topic.partitionIds).size).toBe(8)
  const stored = (await storage.catalogue.load()).topics[0]
  expect(stored?.partitionIds).toEqual(topic.partitionIds)
})

test('a changed config acts at once, on partitions that were open before too', async () => {
  const { topics, storage } = await openTopics()
  await createTopics(topics, 't')
  const topic = await topics.alterConfig('t', (current) => ({
    ...current,
    'max.message.bytes': '100',
  }))
  expect(topic).toBe(topics.byName('t'))
  expect(topics.byName('t')?.logConfig.maxMessageBytes).toBe(100)
  expect((await storage.catalogue.load()).topics[0]?.config).toEqual({ 'max.message.bytes': '100' })

  const oversized = await topics.byName('t')?.partitions[0]?.append(new Uint8Array(101))
  expect(oversized).toMatchObject({ error: 'MESSAGE_TOO_LARGE' })
})

test('a config that is refused changes nothing', async () => {
  const { topics } = await openTopics()
  await createTopics(topics, topicRequest('t', { config: { 'retention.ms': '5' } }))
  const refusal = await topics.alterConfig('t', (current) => ({ ...current, 'segment.ms': '1' }))
  expect(refusal).toMatchObject({ error: 'POLICY_VIOLATION' })
  expect(topics.byName('t')?.config).toEqual({ 'retention.ms': '5' })
})

test('changes of one topic at once do not lose each other', async () => {
  const { topics } = await openTopics()
  await createTopics(topics, 't')
  await Promise.all([
    topics.alterConfig('t', (current) => ({ ...current, 'retention.ms': '1' })),
    topics.alterConfig('t', (current) => ({ ...current, 'retention.bytes': '2' })),
  ])
  expect(topics.byName('t')?.config).toEqual({ 'retention.ms': '1', 'retention.bytes': '2' })
})

test('a deleted topic is gone, its name free at once, and the next one is another', async () => {
  const { tenants, topics, storage } = await openTopics()
  const told: string[] = []
  tenants.listen({ onTopicDeleted: (tenantId, topic) => told.push(`${tenantId} ${topic.id}`) })
  const [first] = await createTopics(topics, 't')
  const old = first?.topic
  if (old === undefined) throw new Error('no topic')

  expect(await topics.delete([{ name: 't' }])).toEqual([old])
  expect(told).toEqual([`lkc-aaaaa1 ${old.id}`])
  expect([topics.byName('t'), topics.byId(old.id), topics.size]).toEqual([undefined, undefined, 0])
  expect((await storage.catalogue.load()).topics).toEqual([])
  expect(await old.partitions[0]?.append(new Uint8Array(100))).toEqual({
    error: 'UNKNOWN_TOPIC_OR_PARTITION',
  })

  const [second] = await createTopics(topics, 't')
  expect(second?.topic?.id).not.toBe(old.id)
  expect(second?.topic?.partitionIds).not.toEqual(old.partitionIds)
  expect(await topics.delete([{ id: old.id }])).toEqual([{ error: 'UNKNOWN_TOPIC_ID' }])
})

test('of two deletions at once, one finds the topic', async () => {
  const { topics } = await openTopics()
  await createTopics(topics, 't')
  const both = await Promise.all([topics.delete([{ name: 't' }]), topics.delete([{ name: 't' }])])
  expect(both[0][0]).toBeInstanceOf(Topic)
  expect(both[1][0]).toEqual({ error: 'UNKNOWN_TOPIC_OR_PARTITION' })
})

test('a change that storage cannot write is refused for now, and shows nothing', async () => {
  const { topics, storage } = await openTopics()
  await createTopics(topics, 't')
  const full = () => Promise.reject(new StorageFailure('DISK_FULL', 'the disk is full'))
  const working = { ...storage.catalogue }
  Object.assign(storage.catalogue, {
    createTopics: full,
    deleteTopics: full,
    addPartitions: full,
    putTopicConfig: full,
  })
  const refusal = {
    error: 'KAFKA_STORAGE_ERROR',
    message: 'The change could not be stored; try again.',
  }
  expect(await topics.create([topicRequest('new'), topicRequest('..')])).toMatchObject([
    refusal,
    { error: 'INVALID_TOPIC_EXCEPTION' },
  ])
  expect(await topics.delete([{ name: 't' }, { name: 'absent' }])).toMatchObject([
    refusal,
    { error: 'UNKNOWN_TOPIC_OR_PARTITION' },
  ])
  expect(await topics.addPartitions('t', 2, null)).toEqual(refusal)
  expect(await topics.alterConfig('t', () => ({ 'retention.ms': '1' }))).toEqual(refusal)
  expect(topics.list().map(({ name }) => name)).toEqual(['t'])
  expect(topics.byName('t')).toMatchObject({ config: {}, partitions: { length: 1 } })

  Object.assign(storage.catalogue, working)
  await createTopics(topics, 'new')
})

test('a failure that nobody expects is thrown on, and the next change works', async () => {
  const { topics, storage } = await openTopics()
  const working = { ...storage.catalogue }
  storage.catalogue.createTopics = () => Promise.reject(new Error('a broken invariant'))
  await expect(topics.create([topicRequest('t')])).rejects.toThrow('a broken invariant')
  expect(topics.byName('t')).toBeUndefined()
  Object.assign(storage.catalogue, working)
  await createTopics(topics, 't')
})

test('ten thousand topics are created, listed and deleted in one go', async () => {
  const { topics } = await openTopics({ partitions: 100_000 })
  const names = Array.from({ length: 10_000 }, (_, i) => `topic-${i}`)
  await createTopics(topics, ...names)
  expect(topics.list()).toHaveLength(10_000)
  expect(topics.partitionCount).toBe(10_000)
  await topics.delete(names.map((name) => ({ name })))
  expect(topics.size).toBe(0)
})
