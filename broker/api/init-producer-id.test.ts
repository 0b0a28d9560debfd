import { afterAll, beforeAll, expect, it } from 'vitest'
import { errorCode } from '../errors.ts'
import type { KafkaClient } from '../protocol/client.ts'
import { InitProducerId } from '../protocol/messages/init-producer-id.ts'
import type { RequestToSend } from '../protocol/schema.ts'
import { startTestBroker, type TestBroker } from '../testing/test-broker.ts'

let broker: TestBroker
let client: KafkaClient

beforeAll(async () => {
  broker = await startTestBroker()
  client = await broker.connect()
})
afterAll(() => broker.close())

function ask(version: number, over: Partial<RequestToSend<typeof InitProducerId>> = {}) {
  const request = { transactionalId: null, transactionTimeoutMs: 60_000, ...over }
  return client.send(InitProducerId, version, request)
}

it('InitProducerId gives every producer an id of its own, in epoch 0, across tenants too', async () => {
  const stranger = await broker.connect({ cluster: broker.second })
  const ids = new Set<number>()
  for (let version = 0; version <= 5; version++) {
    for (const each of [client, stranger]) {
      const { errorCode, producerId, producerEpoch } = await each.send(InitProducerId, version, {
        transactionalId: null,
        transactionTimeoutMs: 60_000,
      })
      expect([errorCode, producerEpoch]).toEqual([0, 0])
      expect(producerId).toBeGreaterThan(0)
      ids.add(producerId)
    }
  }
  expect(ids.size).toBe(12)
})

it('InitProducerId gives a producer that comes back with its old id a new one', async () => {
  const { producerId } = await ask(4)
  const again = await ask(4, { producerId, producerEpoch: 3 })
  expect(again).toMatchObject({ errorCode: 0, producerEpoch: 0 })
  expect(again.producerId).not.toBe(producerId)
})

it('InitProducerId refuses transactional ids and half a producer', async () => {
  const refused = errorCode('TRANSACTIONAL_ID_AUTHORIZATION_FAILED')
  expect(await ask(1, { transactionalId: 'orders' })).toMatchObject({ errorCode: refused })
  const invalid = { errorCode: errorCode('INVALID_REQUEST'), producerId: -1 }
  expect(await ask(4, { transactionalId: '' })).toMatchObject(invalid)
  expect(await ask(4, { producerId: 5 })).toMatchObject(invalid)
  expect(await ask(4, { producerEpoch: 5 })).toMatchObject(invalid)
})
