import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { errorCode } from '../errors.ts'
import type { KafkaClient } from '../protocol/client.ts'
import { DescribeConfigs } from '../protocol/messages/describe-configs.ts'
import { topicConfigs } from '../rules/topic-configs.ts'
import { startTestBroker, type TestBroker } from '../testing/test-broker.ts'

const TOPIC = 2
const BROKER = 4

let broker: TestBroker
let client: KafkaClient

beforeAll(async () => {
  const topics = [{ name: 'rides', config: { 'segment.bytes': '52428800' } }]
  broker = await startTestBroker({ first: { topics }, second: { topics: [{ name: 'other' }] } })
  client = await broker.connect()
})
afterAll(() => broker.close())

async function describeOne(
  resourceType: number,
  resourceName: string,
  {
    version = 4,
    keys = null as readonly string[] | null,
    synonyms = true,
    documentation = true,
  } = {},
) {
  const { results } = await client.send(DescribeConfigs, version, {
    resources: [{ resourceType, resourceName, configurationKeys: keys }],
    includeSynonyms: synonyms,
    includeDocumentation: documentation,
  })
  expect(results).toHaveLength(1)
  expect(results[0]).toMatchObject({ resourceType, resourceName })
  return results[0]
}

describe('DescribeConfigs of a topic', () => {
  it.each([1, 2, 3, 4])('v%i tells every config', async (version) => {
    const result = await describeOne(TOPIC, 'rides', { version })
    expect(result?.errorCode).toBe(0)
    expect(result?.configs.map(({ name }) => name)).toEqual(topicConfigs.map(({ name }) => name))
  })

  it('tells value, source, synonyms, type and meaning of what was set', async () => {
    const result = await describeOne(TOPIC, 'rides', { keys: ['segment.bytes'] })
    expect(result?.configs).toEqual([
      {
        name: 'segment.bytes',
        value: '52428800',
        readOnly: false,
        configSource: 1,
        isSensitive: false,
        synonyms: [
          { name: 'segment.bytes', value: '52428800', source: 1 },
          { name: 'log.segment.bytes', value: '104857600', source: 4 },
          { name: 'log.segment.bytes', value: '1073741824', source: 5 },
        ],
        configType: 3,
        documentation: expect.stringContaining('segment'),
      },
    ])
  })

  it('leaves out what was not asked for', async () => {
    const keys = ['retention.ms', 'nonsense', 'cleanup.policy']
    const result = await describeOne(TOPIC, 'rides', {
      keys,
      synonyms: false,
      documentation: false,
    })
    expect(result?.configs).toMatchObject([
      { name: 'cleanup.policy', value: 'delete', synonyms: [], documentation: null, configType: 7 },
      { name: 'retention.ms', value: '604800000', configSource: 5, configType: 5 },
    ])
    expect((await describeOne(TOPIC, 'rides', { keys: [] }))?.configs).toEqual([])
  })

  it('refuses topics that are not there and names that are none', async () => {
    for (const name of ['absent', 'other']) {
      expect(await describeOne(TOPIC, name)).toMatchObject({
        errorCode: errorCode('UNKNOWN_TOPIC_OR_PARTITION'),
        configs: [],
      })
    }
    expect(await describeOne(TOPIC, 'a b')).toMatchObject({
      errorCode: errorCode('INVALID_TOPIC_EXCEPTION'),
    })
    expect(await describeOne(77, 'x')).toMatchObject({ errorCode: errorCode('INVALID_REQUEST') })
  })
})

describe('DescribeConfigs of a node', () => {
  it('tells what tools look for, whichever node is named', async () => {
    for (const name of ['1', '2', '3', '']) {
      const result = await describeOne(BROKER, name)
      const values = new Map(result?.configs.map((config) => [config.name, config.value]))
      expect(Object.fromEntries(values)).toMatchObject({
        'num.partitions': '6',
        'default.replication.factor': '3',
        'auto.create.topics.enable': 'false',
        'log.retention.ms': '604800000',
        'message.max.bytes': '2097164',
        'min.insync.replicas': '2',
        'offsets.retention.minutes': '10080',
      })
      expect(values.size).toBe(result?.configs.length)
      expect(result?.configs.every(({ readOnly }) => readOnly)).toBe(true)
    }
  })

  it('refuses a node that is not there', async () => {
    expect(await describeOne(BROKER, '4')).toMatchObject({
      errorCode: errorCode('INVALID_REQUEST'),
      errorMessage: 'Unexpected broker id, expected 1 or empty string, but received 4',
    })
    expect(await describeOne(BROKER, 'one')).toMatchObject({
      errorCode: errorCode('INVALID_REQUEST'),
      errorMessage: 'Broker id must be an integer, but it is: one',
    })
  })
})

it.each([
  ['a logger', 8, '1'],
  ['client metrics', 16, 'every-minute'],
  ['a group', 32, 'readers'],
])('DescribeConfigs of %s tells that there are none', async (_what, type, name) => {
  expect(await describeOne(type, name)).toMatchObject({ errorCode: 0, configs: [] })
})

it('DescribeConfigs refuses a kind of resource that Kafka does not have', async () => {
  expect(await describeOne(3, 'x')).toMatchObject({
    errorCode: errorCode('INVALID_REQUEST'),
    errorMessage: 'Unsupported resource type: 3',
  })
})

describe('DescribeConfigs of the same resource over and over', () => {
  it('answers once for each way in which it was asked', async () => {
    const all = { resourceType: TOPIC, resourceName: 'rides', configurationKeys: null }
    const some = { ...all, configurationKeys: ['retention.ms'] }
    const resources = Array.from({ length: 50_000 }, (_, i) => (i % 2 === 0 ? all : some))
    const { results } = await client.send(DescribeConfigs, 4, { resources })
    expect(results.map(({ configs }) => configs.length)).toEqual([topicConfigs.length, 1])
  })
})
