import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { errorCode } from '../errors.ts'
import type { KafkaClient } from '../protocol/client.ts'
import { IncrementalAlterConfigs } from '../protocol/messages/incremental-alter-configs.ts'
import { startTestBroker, type TestBroker } from '../testing/test-broker.ts'

const TOPIC = 2
const [SET, DELETE, APPEND, SUBTRACT] = [0, 1, 2, 3]

type Change = readonly [operation: number | undefined, name: string, value: string | null]

let broker: TestBroker
let client: KafkaClient

beforeAll(async () => {
  broker = await startTestBroker({ first: { topics: [{ name: 't' }] } })
  client = await broker.connect()
})
beforeEach(async () => {
  await topics()?.alterConfig('t', () => ({ 'retention.ms': '1000', 'retention.bytes': '5' }))
})
afterAll(() => broker.close())

function topics() {
  return broker.tenants.get(broker.first.id)?.topics
}

async function alter(changes: readonly Change[], { version = 1, validateOnly = false } = {}) {
  const configs = changes.map(([configOperation = -1, name, value]) => ({
    configOperation,
    name,
    value,
  }))
  const resources = [{ resourceType: TOPIC, resourceName: 't', configs }]
  const { responses } = await client.send(IncrementalAlterConfigs, version, {
    resources,
    validateOnly,
  })
  expect(responses).toHaveLength(1)
  return [responses[0]?.errorCode, responses[0]?.errorMessage]
}

describe('IncrementalAlterConfigs', () => {
  it.each([0, 1])('v%i sets one config, unsets another and leaves the rest', async (version) => {
    const changes = [
      [SET, 'segment.ms', '14400000'],
      [DELETE, 'retention.ms', null],
      [DELETE, 'max.message.bytes', 'whatever'],
    ] as const
    expect(await alter(changes, { version })).toEqual([0, null])
    expect(topics()?.byName('t')?.config).toEqual({
      'retention.bytes': '5',
      'segment.ms': '14400000',
    })
  })

  it('extends and shortens lists', async () => {
    expect(await alter([[APPEND, 'cleanup.policy', 'delete']])).toEqual([0, null])
    expect(topics()?.byName('t')?.config['cleanup.policy']).toBe('delete')
    expect(await alter([[APPEND, 'cleanup.policy', 'compact']])).toEqual([0, null])
    expect(topics()?.byName('t')?.config['cleanup.policy']).toBe('delete,compact')
    expect(await alter([[SUBTRACT, 'cleanup.policy', 'delete']])).toEqual([0, null])
    // What comes out of it is checked like any other value.
    expect((await alter([[SUBTRACT, 'cleanup.policy', 'compact']]))[0]).toBe(
      errorCode('INVALID_CONFIG'),
    )
    expect((await alter([[APPEND, 'cleanup.policy', 'shred']]))[0]).toBe(
      errorCode('INVALID_CONFIG'),
    )
  })

  it.each([
    [[[SET, 'foo', '1']], 'INVALID_CONFIG', 'Unknown topic config name: foo'],
    [[[DELETE, 'foo', null]], 'INVALID_CONFIG', 'Unknown topic config name: foo'],
    [
      [[SET, 'preallocate', 'true']],
      'POLICY_VIOLATION',
      "Altering config property 'preallocate' is disallowed.",
    ],
    [
      [[SET, 'retention.ms', 'abc']],
      'INVALID_CONFIG',
      'Invalid value abc for configuration retention.ms: Not a number of type LONG',
    ],
    [
      [[SET, 'retention.ms', null]],
      'INVALID_REQUEST',
      'Null value not supported for : retention.ms',
    ],
    [
      [[APPEND, 'retention.ms', '1']],
      'INVALID_CONFIG',
      "Can't APPEND to key retention.ms because its type is not LIST.",
    ],
    [
      [[SUBTRACT, 'retention.ms', '1']],
      'INVALID_CONFIG',
      "Can't SUBTRACT to key retention.ms because its type is not LIST.",
    ],
    [[[9, 'retention.ms', '1']], 'INVALID_REQUEST', 'Unknown config operation 9'],
    [
      [
        [SET, 'retention.ms', '1'],
        [DELETE, 'retention.ms', null],
      ],
      'INVALID_REQUEST',
      'Error due to duplicate config keys',
    ],
  ] as const)('%j is refused whole', async (changes, error, message) => {
    const alongside = [SET, 'max.message.bytes', '1000'] as const
    expect(await alter([alongside, ...changes])).toEqual([errorCode(error), message])
    expect(topics()?.byName('t')?.config).toEqual({
      'retention.ms': '1000',
      'retention.bytes': '5',
    })
  })

  it('only checks where it is asked only to check', async () => {
    const check = { validateOnly: true }
    expect(await alter([[SET, 'retention.ms', '9']], check)).toEqual([0, null])
    expect((await alter([[SET, 'retention.ms', '-9']], check))[0]).toBe(errorCode('INVALID_CONFIG'))
    expect(topics()?.byName('t')?.config['retention.ms']).toBe('1000')
  })
})
