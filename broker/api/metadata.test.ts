import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { errorCode } from '../errors.ts'
import type { KafkaClient } from '../protocol/client.ts'
import { Metadata } from '../protocol/messages/metadata.ts'
import { ZERO_UUID } from '../protocol/schema.ts'
import { startTestBroker, type TestBroker } from '../testing/test-broker.ts'

const strangeId = 'aaaaaaaaaaaaaaaaaaaaaA'
const versions = Array.from({ length: 14 }, (_, version) => version)

let broker: TestBroker
let client: KafkaClient
let ridesId: string

beforeAll(async () => {
  const topics = [
    { name: 'rides', partitions: 6 },
    { name: 'zones', partitions: 1 },
  ]
  broker = await startTestBroker({ first: { topics }, second: { topics: [{ name: 'other' }] } })
  client = await broker.connect()
  ridesId = broker.tenants.get(broker.first.id)?.topics.byName('rides')?.id ?? ''
})
afterAll(() => broker.close())

/** Asks for topics by name or id, or for all of them. */
function ask(
  version: number,
  topics: readonly Partial<{ name: string; topicId: string }>[] | null,
) {
  return client.send(Metadata, version, {
    topics: topics?.map(({ name = null, topicId = ZERO_UUID }) => ({ name, topicId })) ?? null,
  })
}

async function namesOf(answer: ReturnType<typeof ask>) {
  return (await answer).topics.map(({ name }) => name)
}

describe('Metadata', () => {
  it.each(versions)('v%i tells nodes, leaders and replicas of a topic', async (version) => {
    const answer = await ask(version, [{ name: 'rides' }])
    expect(answer.brokers.map(({ nodeId, port }) => [nodeId, port])).toEqual(
      broker.ports.map((port, i) => [i + 1, port]),
    )
    expect(answer.topics).toHaveLength(1)
    const topic = answer.topics[0]
    expect(topic).toMatchObject({ errorCode: 0, name: 'rides', isInternal: false })
    expect(topic?.partitions.map(({ partitionIndex }) => partitionIndex)).toEqual([
      0, 1, 2, 3, 4, 5,
    ])
    const leaders = topic?.partitions.map(({ leaderId }) => leaderId) ?? []
    expect([...leaders].sort()).toEqual([1, 1, 2, 2, 3, 3])
    for (const partition of topic?.partitions ?? []) {
      expect(partition.errorCode).toBe(0)
      expect(partition.replicaNodes[0]).toBe(partition.leaderId)
      expect([...partition.replicaNodes].sort()).toEqual([1, 2, 3])
      expect(partition.isrNodes).toEqual(partition.replicaNodes)
      expect(partition.offlineReplicas).toEqual([])
      expect(partition.leaderEpoch).toBe(version >= 7 ? 0 : -1)
    }
    if (version >= 1)
      expect(answer.brokers.map(({ nodeId }) => nodeId)).toContain(answer.controllerId)
    if (version >= 2) expect(answer.clusterId).toBe(broker.first.id)
    expect(topic?.topicId).toBe(version >= 10 ? ridesId : ZERO_UUID)
  })

  it('tells every topic when asked for all, and only the own ones', async () => {
    expect((await namesOf(ask(0, []))).sort()).toEqual(['rides', 'zones'])
    for (const version of versions.slice(1)) {
      expect((await namesOf(ask(version, null))).sort()).toEqual(['rides', 'zones'])
      expect(await namesOf(ask(version, []))).toEqual([])
    }
  })

  it.each(versions)('v%i says which topics are not there, and creates none', async (version) => {
    const names = ['absent', 'other', 'a b', '', 'rides']
    const answer = await ask(
      version,
      names.map((name) => ({ name })),
    )
    expect(answer.topics.map((topic) => [topic.name, topic.errorCode])).toEqual([
      ['absent', errorCode('UNKNOWN_TOPIC_OR_PARTITION')],
      ['other', errorCode('UNKNOWN_TOPIC_OR_PARTITION')],
      ['a b', errorCode('INVALID_TOPIC_EXCEPTION')],
      ['', errorCode('INVALID_TOPIC_EXCEPTION')],
      ['rides', 0],
    ])
    expect(answer.topics[0]?.partitions).toEqual([])
    expect(broker.tenants.get(broker.first.id)?.topics.size).toBe(2)
  })

  it('finds topics by id from version 12 on, without telling names of unknown ones', async () => {
    const otherId = broker.tenants.get(broker.second.id)?.topics.byName('other')?.id ?? ''
    for (const version of [12, 13]) {
      const ids = [ridesId, otherId, strangeId].map((topicId) => ({ topicId }))
      expect((await ask(version, ids)).topics).toMatchObject([
        { errorCode: 0, name: 'rides', topicId: ridesId },
        { errorCode: errorCode('UNKNOWN_TOPIC_ID'), name: null, topicId: otherId, partitions: [] },
        { errorCode: errorCode('UNKNOWN_TOPIC_ID'), name: null, topicId: strangeId },
      ])
    }
  })

  it('refuses ids in versions 10 and 11, which have the field and no meaning for it', async () => {
    for (const version of [10, 11]) {
      expect((await ask(version, [{ topicId: ridesId }])).topics).toMatchObject([
        { errorCode: errorCode('INVALID_REQUEST'), name: '' },
      ])
    }
  })

  it('answers once for a topic that was asked for twice', async () => {
    expect(await namesOf(ask(12, [{ name: 'rides' }, { name: 'rides' }]))).toEqual(['rides'])
  })

  it('tells the operations that are allowed only when asked', async () => {
    const topics = [{ name: 'rides', topicId: ZERO_UUID }]
    const silent = await client.send(Metadata, 8, { topics })
    expect(silent.clusterAuthorizedOperations).toBe(-2147483648)
    expect(silent.topics[0]?.topicAuthorizedOperations).toBe(-2147483648)
    const asked = await client.send(Metadata, 8, {
      topics,
      includeClusterAuthorizedOperations: true,
      includeTopicAuthorizedOperations: true,
    })
    expect(asked.topics[0]?.topicAuthorizedOperations).toBe(3576)
    expect(asked.clusterAuthorizedOperations).toBe(7584)
  })

  it('says the same at every node', async () => {
    const answers = await Promise.all(
      [1, 2, 3].map(async (node) => {
        const other = await broker.connect({ node })
        const answer = await other.send(Metadata, 9, { topics: null })
        other.close()
        return answer
      }),
    )
    expect(answers[1]).toEqual(answers[0])
    expect(answers[2]).toEqual(answers[0])
  })
})

it('a broker of one node leads and holds everything alone', async () => {
  const alone = await startTestBroker({ brokers: 1, first: { topics: [{ name: 't' }] } })
  const answer = await (await alone.connect()).send(Metadata, 9, { topics: null })
  await alone.close()
  expect(answer.brokers).toHaveLength(1)
  for (const partition of answer.topics[0]?.partitions ?? []) {
    expect(partition).toMatchObject({ leaderId: 1, replicaNodes: [1], isrNodes: [1] })
  }
})
