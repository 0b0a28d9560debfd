import { afterAll, beforeAll, expect, it } from 'vitest'
import { errorCode } from '../errors.ts'
import type { KafkaClient } from '../protocol/client.ts'
import { ListConfigResources } from '../protocol/messages/list-config-resources.ts'
import { startTestBroker, type TestBroker } from '../testing/test-broker.ts'

let broker: TestBroker
let client: KafkaClient

beforeAll(async () => {
  broker = await startTestBroker({
    first: { topics: ['orders', 'rides'].map((name) => ({ name, partitions: 1 })) },
  })
  client = await broker.connect()
})
afterAll(() => broker.close())

const list = (version: number, resourceTypes: number[] = []) =>
  client.send(ListConfigResources, version, { resourceTypes })

it('names topics and nodes, of which every one has configs', async () => {
  const { configResources } = await list(1)
  const named = configResources.map(({ resourceType, resourceName }) => [
    resourceType,
    resourceName,
  ])
  expect(named.sort()).toEqual([
    [2, 'orders'],
    [2, 'rides'],
    [4, '1'],
    [4, '2'],
    [4, '3'],
  ])
  expect((await list(1, [4, 4])).configResources).toHaveLength(3)
})

it('has no client metrics, loggers or configs of groups', async () => {
  expect(await list(0)).toMatchObject({ errorCode: 0, configResources: [] })
  expect(await list(1, [8, 16, 32])).toMatchObject({ errorCode: 0, configResources: [] })
})

it('refuses a kind of resource that Kafka does not have', async () => {
  const refused = { errorCode: errorCode('UNSUPPORTED_VERSION'), configResources: [] }
  expect(await list(1, [2, 3])).toMatchObject(refused)
})
