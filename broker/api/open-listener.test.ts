import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { errorName } from '../errors.ts'
import { createClient, type KafkaClient } from '../protocol/client.ts'
import { AlterPartitionReassignments } from '../protocol/messages/alter-partition-reassignments.ts'
import { CreatePartitions } from '../protocol/messages/create-partitions.ts'
import { CreateTopics } from '../protocol/messages/create-topics.ts'
import { DescribeConfigs } from '../protocol/messages/describe-configs.ts'
import { DescribeTopicPartitions } from '../protocol/messages/describe-topic-partitions.ts'
import { Metadata } from '../protocol/messages/metadata.ts'
import { openPortOf } from '../testing/open-port.ts'
import { dialPort, startTestBroker, type TestBroker } from '../testing/test-broker.ts'

let broker: TestBroker
/** Comes by the open listener. */
let client: KafkaClient
let withKey: KafkaClient

beforeAll(async () => {
  broker = await startTestBroker({
    first: {
      openListener: { createTopics: true, partitions: 2 },
      limits: { partitions: 40 },
      topics: [{ name: 'rides', partitions: 6 }],
    },
    second: { openListener: {} },
  })
  client = await open(broker.first.id)
  withKey = await broker.connect()
})
afterAll(() => broker.close())

async function open(tenantId: string): Promise<KafkaClient> {
  return createClient(await dialPort(openPortOf(broker, tenantId)))
}

async function create(
  as: KafkaClient,
  name: string,
  shape: { numPartitions?: number; replicationFactor?: number; replicas?: readonly number[] },
) {
  const { numPartitions = -1, replicationFactor = -1, replicas } = shape
  const assignments =
    replicas === undefined ? [] : [{ partitionIndex: 0, brokerIds: [...replicas] }]
  const { topics } = await as.send(CreateTopics, 7, {
    topics: [{ name, numPartitions, replicationFactor, assignments, configs: [] }],
  })
  const [topic] = topics
  if (topic === undefined) throw new Error('There is an answer for every topic.')
  return { ...topic, error: errorName(topic.errorCode) }
}

/** What Metadata says of one name, and how many partitions it has. */
async function named(as: KafkaClient, name: string, version = 9, allowAutoTopicCreation = true) {
  const { topics } = await as.send(Metadata, version, {
    topics: [{ name }],
    allowAutoTopicCreation,
  })
  const [topic] = topics
  return [errorName(topic?.errorCode ?? -1), topic?.partitions.length]
}

describe('CreateTopics through an open listener', () => {
  it.each([-1, 1, 3])(
    'takes replication factor %i, and makes one replica of it',
    async (factor) => {
      const made = await create(client, `factor-${factor}`, { replicationFactor: factor })
      expect(made).toMatchObject({ error: 'NONE', numPartitions: 2, replicationFactor: 1 })
      // All of them are stored as every topic is.
      const { topics } = await withKey.send(Metadata, 9, { topics: [{ name: `factor-${factor}` }] })
      expect(topics[0]?.partitions[0]?.replicaNodes).toHaveLength(3)
    },
  )

  it('refuses any other as a single Kafka broker does', async () => {
    const { error, errorMessage } = await create(client, 'two', { replicationFactor: 2 })
    expect(error).toBe('INVALID_REPLICATION_FACTOR')
    expect(errorMessage).toBe('Replication factor: 2 larger than available brokers: 1.')
  })

  it('changes nothing for who has a key', async () => {
    const { error } = await create(withKey, 'one', { numPartitions: 1, replicationFactor: 1 })
    expect(error).toBe('INVALID_REPLICATION_FACTOR')
    expect(await create(withKey, 'six', {})).toMatchObject({ error: 'NONE', numPartitions: 6 })
  })

  it('takes replicas on the one node that is seen, and no other', async () => {
    expect((await create(client, 'placed', { replicas: [1] })).error).toBe('NONE')
    expect((await create(client, 'astray', { replicas: [2] })).error).toBe(
      'INVALID_REPLICA_ASSIGNMENT',
    )
    const topic = { name: 'placed', count: 2, assignments: [{ brokerIds: [1] }] }
    const grown = await client.send(CreatePartitions, 3, {
      topics: [topic],
      timeoutMs: 1000,
      validateOnly: false,
    })
    expect(errorName(grown.results[0]?.errorCode ?? -1)).toBe('NONE')
    const moved = await client.send(AlterPartitionReassignments, 0, {
      topics: [{ name: 'placed', partitions: [{ partitionIndex: 1, replicas: [1] }] }],
    })
    expect(errorName(moved.responses[0]?.partitions[0]?.errorCode ?? -1)).toBe('NONE')
  })
})

describe('what tools read through an open listener', () => {
  it('is of one node in DescribeTopicPartitions too', async () => {
    const { topics } = await client.send(DescribeTopicPartitions, 0, {
      topics: [{ name: 'rides' }],
      responsePartitionLimit: 100,
      cursor: null,
    })
    for (const { leaderId, replicaNodes, isrNodes } of topics[0]?.partitions ?? []) {
      expect([leaderId, ...replicaNodes, ...isrNodes]).toEqual([1, 1, 1])
    }
    expect(topics[0]?.partitions).toHaveLength(6)
  })

  it('names the settings that hold there', async () => {
    const configurationKeys = [
      'auto.create.topics.enable',
      'default.replication.factor',
      'num.partitions',
    ]
    const read = async (as: KafkaClient) => {
      const resources = [{ resourceType: 4, resourceName: '1', configurationKeys }]
      const { results } = await as.send(DescribeConfigs, 4, { resources })
      return results[0]?.configs.map(({ value }) => value)
    }
    expect(await read(client)).toEqual(['true', '1', '2'])
    expect(await read(withKey)).toEqual(['false', '3', '6'])
  })
})

describe('min.insync.replicas', () => {
  it('asks for no more replicas than are seen, or tools would miss some', async () => {
    const config = { name: 'min.insync.replicas', value: '2' }
    const shape = { numPartitions: 1, replicationFactor: 3, assignments: [], configs: [config] }
    await withKey.send(CreateTopics, 7, { topics: [{ name: 'two-in-sync', ...shape }] })
    const read = async (as: KafkaClient, resourceName: string) => {
      const asked = { resourceType: 2, resourceName, configurationKeys: [config.name] }
      const { results } = await as.send(DescribeConfigs, 4, {
        resources: [asked],
        includeSynonyms: true,
      })
      const [entry] = results[0]?.configs ?? []
      return [entry?.value, ...(entry?.synonyms.map(({ value }) => value) ?? [])]
    }
    expect(await read(withKey, 'two-in-sync')).toEqual(['2', '2', '2', '1'])
    expect(await read(client, 'two-in-sync')).toEqual(['1', '1', '1', '1'])
    expect(await read(withKey, 'rides')).toEqual(['2', '2', '1'])
    expect(await read(client, 'rides')).toEqual(['1', '1', '1'])
  })
})

describe('Metadata through an open listener', () => {
  it.each([0, 1, 3])('v%i creates the topics that it names', async (version) => {
    expect(await named(client, `named-v${version}`, version)).toEqual(['NONE', 2])
    expect(await named(withKey, `named-v${version}`)).toEqual(['NONE', 2])
  })

  it('creates none where the client forbids it (KIP-361)', async () => {
    expect(await named(client, 'forbidden', 9, false)).toEqual(['UNKNOWN_TOPIC_OR_PARTITION', 0])
    expect(await named(withKey, 'forbidden')).toEqual(['UNKNOWN_TOPIC_OR_PARTITION', 0])
  })

  it('creates none where the cluster is not set to, nor through a port with a key', async () => {
    const other = await open(broker.second.id)
    for (const as of [other, withKey]) {
      expect(await named(as, 'unset')).toEqual(['UNKNOWN_TOPIC_OR_PARTITION', 0])
      expect(await named(as, 'unset')).toEqual(['UNKNOWN_TOPIC_OR_PARTITION', 0])
    }
  })

  it('creates one for many who name it at once', async () => {
    const clients = await Promise.all([1, 2, 3, 4].map(() => open(broker.first.id)))
    const answers = await Promise.all(clients.map((as) => named(as, 'crowded')))
    expect(answers).toEqual(clients.map(() => ['NONE', 2]))
  })

  it('creates nothing of a name that is wrong, collides, or is Kafka’s own', async () => {
    expect(await named(client, 'a b')).toEqual(['INVALID_TOPIC_EXCEPTION', 0])
    await named(client, 'dot.ted')
    expect(await named(client, 'dot_ted')).toEqual(['INVALID_TOPIC_EXCEPTION', 0])
    expect(await named(client, '__consumer_offsets')).toEqual(['UNKNOWN_TOPIC_OR_PARTITION', 0])
  })

  it('stops at the limit of the cluster', async () => {
    const { topics } = broker.tenants.get(broker.first.id) ?? {}
    const names = Array.from({ length: 30 }, (_, i) => ({ name: `many-${i}` }))
    const answer = await client.send(Metadata, 9, { topics: names })
    const errors = new Set(answer.topics.map(({ errorCode }) => errorName(errorCode)))
    expect([...errors].sort()).toEqual(['NONE', 'POLICY_VIOLATION'])
    expect(topics?.partitionCount).toBeLessThanOrEqual(40)
    // What is there is answered all the same.
    expect(await named(client, 'rides')).toEqual(['NONE', 6])
  })
})
