import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { errorCode } from '../errors.ts'
import type { KafkaClient } from '../protocol/client.ts'
import { CreatePartitions } from '../protocol/messages/create-partitions.ts'
import { Metadata } from '../protocol/messages/metadata.ts'
import type { RequestToSend } from '../protocol/schema.ts'
import { startTestBroker, type TestBroker } from '../testing/test-broker.ts'

type Asked = RequestToSend<typeof CreatePartitions>['topics'][number]

let broker: TestBroker
let client: KafkaClient

beforeAll(async () => {
  const names = ['v0', 'v1', 'v2', 'v3', 't', 'u']
  broker = await startTestBroker({
    first: { topics: names.map((name) => ({ name, partitions: 2 })) },
    second: { topics: [{ name: 'other' }] },
  })
  client = await broker.connect()
})
afterAll(() => broker.close())

function grow(version: number, topics: readonly Asked[], validateOnly = false) {
  return client.send(CreatePartitions, version, { topics, timeoutMs: 30_000, validateOnly })
}

async function partitionsOf(name: string): Promise<number> {
  const { topics } = await client.send(Metadata, 4, { topics: [{ topicId: '', name }] })
  return topics[0]?.partitions.length ?? 0
}

describe('CreatePartitions', () => {
  it.each([0, 1, 2, 3])('v%i adds partitions that clients see at once', async (version) => {
    const name = `v${version}`
    const { results } = await grow(version, [{ name, count: 5, assignments: null }])
    expect(results).toMatchObject([{ name, errorCode: 0, errorMessage: null }])
    expect(await partitionsOf(name)).toBe(5)
  })

  it('answers for every topic of a request', async () => {
    const { results } = await grow(3, [
      { name: 'other', count: 9, assignments: null },
      { name: 't', count: 2, assignments: null },
      { name: 't', count: 3, assignments: null },
      { name: 'u', count: 1, assignments: null },
      { name: 'absent', count: 3, assignments: null },
    ])
    expect(
      results.map(({ name, errorCode: code, errorMessage }) => [name, code, errorMessage]),
    ).toEqual([
      ['other', errorCode('UNKNOWN_TOPIC_OR_PARTITION'), expect.any(String)],
      [
        'u',
        errorCode('INVALID_PARTITIONS'),
        'Topic currently has 2 partitions, which is higher than the requested 1.',
      ],
      ['absent', errorCode('UNKNOWN_TOPIC_OR_PARTITION'), expect.any(String)],
      ['t', errorCode('INVALID_REQUEST'), 'Duplicate topic name.'],
    ])
    expect(await partitionsOf('t')).toBe(2)
  })

  it('checks manual assignments of the new partitions', async () => {
    const assignments = [{ brokerIds: [1, 2, 3] }, { brokerIds: [1, 2, 9] }]
    const refused = await grow(3, [{ name: 'u', count: 4, assignments }])
    expect(refused.results[0]?.errorCode).toBe(errorCode('INVALID_REPLICA_ASSIGNMENT'))
    const sound = [{ brokerIds: [1, 2, 3] }]
    expect((await grow(3, [{ name: 'u', count: 3, assignments: sound }])).results).toMatchObject([
      { errorCode: 0 },
    ])
  })

  it('only checks where it is asked only to check', async () => {
    const { results } = await grow(3, [{ name: 't', count: 4, assignments: null }], true)
    expect(results).toMatchObject([{ name: 't', errorCode: 0 }])
    expect(await partitionsOf('t')).toBe(2)
  })

  it('keeps to the limit of the cluster, in its words', async () => {
    const { results } = await grow(3, [{ name: 't', count: 9999, assignments: null }])
    expect(results[0]).toMatchObject({
      errorCode: errorCode('POLICY_VIOLATION'),
      errorMessage: expect.stringMatching(/^You may not create more than \d+ new partitions\./),
    })
  })
})
