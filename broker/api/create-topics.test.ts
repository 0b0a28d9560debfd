import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { errorCode } from '../errors.ts'
import type { KafkaClient } from '../protocol/client.ts'
import { CreateTopics } from '../protocol/messages/create-topics.ts'
import { Metadata } from '../protocol/messages/metadata.ts'
import { type RequestToSend, ZERO_UUID } from '../protocol/schema.ts'
import { startTestBroker, type TestBroker } from '../testing/test-broker.ts'

type Asked = RequestToSend<typeof CreateTopics>['topics'][number]

let broker: TestBroker
let client: KafkaClient

beforeAll(async () => {
  broker = await startTestBroker()
  client = await broker.connect()
})
afterAll(() => broker.close())

function topic(name: string, rest: Partial<Asked> = {}): Asked {
  return { name, numPartitions: 1, replicationFactor: 3, assignments: [], configs: [], ...rest }
}

function create(version: number, topics: readonly Asked[], validateOnly = false) {
  return client.send(CreateTopics, version, { topics, validateOnly })
}

describe('CreateTopics', () => {
  it.each([2, 3, 4, 5, 6, 7])(
    'v%i creates a topic that Metadata knows at once',
    async (version) => {
      const name = `created-by-v${version}`
      const configs = [{ name: 'retention.ms', value: '-1' }]
      const { topics } = await create(version, [topic(name, { numPartitions: 2, configs })])
      expect(topics).toMatchObject([{ name, errorCode: 0, errorMessage: null }])
      const known = await client.send(Metadata, 12, { topics: [{ topicId: ZERO_UUID, name }] })
      expect(known.topics[0]?.partitions).toHaveLength(2)
      if (version >= 7) expect(topics[0]?.topicId).toBe(known.topics[0]?.topicId)
      if (version >= 5) {
        expect(topics[0]).toMatchObject({ numPartitions: 2, replicationFactor: 3 })
        expect(topics[0]?.configs).toContainEqual({
          name: 'retention.ms',
          value: '-1',
          readOnly: false,
          configSource: 1,
          isSensitive: false,
        })
        expect(topics[0]?.configs).toContainEqual({
          name: 'compression.type',
          value: 'producer',
          readOnly: true,
          configSource: 5,
          isSensitive: false,
        })
      }
    },
  )

  it('takes the defaults where the client leaves it to the broker', async () => {
    const { topics } = await create(7, [
      topic('defaults', { numPartitions: -1, replicationFactor: -1 }),
    ])
    expect(topics).toMatchObject([{ errorCode: 0, numPartitions: 6, replicationFactor: 3 }])
  })

  it('answers each topic of a request for itself', async () => {
    const { topics } = await create(7, [
      topic('good'),
      topic('bad name'),
      topic('good-too'),
      topic('refused', { configs: [{ name: 'preallocate', value: 'true' }] }),
    ])
    expect(topics.map((answer) => [answer.name, answer.errorCode, answer.errorMessage])).toEqual([
      ['good', 0, null],
      [
        'bad name',
        errorCode('INVALID_TOPIC_EXCEPTION'),
        "Topic name is invalid: 'bad name' contains one or more characters other than ASCII alphanumerics, '.', '_' and '-'",
      ],
      ['good-too', 0, null],
      [
        'refused',
        errorCode('POLICY_VIOLATION'),
        "Altering config property 'preallocate' is disallowed.",
      ],
    ])
    expect(topics[1]).toMatchObject({
      topicId: ZERO_UUID,
      numPartitions: -1,
      replicationFactor: -1,
      configs: null,
    })
  })

  it('refuses a name that stands twice in a request, once, and creates neither', async () => {
    const { topics } = await create(7, [topic('twice'), topic('once'), topic('twice')])
    expect(topics).toMatchObject([
      { name: 'once', errorCode: 0 },
      {
        name: 'twice',
        errorCode: errorCode('INVALID_REQUEST'),
        errorMessage: 'Duplicate topic name.',
      },
    ])
    expect(broker.tenants.get(broker.first.id)?.topics.byName('twice')).toBeUndefined()
  })

  it('only checks where it is asked only to check', async () => {
    const { topics } = await create(7, [topic('checked', { numPartitions: 4 })], true)
    expect(topics).toMatchObject([{ errorCode: 0, numPartitions: 4, topicId: ZERO_UUID }])
    expect(topics[0]?.configs?.length).toBeGreaterThan(20)
    expect(broker.tenants.get(broker.first.id)?.topics.byName('checked')).toBeUndefined()
  })

  it('lets two tenants use one name', async () => {
    const other = await broker.connect({ cluster: broker.second })
    const request = { topics: [topic('shared')] }
    const ours = await client.send(CreateTopics, 7, request)
    const theirs = await other.send(CreateTopics, 7, request)
    expect([ours.topics[0]?.errorCode, theirs.topics[0]?.errorCode]).toEqual([0, 0])
    expect(ours.topics[0]?.topicId).not.toBe(theirs.topics[0]?.topicId)
    expect((await client.send(CreateTopics, 7, request)).topics).toMatchObject([
      {
        errorCode: errorCode('TOPIC_ALREADY_EXISTS'),
        errorMessage: "Topic 'shared' already exists.",
      },
    ])
  })

  it('refuses a number of partitions that no machine could hold, and goes on', async () => {
    const { topics } = await create(7, [topic('huge', { numPartitions: 2_147_483_647 })])
    expect(topics).toMatchObject([{ errorCode: errorCode('POLICY_VIOLATION') }])
    expect((await create(7, [topic('after-huge')])).topics).toMatchObject([{ errorCode: 0 }])
  })

  it('takes a config named like a part of the language for an unknown config', async () => {
    const configs = [{ name: '__proto__', value: '1' }]
    expect((await create(7, [topic('proto', { configs })])).topics).toMatchObject([
      {
        errorCode: errorCode('INVALID_CONFIG'),
        errorMessage: 'Unknown topic config name: __proto__',
      },
    ])
  })
})
