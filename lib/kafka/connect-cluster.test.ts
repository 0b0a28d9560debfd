import { randomBytes } from 'node:crypto'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type RunningBroker, startBroker } from '../../broker/index.ts'
import { Produce } from '../../broker/protocol/messages/produce.ts'
import { encodeCompressedBatch } from '../../broker/protocol/records.ts'
import { presetClusterId } from '../../broker/rules/ids.ts'
import { murmur2Partition } from '../../broker/rules/murmur2.ts'
import type { ClusterClient, PartitionRecord } from './cluster-client.ts'
import { connectCluster } from './connect-cluster.ts'
import { openConnection } from './connection.ts'
import { internalAddress } from './credentials.ts'
import { createNodes } from './nodes.ts'

const internalKey = randomBytes(32)
const clusterId = presetClusterId('default', 'dev')
let broker: RunningBroker
let cluster: ClusterClient
let topics = 0

beforeAll(async () => {
  broker = await startBroker({ internalKey, clusters: [{ name: 'dev' }], log: () => {} })
  cluster = connectCluster(addressOf(clusterId))
})
afterAll(async () => {
  await cluster.close()
  await broker.close()
})

function addressOf(id: string) {
  return internalAddress(id, { internalKey, kafkaPorts: broker.ports })
}

async function newTopic(partitionCount: number): Promise<string> {
  topics += 1
  const name = `topic-${topics}`
  await cluster.admin.createTopic({ name, partitionCount, configs: {} })
  return name
}

const utf8 = (text: string) => Buffer.from(text, 'utf8')

test('a topic is created with its configs, described, listed and deleted', async () => {
  await cluster.admin.createTopic({
    name: 'rides',
    partitionCount: 2,
    configs: { 'retention.ms': '86400000' },
  })
  const described = await cluster.admin.describeTopic('rides')
  expect(described).toMatchObject({ partitionCount: 2, replicaCount: 3, isInSync: true })
  const leaders = described?.partitions.map(({ leader }) => leader) ?? []
  expect(new Set(leaders).size).toBe(2)
  for (const { replicas, inSync } of described?.partitions ?? []) {
    expect([...replicas].sort()).toEqual([1, 2, 3])
    expect(inSync).toEqual(replicas)
  }
  expect(described?.configs.find(({ name }) => name === 'retention.ms')).toMatchObject({
    value: '86400000',
    isOverride: true,
    isReadOnly: false,
    inherited: { value: '604800000', source: 'kafka' },
  })
  expect(await cluster.admin.listTopics()).toContainEqual({
    name: 'rides',
    partitionCount: 2,
    isInternal: false,
  })
  await cluster.admin.deleteTopic('rides')
  expect(await cluster.admin.describeTopic('rides')).toBeNull()
  expect((await cluster.admin.listTopics()).map(({ name }) => name)).not.toContain('rides')
})

test('configs are set and taken back, and the broker says what is wrong with one', async () => {
  const name = await newTopic(1)
  await cluster.admin.alterTopicConfigs(name, { 'retention.ms': '3600000', 'segment.ms': null })
  const find = async (config: string) =>
    (await cluster.admin.describeTopic(name))?.configs.find((entry) => entry.name === config)
  expect(await find('retention.ms')).toMatchObject({ value: '3600000', isOverride: true })
  await cluster.admin.alterTopicConfigs(name, { 'retention.ms': null })
  expect(await find('retention.ms')).toMatchObject({ value: '604800000', isOverride: false })
  expect(await find('max.message.bytes')).toMatchObject({
    inherited: { value: '2097164', source: 'cluster' },
  })
  await expect(
    cluster.admin.alterTopicConfigs(name, { 'retention.ms': '1', 'segment.bytes': '1' }),
  ).rejects.toMatchObject({ code: 'POLICY_VIOLATION' })
  expect(await find('retention.ms')).toMatchObject({ isOverride: false })
})

test('a topic gets more partitions and never fewer', async () => {
  const [name, other] = [await newTopic(1), await newTopic(1)]
  await Promise.all([
    cluster.admin.createPartitions(name, 4),
    cluster.admin.createPartitions(other, 2),
  ])
  expect(await cluster.admin.describeTopic(name)).toMatchObject({ partitionCount: 4 })
  expect(await cluster.admin.describeTopic(other)).toMatchObject({ partitionCount: 2 })
  await expect(cluster.admin.createPartitions(name, 3)).rejects.toMatchObject({
    code: 'INVALID_PARTITIONS',
  })
})

test('an emptied topic goes on counting where it was', async () => {
  const name = await newTopic(2)
  const record = { topic: name, key: null, value: utf8('x'), headers: [] }
  await cluster.produce({ ...record, partition: 0 })
  await cluster.produce({ ...record, partition: 1 })
  await cluster.admin.deleteAllRecords(name)
  expect(await cluster.readOffsets(name)).toEqual([
    { partition: 0, start: 1, end: 1 },
    { partition: 1, start: 1, end: 1 },
  ])
  expect(await cluster.produce({ ...record, partition: 1 })).toMatchObject({ offset: 1 })
})

test('what the broker refuses comes back as its own error and sentence', async () => {
  const name = await newTopic(1)
  await expect(
    cluster.admin.createTopic({ name, partitionCount: 1, configs: {} }),
  ).rejects.toMatchObject({
    code: 'TOPIC_ALREADY_EXISTS',
    message: `Topic '${name}' already exists.`,
  })
  await expect(cluster.admin.deleteTopic('absent')).rejects.toMatchObject({
    code: 'UNKNOWN_TOPIC_OR_PARTITION',
  })
  await expect(cluster.readOffsets('absent')).rejects.toMatchObject({
    code: 'UNKNOWN_TOPIC_OR_PARTITION',
  })
  const beyond = cluster.produce({
    topic: name,
    partition: 7,
    key: null,
    value: utf8('x'),
    headers: [],
  })
  await expect(beyond).rejects.toMatchObject({ code: 'UNKNOWN_TOPIC_OR_PARTITION' })
  const produced = cluster.produce({ topic: 'absent', key: null, value: utf8('x'), headers: [] })
  await expect(produced).rejects.toMatchObject({ code: 'UNKNOWN_TOPIC_OR_PARTITION' })
})

test('a record comes back with key, value, headers, timestamp and its place', async () => {
  const topic = await newTopic(2)
  const headers = [
    { key: 'trace', value: utf8('a1') },
    { key: 'trace', value: utf8('a2') },
  ]
  const at = await cluster.produce({
    topic,
    partition: 1,
    key: utf8('18'),
    value: utf8('{"id":9007199254740993}'),
    headers,
  })
  expect(at).toEqual({ partition: 1, offset: 0 })
  expect(await cluster.readOffsets(topic)).toEqual([
    { partition: 0, start: 0, end: 0 },
    { partition: 1, start: 0, end: 1 },
  ])
  const [record] = await cluster.readPartitionRange({
    topic,
    partition: 1,
    fromOffset: 0,
    toOffset: 1,
  })
  expect(record?.offset).toBe(0)
  expect(String(record?.key)).toBe('18')
  expect(String(record?.value)).toBe('{"id":9007199254740993}')
  expect(record?.headers.map(({ key, value }) => [key, String(value)])).toEqual([
    ['trace', 'a1'],
    ['trace', 'a2'],
  ])
  expect(Math.abs(Date.now() - (record?.timestampMs ?? 0))).toBeLessThan(60_000)
})

test('null, empty and absent are told apart in keys and values', async () => {
  const topic = await newTopic(1)
  await cluster.produce({ topic, key: null, value: utf8('v'), headers: [] })
  await cluster.produce({ topic, key: utf8('k'), value: null, headers: [] })
  await cluster.produce({ topic, key: utf8(''), value: utf8(''), headers: [] })
  const records = await cluster.readPartitionRange({
    topic,
    partition: 0,
    fromOffset: 0,
    toOffset: 3,
  })
  const text = (bytes: Uint8Array | null) => (bytes === null ? null : String(bytes))
  expect(records.map(({ key, value }) => [text(key), text(value)])).toEqual([
    [null, 'v'],
    ['k', null],
    ['', ''],
  ])
})

// Where Apache Kafka's own client puts them (measured with the course's Java producer).
test.each([
  ['186', 0],
  ['74', 0],
  ['1', 1],
  ['2', 0],
  ['263', 1],
])('the key %s goes to partition %i of 2, as with Java clients', async (key, partition) => {
  const topic = await newTopic(2)
  const at = await cluster.produce({ topic, key: utf8(key), value: utf8('x'), headers: [] })
  expect(at.partition).toBe(partition)
})

test('records without a key are not all in one partition', async () => {
  const topic = await newTopic(6)
  const partitions = new Set<number>()
  for (let i = 0; i < 40; i++) {
    const at = await cluster.produce({ topic, key: null, value: utf8('x'), headers: [] })
    partitions.add(at.partition)
  }
  // That 40 of them share one of 6 partitions by chance has a probability of 6^-39.
  expect(partitions.size).toBeGreaterThan(1)
})

test('keys are spread over 6 partitions as Java clients spread them', async () => {
  const topic = await newTopic(6)
  for (const key of ['18', 'a', 'rides', '263', 'zoë']) {
    const at = await cluster.produce({ topic, key: utf8(key), value: utf8('x'), headers: [] })
    expect(at.partition).toBe(murmur2Partition(utf8(key), 6))
  }
})

test.each(['gzip', 'snappy', 'lz4', 'zstd'] as const)(
  'records compressed with %s are read',
  async (codec) => {
    const topic = await newTopic(1)
    const node = { host: '127.0.0.1', port: broker.ports[0] ?? 0 }
    const leader = await leaderOf(topic)
    const connection = await openConnection(addressOf(clusterId), leader ?? node)
    const records = Array.from({ length: 100 }, (_, i) => ({ value: utf8(`value ${i}`) }))
    const batch = await encodeCompressedBatch(records, codec, { timestampMs: 1_700_000_000_000 })
    await connection.call(
      Produce,
      {
        acks: -1,
        timeoutMs: 5000,
        topicData: [{ name: topic, partitionData: [{ index: 0, records: [batch] }] }],
      },
      { versionMax: 9 },
    )
    connection.close()
    const read = await cluster.readPartitionRange({
      topic,
      partition: 0,
      fromOffset: 40,
      toOffset: 60,
    })
    expect(read.map(({ value }) => String(value))).toEqual(
      Array.from({ length: 20 }, (_, i) => `value ${i + 40}`),
    )
  },
)

test('a watch brings records as they are written, and its end closes the connections', async () => {
  const topic = await newTopic(2)
  const stop = new AbortController()
  const seen: PartitionRecord[] = []
  let wake = () => {}
  const watching = cluster.watch({
    topic,
    from: new Map([
      [0, 0],
      [1, 0],
    ]),
    signal: stop.signal,
    onRecords(records) {
      seen.push(...records)
      wake()
    },
  })
  for (const [i, partition] of [0, 1, 0].entries()) {
    const arrived = new Promise<void>((resolve) => (wake = resolve))
    await cluster.produce({ topic, partition, key: null, value: utf8(String(i)), headers: [] })
    while (seen.length <= i) await arrived
  }
  expect(seen.map(({ partition, offset }) => [partition, offset])).toEqual([
    [0, 0],
    [1, 0],
    [0, 1],
  ])
  stop.abort()
  await watching
})

test('a cluster that is gone is unreachable, in a sentence', async () => {
  const nowhere = connectCluster({
    ...addressOf(clusterId),
    bootstrap: [{ host: '127.0.0.1', port: 1 }],
  })
  await expect(nowhere.readOffsets('x')).rejects.toMatchObject({ code: 'BROKER_UNREACHABLE' })
  await expect(nowhere.admin.listTopics()).rejects.toMatchObject({ code: 'BROKER_UNREACHABLE' })
  await nowhere.close()
})

test("another cluster's topics are not there", async () => {
  const topic = await newTopic(1)
  const stranger = connectCluster(addressOf('lkc-000000'))
  await expect(stranger.readOffsets(topic)).rejects.toMatchObject({
    code: 'SASL_AUTHENTICATION_FAILED',
  })
  await stranger.close()
})

async function leaderOf(topic: string) {
  const nodes = createNodes(addressOf(clusterId))
  const leaders = await nodes.findLeaders(topic)
  nodes.close()
  return leaders.get(0)?.node
}
