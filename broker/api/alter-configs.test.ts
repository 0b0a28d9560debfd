import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { errorCode } from '../errors.ts'
import type { KafkaClient } from '../protocol/client.ts'
import { AlterConfigs } from '../protocol/messages/alter-configs.ts'
import { DescribeConfigs } from '../protocol/messages/describe-configs.ts'
import { startTestBroker, type TestBroker } from '../testing/test-broker.ts'

const TOPIC = 2
const BROKER = 4

let broker: TestBroker
let client: KafkaClient

beforeAll(async () => {
  broker = await startTestBroker({
    first: { topics: [{ name: 't', config: { 'retention.bytes': '5' } }] },
    second: { topics: [{ name: 'other' }] },
  })
  client = await broker.connect()
})
afterAll(() => broker.close())

function resource(
  resourceName: string,
  configs: Readonly<Record<string, string | null>>,
  type = TOPIC,
) {
  return {
    resourceType: type,
    resourceName,
    configs: Object.entries(configs).map(([name, value]) => ({ name, value })),
  }
}

function alter(
  resources: readonly ReturnType<typeof resource>[],
  { version = 2, validateOnly = false } = {},
) {
  return client.send(AlterConfigs, version, { resources, validateOnly })
}

function configOf(name: string) {
  return broker.tenants.get(broker.first.id)?.topics.byName(name)?.config
}

describe('AlterConfigs', () => {
  it.each([0, 1, 2])('v%i replaces everything that is set', async (version) => {
    const value = String(1000 + version)
    const { responses } = await alter([resource('t', { 'retention.ms': value })], { version })
    expect(responses).toEqual([
      { errorCode: 0, errorMessage: null, resourceType: TOPIC, resourceName: 't' },
    ])
    expect(configOf('t')).toEqual({ 'retention.ms': value })
  })

  it('takes back everything that DescribeConfigs told', async () => {
    const { results } = await client.send(DescribeConfigs, 1, {
      resources: [{ resourceType: TOPIC, resourceName: 't', configurationKeys: null }],
    })
    const told = Object.fromEntries(
      results[0]?.configs.map(({ name, value }) => [name, value]) ?? [],
    )
    const { responses } = await alter([resource('t', { ...told, 'retention.ms': '77' })])
    expect(responses).toMatchObject([{ errorCode: 0, errorMessage: null }])
    expect(configOf('t')).toMatchObject({ 'retention.ms': '77', 'cleanup.policy': 'delete' })
    expect(configOf('t')).not.toHaveProperty('preallocate')
  })

  it('changes nothing where a value is refused, or where it is only to check', async () => {
    await alter([resource('t', { 'retention.ms': '1' })])
    const refused = await alter([resource('t', { 'retention.ms': '2', 'segment.bytes': '1' })])
    expect(refused.responses).toMatchObject([
      {
        errorCode: errorCode('POLICY_VIOLATION'),
        errorMessage:
          "Config property 'segment.bytes' with value '1' exceeded min limit of 52428800.",
      },
    ])
    await alter([resource('t', { 'retention.ms': '3' })], { validateOnly: true })
    expect(configOf('t')).toEqual({ 'retention.ms': '1' })
  })

  it('answers for each resource', async () => {
    const { responses } = await alter([
      resource('other', { 'retention.ms': '1' }),
      resource('t', { foo: '1' }),
      resource('1', { 'log.retention.ms': '1' }, BROKER),
      resource('readers', { 'consumer.session.timeout.ms': '1' }, 32),
      resource('x', { a: '1' }, 77),
    ])
    expect(responses.map(({ errorCode: code, errorMessage }) => [code, errorMessage])).toEqual([
      [errorCode('UNKNOWN_TOPIC_OR_PARTITION'), expect.any(String)],
      [errorCode('INVALID_CONFIG'), 'Unknown topic config name: foo'],
      [errorCode('POLICY_VIOLATION'), "Altering config property 'log.retention.ms' is disallowed."],
      [
        errorCode('POLICY_VIOLATION'),
        "Altering config property 'consumer.session.timeout.ms' is disallowed.",
      ],
      [errorCode('INVALID_REQUEST'), 'Unsupported resource type: 77'],
    ])
  })

  it('refuses a value that is missing, and a resource that stands twice', async () => {
    const missing = await alter([resource('t', { 'retention.ms': null })])
    expect(missing.responses).toMatchObject([
      {
        errorCode: errorCode('INVALID_CONFIG'),
        errorMessage: 'Null value not supported for topic configs : retention.ms',
      },
    ])
    const twice = await alter([resource('t', {}), resource('t', { 'retention.ms': '9' })])
    expect(twice.responses).toMatchObject([
      { errorCode: errorCode('INVALID_REQUEST'), resourceName: 't' },
    ])
  })
})
