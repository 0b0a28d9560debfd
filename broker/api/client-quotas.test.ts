import { afterAll, beforeAll, expect, it } from 'vitest'
import { errorCode, type KafkaErrorName } from '../errors.ts'
import type { KafkaClient } from '../protocol/client.ts'
import { AlterClientQuotas } from '../protocol/messages/alter-client-quotas.ts'
import { DescribeClientQuotas } from '../protocol/messages/describe-client-quotas.ts'
import { startTestBroker, type TestBroker } from '../testing/test-broker.ts'

let broker: TestBroker
let client: KafkaClient

beforeAll(async () => {
  broker = await startTestBroker()
  client = await broker.connect()
})
afterAll(() => broker.close())

type Component = readonly [type: string, matchType: number, match: string | null]

function describe(components: readonly Component[], version = 1) {
  return client.send(DescribeClientQuotas, version, {
    components: components.map(([entityType, matchType, match]) => ({
      entityType,
      matchType,
      match,
    })),
    strict: false,
  })
}

it.each<Component[][]>([
  [[]],
  [[['user', 2, null]]],
  [
    [
      ['user', 0, 'me'],
      ['client-id', 1, null],
    ],
  ],
  [[['ip', 0, '127.0.0.1']]],
])('finds no quota by %j', async (components) => {
  for (const version of [0, 1]) {
    const answer = await describe(components, version)
    expect(answer).toMatchObject({ errorCode: 0, errorMessage: null, entries: [] })
  }
})

it.each<[KafkaErrorName, Component[]]>([
  ['INVALID_REQUEST', [['', 2, null]]],
  ['UNSUPPORTED_VERSION', [['planet', 2, null]]],
  ['INVALID_REQUEST', [['user', 3, null]]],
  ['INVALID_REQUEST', [['user', 0, null]]],
  ['INVALID_REQUEST', [['user', 1, 'me']]],
  [
    'INVALID_REQUEST',
    [
      ['user', 2, null],
      ['user', 2, null],
    ],
  ],
  [
    'INVALID_REQUEST',
    [
      ['user', 2, null],
      ['ip', 2, null],
    ],
  ],
])('answers %s to the filter %j', async (error, components) => {
  expect(await describe(components)).toMatchObject({ errorCode: errorCode(error), entries: null })
})

async function alter(types: readonly string[], key: string, remove: boolean) {
  const entity = types.map((entityType) => ({ entityType, entityName: null }))
  const answer = await client.send(AlterClientQuotas, 1, {
    entries: [{ entity, ops: [{ key, value: 1024.5, remove }] }],
    validateOnly: false,
  })
  expect(answer.entries[0]?.entity).toEqual(entity)
  return answer.entries[0]
}

it('refuses to set a quota, which it would not enforce, in a sentence that names it', async () => {
  expect(await alter(['user', 'client-id'], 'producer_byte_rate', false)).toMatchObject({
    errorCode: errorCode('POLICY_VIOLATION'),
    errorMessage: 'This cluster enforces no quotas, so producer_byte_rate cannot be set.',
  })
})

it('grants removing a quota, of which there is none', async () => {
  const granted = { errorCode: 0, errorMessage: null }
  expect(await alter(['user'], 'consumer_byte_rate', true)).toMatchObject(granted)
  expect(await alter(['ip'], 'connection_creation_rate', true)).toMatchObject(granted)
})

it.each<[string[], string]>([
  [[], 'producer_byte_rate'],
  [['planet'], 'producer_byte_rate'],
  [['user', 'user'], 'producer_byte_rate'],
  [['user', 'ip'], 'connection_creation_rate'],
  [['user'], 'connection_creation_rate'],
  [['ip'], 'toString'],
])('answers INVALID_REQUEST for %j with %s', async (types, key) => {
  expect(await alter(types, key, true)).toMatchObject({ errorCode: errorCode('INVALID_REQUEST') })
})
