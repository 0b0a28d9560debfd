import { afterAll, beforeAll, expect, it } from 'vitest'
import { errorCode } from '../errors.ts'
import { DescribeCluster } from '../protocol/messages/describe-cluster.ts'
import { startTestBroker, type TestBroker } from '../testing/test-broker.ts'

let broker: TestBroker

beforeAll(async () => {
  broker = await startTestBroker()
})
afterAll(() => broker.close())

it.each([0, 1, 2])(
  'DescribeCluster v%i tells the nodes and the id of the tenant',
  async (version) => {
    for (const cluster of [broker.first, broker.second]) {
      const client = await broker.connect({ cluster })
      const answer = await client.send(DescribeCluster, version, {
        includeClusterAuthorizedOperations: true,
      })
      expect(answer).toMatchObject({
        errorCode: 0,
        errorMessage: null,
        clusterId: cluster.id,
        controllerId: 1,
        clusterAuthorizedOperations: 7584,
      })
      expect(answer.brokers.map(({ brokerId, port }) => [brokerId, port])).toEqual(
        broker.ports.map((port, i) => [i + 1, port]),
      )
      client.close()
    }
  },
)

it('DescribeCluster describes brokers, not controllers', async () => {
  const client = await broker.connect()
  const ask = (endpointType: number) =>
    client.send(DescribeCluster, 1, { includeClusterAuthorizedOperations: false, endpointType })
  expect(await ask(2)).toMatchObject({
    errorCode: errorCode('MISMATCHED_ENDPOINT_TYPE'),
    brokers: [],
  })
  expect(await ask(9)).toMatchObject({ errorCode: errorCode('UNSUPPORTED_ENDPOINT_TYPE') })
  expect(await ask(1)).toMatchObject({ errorCode: 0, clusterAuthorizedOperations: -2147483648 })
})
