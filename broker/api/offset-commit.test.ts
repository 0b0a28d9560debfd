import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { errorCode } from '../errors.ts'
import type { KafkaClient } from '../protocol/client.ts'
import { DeleteTopics } from '../protocol/messages/delete-topics.ts'
import { OffsetCommit } from '../protocol/messages/offset-commit.ts'
import { OffsetDelete } from '../protocol/messages/offset-delete.ts'
import { OffsetFetch } from '../protocol/messages/offset-fetch.ts'
import { becomeStable } from '../testing/group-member.ts'
import { startTestBroker, type TestBroker } from '../testing/test-broker.ts'

let broker: TestBroker
let client: KafkaClient

beforeAll(async () => {
  const topics = ['orders', 'rides', 'doomed'].map((name) => ({ name, partitions: 4 }))
  broker = await startTestBroker({ first: { topics } })
  client = await broker.connect()
})
afterAll(() => broker.close())

const NO_MEMBER = { memberId: '', generationIdOrMemberEpoch: -1 }

function partition(partitionIndex: number, committedOffset: number) {
  return {
    partitionIndex,
    committedOffset,
    committedLeaderEpoch: 0,
    committedMetadata: `at ${committedOffset}`,
  }
}

function commit(version: number, groupId: string, committedOffset: number, name = 'orders') {
  const partitions = [partition(0, committedOffset)]
  return client.send(OffsetCommit, version, {
    groupId,
    ...NO_MEMBER,
    topics: [{ name, partitions }],
  })
}

describe('OffsetCommit and OffsetFetch', () => {
  it.each([2, 3, 4, 5, 6, 7, 8, 9])('v%i commits what every OffsetFetch finds', async (version) => {
    const groupId = `committed-v${version}`
    const answer = await commit(version, groupId, 42)
    expect(answer.topics).toEqual([
      { name: 'orders', partitions: [{ partitionIndex: 0, errorCode: 0 }] },
    ])
    const asked = [{ name: 'orders', partitionIndexes: [0, 1] }]
    const found = { committedOffset: 42, metadata: 'at 42', errorCode: 0 }
    const nothing = { committedOffset: -1, metadata: '', errorCode: 0 }
    for (const fetchVersion of [1, 2, 3, 4, 5, 6, 7]) {
      const { topics } = await client.send(OffsetFetch, fetchVersion, { groupId, topics: asked })
      expect(topics[0]).toMatchObject({ name: 'orders', partitions: [found, nothing] })
      const epochs = topics[0]?.partitions.map((each) => each.committedLeaderEpoch)
      expect(epochs).toEqual(fetchVersion >= 5 && version >= 6 ? [0, -1] : [-1, -1])
    }
    for (const fetchVersion of [8, 9]) {
      const { groups } = await client.send(OffsetFetch, fetchVersion, {
        groups: [
          { groupId, topics: asked },
          { groupId: 'another', topics: asked },
        ],
        requireStable: true,
      })
      expect(groups).toMatchObject([
        { groupId, errorCode: 0, topics: [{ partitions: [found, nothing] }] },
        { groupId: 'another', errorCode: 0, topics: [{ partitions: [nothing, nothing] }] },
      ])
    }
  })

  it('fetches everything that a group has where no topics are named', async () => {
    await commit(8, 'all', 1)
    await commit(8, 'all', 2, 'rides')
    const { topics } = await client.send(OffsetFetch, 7, { groupId: 'all', topics: null })
    expect(topics.map(({ name }) => name)).toEqual(['orders', 'rides'])
    const { groups } = await client.send(OffsetFetch, 9, {
      groups: [
        { groupId: 'all', topics: null },
        { groupId: 'none', topics: null },
        { groupId: 'all', topics: [] },
      ],
    })
    expect(groups.map((group) => group.topics.length)).toEqual([2, 0, 0])
  })

  it('answers each partition by itself', async () => {
    const tooLong = { ...partition(2, 1), committedMetadata: 'x'.repeat(4097) }
    const { topics } = await client.send(OffsetCommit, 9, {
      groupId: 'each',
      ...NO_MEMBER,
      topics: [
        { name: 'none', partitions: [partition(0, 1)] },
        { name: 'orders', partitions: [partition(1, 1), tooLong, partition(4, 1)] },
        { name: 'rides', partitions: [{ ...partition(0, 1), committedMetadata: null }] },
      ],
    })
    expect(topics.map((topic) => topic.partitions.map((each) => each.errorCode))).toEqual([
      [errorCode('UNKNOWN_TOPIC_OR_PARTITION')],
      [0, errorCode('OFFSET_METADATA_TOO_LARGE'), errorCode('UNKNOWN_TOPIC_OR_PARTITION')],
      [0],
    ])
  })

  it('takes commits of members in their generation only', async () => {
    const { memberId } = await becomeStable(client, 'members')
    const topics = [{ name: 'orders', partitions: [partition(0, 7)] }]
    const errorOf = async (
      version: number,
      groupId: string,
      generation: number,
      member: string,
    ) => {
      const answer = await client.send(OffsetCommit, version, {
        groupId,
        memberId: member,
        generationIdOrMemberEpoch: generation,
        topics,
      })
      return answer.topics[0]?.partitions[0]?.errorCode
    }
    expect(await errorOf(9, 'members', 1, memberId)).toBe(0)
    expect(await errorOf(9, 'members', 0, memberId)).toBe(errorCode('ILLEGAL_GENERATION'))
    expect(await errorOf(9, 'members', 1, 'nobody')).toBe(errorCode('UNKNOWN_MEMBER_ID'))
    expect(await errorOf(9, 'members', -1, '')).toBe(errorCode('UNKNOWN_MEMBER_ID'))
    expect(await errorOf(9, 'unknown', 1, memberId)).toBe(errorCode('GROUP_ID_NOT_FOUND'))
    expect(await errorOf(8, 'unknown', 1, memberId)).toBe(errorCode('ILLEGAL_GENERATION'))
  })

  it('starts anew with a topic that was deleted and made again', async () => {
    await commit(9, 'anew', 5, 'doomed')
    await client.send(DeleteTopics, 5, { topicNames: ['doomed'], timeoutMs: 1_000 })
    const { topics } = await client.send(OffsetFetch, 7, { groupId: 'anew', topics: null })
    expect(topics).toEqual([])
  })
})

describe('OffsetDelete', () => {
  it('deletes what nobody reads', async () => {
    const groupId = 'deletes'
    await commit(9, groupId, 1)
    await commit(9, groupId, 2, 'rides')
    await becomeStable(client, groupId)
    const answer = await client.send(OffsetDelete, 0, {
      groupId,
      topics: ['orders', 'rides', 'none'].map((name) => ({
        name,
        partitions: [{ partitionIndex: 0 }],
      })),
    })
    expect(answer.errorCode).toBe(0)
    expect(answer.topics.map((topic) => topic.partitions[0]?.errorCode)).toEqual([
      errorCode('GROUP_SUBSCRIBED_TO_TOPIC'),
      0,
      errorCode('UNKNOWN_TOPIC_OR_PARTITION'),
    ])
    const { topics } = await client.send(OffsetFetch, 7, { groupId, topics: null })
    expect(topics.map(({ name }) => name)).toEqual(['orders'])
  })

  it('knows no group, and leaves groups with other members alone', async () => {
    const topics = [{ name: 'orders', partitions: [{ partitionIndex: 0 }] }]
    const unknown = await client.send(OffsetDelete, 0, { groupId: 'none', topics })
    expect(unknown).toMatchObject({ errorCode: errorCode('GROUP_ID_NOT_FOUND'), topics: [] })
    await becomeStable(client, 'workers', { protocolType: 'connect' })
    const busy = await client.send(OffsetDelete, 0, { groupId: 'workers', topics })
    expect(busy.errorCode).toBe(errorCode('NON_EMPTY_GROUP'))
  })
})

describe('OffsetFetch of the same offset over and over', () => {
  it('answers once', async () => {
    await commit(9, 'repeated', 42)
    const topic = { name: 'orders', partitionIndexes: new Array<number>(50_000).fill(0) }
    const { topics } = await client.send(OffsetFetch, 7, {
      groupId: 'repeated',
      topics: [topic, topic, { name: 'orders', partitionIndexes: [1] }],
    })
    expect(topics).toMatchObject([
      { name: 'orders', partitions: [{ committedOffset: 42 }, { committedOffset: -1 }] },
    ])
    const { groups } = await client.send(OffsetFetch, 9, {
      groups: Array.from({ length: 50_000 }, (_, i) => ({
        groupId: 'repeated',
        memberId: `member ${i}`,
        topics: null,
      })),
    })
    expect(groups).toMatchObject([{ topics: [{ partitions: [{ committedOffset: 42 }] }] }])
  })
})
