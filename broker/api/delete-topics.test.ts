import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { errorCode } from '../errors.ts'
import type { KafkaClient } from '../protocol/client.ts'
import { DeleteTopics } from '../protocol/messages/delete-topics.ts'
import { Fetch } from '../protocol/messages/fetch.ts'
import { OffsetCommit } from '../protocol/messages/offset-commit.ts'
import { OffsetFetch } from '../protocol/messages/offset-fetch.ts'
import { ZERO_UUID } from '../protocol/schema.ts'
import { startTestBroker, type TestBroker } from '../testing/test-broker.ts'

let broker: TestBroker
let client: KafkaClient

beforeAll(async () => {
  broker = await startTestBroker({ second: { topics: [{ name: 'other' }] } })
  client = await broker.connect()
})
afterAll(() => broker.close())

async function create(...names: readonly string[]) {
  const topics = broker.tenants.get(broker.first.id)?.topics
  if (topics === undefined) throw new Error('no tenant')
  await topics.create(
    names.map((name) => ({
      name,
      partitionCount: 1,
      replicationFactor: -1,
      assignments: [],
      config: {},
    })),
  )
  return topics
}

function byName(version: number, ...names: readonly string[]) {
  return client.send(DeleteTopics, version, { topicNames: names, timeoutMs: 30_000 })
}

function byTarget(...targets: readonly { name?: string; topicId?: string }[]) {
  const topics = targets.map(({ name = null, topicId = ZERO_UUID }) => ({ name, topicId }))
  return client.send(DeleteTopics, 6, { topics, timeoutMs: 30_000 })
}

describe('DeleteTopics', () => {
  it.each([1, 2, 3, 4, 5])('v%i deletes by name', async (version) => {
    const topics = await create('a', 'b')
    const { responses } = await byName(version, 'a', 'absent', 'other')
    expect(responses.map(({ name, errorCode: code }) => [name, code])).toEqual([
      ['a', 0],
      ['absent', errorCode('UNKNOWN_TOPIC_OR_PARTITION')],
      ['other', errorCode('UNKNOWN_TOPIC_OR_PARTITION')],
    ])
    expect([topics.byName('a'), topics.byName('b')?.name]).toEqual([undefined, 'b'])
    expect(broker.tenants.get(broker.second.id)?.topics.byName('other')).toBeDefined()
  })

  it('v6 deletes by name or by id, and answers with both', async () => {
    const topics = await create('by-name', 'by-id')
    const [byNameId, byIdId] = [topics.idOf('by-name') ?? '', topics.idOf('by-id') ?? '']
    const otherId = broker.tenants.get(broker.second.id)?.topics.idOf('other') ?? ''
    const { responses } = await byTarget(
      { name: 'by-name' },
      { topicId: byIdId },
      { topicId: otherId },
      { name: 'absent' },
    )
    expect(responses).toMatchObject([
      { name: 'by-name', topicId: byNameId, errorCode: 0, errorMessage: null },
      { name: 'by-id', topicId: byIdId, errorCode: 0 },
      { name: null, topicId: otherId, errorCode: errorCode('UNKNOWN_TOPIC_ID') },
      { name: 'absent', topicId: ZERO_UUID, errorCode: errorCode('UNKNOWN_TOPIC_OR_PARTITION') },
    ])
  })

  it('refuses what names a topic in both ways, in neither, or twice', async () => {
    const topics = await create('kept')
    const { responses } = await byTarget({ name: 'kept', topicId: topics.idOf('kept') ?? '' }, {})
    expect(responses.map(({ errorCode: code, errorMessage }) => [code, errorMessage])).toEqual([
      [errorCode('INVALID_REQUEST'), 'You may not specify both topic name and topic id.'],
      [errorCode('INVALID_REQUEST'), 'Neither topic name nor id were specified.'],
    ])
    const twice = await byTarget({ name: 'kept' }, { name: 'kept' })
    expect(twice.responses).toMatchObject([
      { name: 'kept', errorCode: errorCode('INVALID_REQUEST') },
    ])
    const topicId = topics.idOf('kept') ?? ''
    const inTwoWays = await byTarget({ name: 'kept' }, { topicId })
    expect(inTwoWays.responses).toMatchObject([
      { name: 'kept', errorCode: errorCode('INVALID_REQUEST') },
      { name: null, topicId, errorCode: errorCode('INVALID_REQUEST') },
    ])
    expect(topics.byName('kept')).toBeDefined()
  })

  it('wakes a parked fetch, and a fetch by the old id finds nothing', async () => {
    const topics = await create('parked')
    const topicId = topics.idOf('parked') ?? ''
    const node = topics.byName('parked')?.leaderOf(0) ?? 1
    const consumer = await broker.connect({ node })
    const fetch = () =>
      consumer.send(Fetch, 13, {
        maxWaitMs: 600_000,
        minBytes: 1,
        topics: [
          { topicId, partitions: [{ partition: 0, fetchOffset: 0, partitionMaxBytes: 1000 }] },
        ],
      })
    const parked = fetch()
    await byName(5, 'parked')
    const codeOf = async (answer: ReturnType<typeof fetch>) =>
      (await answer).responses[0]?.partitions[0]?.errorCode
    expect(await codeOf(parked)).toBeGreaterThan(0)
    await create('parked')
    expect(await codeOf(fetch())).toBe(errorCode('UNKNOWN_TOPIC_ID'))
  })

  it('takes the committed offsets with it: a new topic of the name starts anew', async () => {
    await create('committed')
    const partitions = [{ partitionIndex: 0, committedOffset: 0, committedMetadata: '' }]
    const committed = await client.send(OffsetCommit, 8, {
      groupId: 'g',
      memberId: '',
      topics: [{ name: 'committed', partitions }],
    })
    expect(committed.topics[0]?.partitions[0]?.errorCode).toBe(0)
    const fetchOffset = async () => {
      const topics = [{ name: 'committed', partitionIndexes: [0] }]
      const answer = await client.send(OffsetFetch, 7, { groupId: 'g', topics })
      return answer.topics[0]?.partitions[0]?.committedOffset
    }
    expect(await fetchOffset()).toBe(0)
    await byName(5, 'committed')
    await create('committed')
    expect(await fetchOffset()).toBe(-1)
  })
})
