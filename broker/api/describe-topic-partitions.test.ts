import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { errorCode } from '../errors.ts'
import type { KafkaClient } from '../protocol/client.ts'
import { DescribeTopicPartitions } from '../protocol/messages/describe-topic-partitions.ts'
import { startTestBroker, type TestBroker } from '../testing/test-broker.ts'

interface Cursor {
  readonly topicName: string
  readonly partitionIndex: number
}

let broker: TestBroker
let client: KafkaClient

beforeAll(async () => {
  const topics = [
    { name: 'c', partitions: 3 },
    { name: 'a', partitions: 4 },
    { name: 'b', partitions: 1 },
  ]
  broker = await startTestBroker({ first: { topics }, second: { topics: [{ name: 'other' }] } })
  client = await broker.connect()
})
afterAll(() => broker.close())

/** The answer as `name: error, partitions`. */
async function ask(names: readonly string[], limit: number, cursor: Cursor | null = null) {
  const { topics, nextCursor } = await client.send(DescribeTopicPartitions, 0, {
    topics: names.map((name) => ({ name })),
    responsePartitionLimit: limit,
    cursor,
  })
  const lines = topics.map(({ name, errorCode: code, partitions }) =>
    code === 0 ? `${name} ${partitions.map((p) => p.partitionIndex).join('')}` : `${name} !${code}`,
  )
  return { lines, nextCursor, topics }
}

describe('DescribeTopicPartitions', () => {
  it('tells the topics asked for, or all, in the order of their names', async () => {
    const all = { lines: ['a 0123', 'b 0', 'c 012'], nextCursor: null }
    expect(await ask([], 2000)).toMatchObject(all)
    expect(await ask(['c', 'a', 'b', 'a'], 2000)).toMatchObject(all)
    expect(await ask(['b'], 2000)).toMatchObject({ lines: ['b 0'], nextCursor: null })
  })

  it('tells leaders, replicas, ids and operations', async () => {
    const { topics } = await ask(['a'], 2000)
    const topic = broker.tenants.get(broker.first.id)?.topics.byName('a')
    expect(topics[0]).toMatchObject({ topicId: topic?.id, topicAuthorizedOperations: 3576 })
    expect(topics[0]?.partitions[1]).toEqual({
      errorCode: 0,
      partitionIndex: 1,
      leaderId: topic?.leaderOf(1),
      leaderEpoch: 0,
      replicaNodes: topic?.replicasOf(1),
      isrNodes: topic?.replicasOf(1),
      eligibleLeaderReplicas: [],
      lastKnownElr: [],
      offlineReplicas: [],
    })
  })

  it.each([1, 2, 3, 4, 5, 7, 8])('gives everything in pages of %i partitions', async (limit) => {
    const seen: string[] = []
    let cursor: Cursor | null = null
    do {
      const page: Awaited<ReturnType<typeof ask>> = await ask([], limit, cursor)
      const partitions = page.topics.flatMap(({ name, partitions }) =>
        partitions.map(({ partitionIndex }) => `${name}${partitionIndex}`),
      )
      expect(partitions.length).toBeGreaterThan(0)
      expect(partitions.length).toBeLessThanOrEqual(limit)
      seen.push(...partitions)
      cursor = page.nextCursor
    } while (cursor !== null)
    expect(seen).toEqual(['a0', 'a1', 'a2', 'a3', 'b0', 'c0', 'c1', 'c2'])
  })

  it('gives at least one partition, whatever the limit', async () => {
    for (const limit of [0, -5]) {
      expect(await ask([], limit)).toMatchObject({
        lines: ['a 0'],
        nextCursor: { topicName: 'a', partitionIndex: 1 },
      })
    }
  })

  it('goes on after a topic that has been deleted meanwhile', async () => {
    const cursor = { topicName: 'aa', partitionIndex: 3 }
    expect(await ask([], 2000, cursor)).toMatchObject({ lines: ['b 0', 'c 012'] })
  })

  it('says which topics are not there', async () => {
    expect((await ask(['absent', 'other', 'a b', 'b'], 2000)).lines).toEqual([
      `a b !${errorCode('INVALID_TOPIC_EXCEPTION')}`,
      `absent !${errorCode('UNKNOWN_TOPIC_OR_PARTITION')}`,
      'b 0',
      `other !${errorCode('UNKNOWN_TOPIC_OR_PARTITION')}`,
    ])
  })

  it('refuses a cursor that points before the first partition', async () => {
    const { lines } = await ask(['a'], 2000, { topicName: 'a', partitionIndex: -1 })
    expect(lines).toEqual([`a !${errorCode('INVALID_REQUEST')}`])
  })
})
