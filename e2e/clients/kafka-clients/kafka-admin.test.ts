import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type JavaHost, startHost } from '../jvm/java-host.ts'
import { type JavaProduct, startJavaProduct } from '../jvm/java-product.ts'
import { javaRows } from '../jvm/java-rows.ts'

/** Java's admin client: every call that a course or a script makes, by SASL_SSL, and its refusals. */
const rows = javaRows('kafka-clients')
const valueCount = 10

let product: JavaProduct

beforeAll(async () => {
  if (rows.some(({ jars }) => jars !== null)) product = await startJavaProduct('admin')
})
afterAll(() => product?.stop())

describe.each(rows)('admin of $title', ({ version, jars }) => {
  let host: JavaHost

  beforeAll(() => {
    if (jars !== null) host = startHost(jars, product.trust)
  })
  afterAll(() => host?.kill())

  async function ask(what: string, options: object = {}): Promise<unknown> {
    const common = { properties: product.properties.tls, ask: what }
    const [answer] = await host.run('Administer', { ...common, ...options })
    return answer?.value
  }
  const topic = `rides-${version}`
  const [first, second] = [`${topic}-0`, `${topic}-1`]
  const both = [first, second]

  it.skipIf(jars === null)('creates, describes, grows, lists and deletes topics', async () => {
    const fresh = { topic: `fresh-${version}` }
    const created = await ask('createTopic', { ...fresh, partitions: 2 })
    expect(created).toEqual({ partitions: 2, replicationFactor: 3 })
    await ask('createTopic', { topic, partitions: 2, replicationFactor: 3 })
    const described = await ask('describeTopic', fresh)
    expect(described).toMatchObject({ name: fresh.topic, internal: false })
    expect(described).toHaveProperty('partitions.length', 2)
    for (const partition of [0, 1]) {
      const told = Object(described).partitions[partition]
      expect([...told.replicas].sort()).toEqual([1, 2, 3])
      expect(told).toMatchObject({ partition, leader: told.replicas[0], isr: told.replicas })
    }
    await expect(ask('createTopic', { ...fresh, partitions: 2 })).rejects.toThrow(
      'TopicExistsException',
    )
    await ask('createPartitions', { ...fresh, partitions: 4 })
    expect(await ask('describeTopic', fresh)).toHaveProperty('partitions.length', 4)
    await expect(ask('createPartitions', { ...fresh, partitions: 3 })).rejects.toThrow(
      'InvalidPartitionsException',
    )
    expect(await ask('listTopics')).toEqual(expect.arrayContaining([fresh.topic, topic]))
    await ask('deleteTopic', fresh)
    expect(await ask('listTopics')).not.toContain(fresh.topic)
    await expect(ask('describeTopic', fresh)).rejects.toThrow('UnknownTopicOrPartitionException')
  })

  it.skipIf(jars === null)('describes configs and alters them one by one', async () => {
    const configs = async () => Object(await ask('describeConfigs', { topic }))
    expect((await configs())['retention.ms'].source).toBe('DEFAULT_CONFIG')
    await ask('alterConfigs', {
      topic,
      set: { 'retention.ms': '86400000' },
      append: { 'cleanup.policy': 'compact' },
    })
    expect(await configs()).toMatchObject({
      'retention.ms': { value: '86400000', source: 'DYNAMIC_TOPIC_CONFIG' },
      'cleanup.policy': { value: 'delete,compact' },
      'delete.retention.ms': { source: 'DEFAULT_CONFIG' },
    })
    await ask('alterConfigs', { topic, subtract: { 'cleanup.policy': 'compact' } })
    await ask('alterConfigs', { topic, delete: ['retention.ms'] })
    expect(await configs()).toMatchObject({
      'retention.ms': { source: 'DEFAULT_CONFIG' },
      'cleanup.policy': { value: 'delete' },
    })
    await expect(ask('alterConfigs', { topic, set: { 'retention.ms': 'long' } })).rejects.toThrow(
      'InvalidConfigurationException',
    )
    const broker = Object(await ask('describeConfigs', { broker: '1' }))
    expect(broker['default.replication.factor']).toMatchObject({ value: '3' })
  })

  it.skipIf(jars === null)('lists offsets, also by time, and deletes records', async () => {
    const values = Array.from({ length: valueCount }, (_, index) => `v${index}`)
    const startMs = Date.now()
    const write = { properties: product.properties.tls, topic, partitions: 2, values }
    await host.run('ProduceText', write)
    const offsets = async (at: string) => {
      const told = Object(await ask('listOffsets', { partitions: both, at }))
      return both.map((partition) => told[partition].offset)
    }
    expect(await offsets('earliest')).toEqual([0, 0])
    expect(await offsets('latest')).toEqual([5, 5])
    expect(await offsets(`${startMs - 1}`)).toEqual([0, 0])
    expect(await offsets(`${Date.now() + 60_000}`)).toEqual([-1, -1])
    const newest = Object(await ask('listOffsets', { partitions: [first], at: 'maxTimestamp' }))
    expect(newest[first].timestamp).toBeGreaterThanOrEqual(startMs)
    const deleted = await ask('deleteRecords', { before: { [first]: 2, [second]: -1 } })
    expect(deleted).toEqual({ [first]: 2, [second]: 5 })
    expect(await offsets('earliest')).toEqual([2, 5])
    expect(await offsets('latest')).toEqual([5, 5])
    await expect(ask('deleteRecords', { before: { [first]: 6 } })).rejects.toThrow(
      'OffsetOutOfRangeException',
    )
  })

  it.skipIf(jars === null)('describes groups, moves their offsets and deletes them', async () => {
    const group = { group: `readers-${version}` }
    const member = host.start('Member', {
      properties: product.properties.tls,
      topic,
      ...group,
      with: { 'client.id': 'reader' },
    })
    await member.until(() => member.told('record').length === 3, 'what was not deleted')
    const [reader] = Object(await ask('describeGroup', group)).members
    expect(reader).toMatchObject({ clientId: 'reader', instanceId: '', partitions: both })
    await expect(ask('deleteGroup', group)).rejects.toThrow('GroupNotEmptyException')
    const back = { ...group, offsets: { [first]: 3, [second]: 0 } }
    await expect(ask('alterCommits', back)).rejects.toThrow('UnknownMemberIdException')
    await member.stop()
    expect(await ask('describeGroup', group)).toMatchObject({ state: 'Empty', members: [] })
    expect(await ask('listCommits', group)).toMatchObject({ [first]: 5 })
    await ask('alterCommits', back)
    expect(await ask('listCommits', group)).toEqual(back.offsets)
    await ask('deleteCommits', { ...group, partitions: [second] })
    expect(await ask('listCommits', group)).toEqual({ [first]: 3 })
    expect(await ask('listGroups')).toContain(group.group)
    await ask('deleteGroup', group)
    expect(await ask('listGroups')).not.toContain(group.group)
    await expect(ask('deleteGroup', group)).rejects.toThrow('GroupIdNotFoundException')
  })

  it.skipIf(jars === null)(
    'tells of the cluster what there is, and what there is not',
    async () => {
      const cluster = Object(await ask('describeCluster'))
      const nodes = product.kafkaPorts.map((port, at) => ({ id: at + 1, host: 'localhost', port }))
      expect(cluster.clusterId).toBe(product.key.clusterId)
      expect(cluster.nodes).toEqual(nodes)
      expect(nodes.map(({ id }) => id)).toContain(cluster.controller)
      const sizes = Object(await ask('describeLogDirs'))
      expect(Object.keys(sizes)).toEqual(['1', '2', '3'])
      expect(sizes[1][first]).toBeGreaterThan(0)
      expect(sizes[1][second]).toBe(0)
      expect([sizes[2], sizes[3]]).toEqual([sizes[1], sizes[1]])
      expect(await ask('describeFeatures')).toEqual({ finalized: [], supported: [] })
      expect(await ask('describeProducers', { partition: first })).toEqual([
        { epoch: 0, lastSequence: valueCount / 2 - 1 },
      ])
      expect(await ask('listTransactions')).toEqual([])
      await expect(ask('describeAcls')).rejects.toThrow('SecurityDisabledException')
    },
  )
})
