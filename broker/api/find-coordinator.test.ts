import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { errorCode } from '../errors.ts'
import type { KafkaClient } from '../protocol/client.ts'
import { FindCoordinator } from '../protocol/messages/find-coordinator.ts'
import { startTestBroker, type TestBroker } from '../testing/test-broker.ts'

let broker: TestBroker
let client: KafkaClient

beforeAll(async () => {
  broker = await startTestBroker()
  client = await broker.connect()
})
afterAll(() => broker.close())

const TRANSACTION = 1
const keys = Array.from({ length: 60 }, (_, index) => `group-${index}`)

async function find(coordinatorKeys: readonly string[], from = client) {
  const answer = await from.send(FindCoordinator, 6, { keyType: 0, coordinatorKeys })
  return answer.coordinators
}

describe('FindCoordinator', () => {
  it('spreads groups over the nodes, the same way wherever it is asked', async () => {
    const found = await find(keys)
    expect(found.map(({ key }) => key)).toEqual(keys)
    for (const node of [1, 2, 3]) {
      const here = found.filter(({ nodeId }) => nodeId === node)
      expect(here.length).toBeGreaterThan(8)
      expect(here.every(({ port }) => port === broker.ports[node - 1])).toBe(true)
    }
    const elsewhere = await find(keys, await broker.connect({ node: 3 }))
    expect(elsewhere.map(({ nodeId }) => nodeId)).toEqual(found.map(({ nodeId }) => nodeId))
  })

  it.each([0, 1, 2, 3])('v%i answers for one group', async (version) => {
    const [expected] = await find(['group-7'])
    const answer = await client.send(FindCoordinator, version, { key: 'group-7' })
    expect(answer).toMatchObject({
      errorCode: 0,
      nodeId: expected?.nodeId,
      host: expected?.host,
      port: expected?.port,
    })
  })

  it.each([4, 5, 6])('v%i answers for many groups', async (version) => {
    const coordinatorKeys = ['a', 'b', '']
    const { coordinators } = await client.send(FindCoordinator, version, {
      keyType: 0,
      coordinatorKeys,
    })
    expect(coordinators.map(({ key, errorCode }) => [key, errorCode])).toEqual(
      coordinatorKeys.map((key) => [key, 0]),
    )
  })

  it.each([1, 2, 3, 4, 5, 6])('v%i has no transactions to coordinate', async (version) => {
    const answer = await client.send(FindCoordinator, version, {
      key: 'payments',
      keyType: TRANSACTION,
      coordinatorKeys: version >= 4 ? ['payments'] : [],
    })
    const refused = version >= 4 ? answer.coordinators[0] : answer
    expect(refused).toMatchObject({
      errorCode: errorCode('TRANSACTIONAL_ID_AUTHORIZATION_FAILED'),
      nodeId: -1,
      host: '',
      port: -1,
    })
  })

  it('refuses kinds of keys that it does not know', async () => {
    const { coordinators } = await client.send(FindCoordinator, 6, {
      keyType: 2,
      coordinatorKeys: ['group:topic:0'],
    })
    expect(coordinators[0]?.errorCode).toBe(errorCode('INVALID_REQUEST'))
  })
})
