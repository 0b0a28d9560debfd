import { randomBytes } from 'node:crypto'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type RunningBroker, startBroker } from '../../broker/index.ts'
import { presetClusterId } from '../../broker/rules/ids.ts'
import { dialledAddress } from './cluster-address.ts'
import type { ClusterClient } from './cluster-client.ts'
import { connectCluster } from './connect-cluster.ts'
import { internalAddress } from './credentials.ts'

/** No name server ever knows it (RFC 6761). */
const advertisedHost = 'kafka.invalid'
const internalKey = randomBytes(32)
const clusterId = presetClusterId('default', 'dev')
let broker: RunningBroker
let cluster: ClusterClient

beforeAll(async () => {
  const clusters = [{ name: 'dev', topics: [{ name: 'rides', partitions: 6 }] }]
  broker = await startBroker({ internalKey, clusters, advertisedHost, log: () => {} })
  cluster = connectCluster(address())
})
afterAll(async () => {
  await cluster.close()
  await broker.close()
})

function address() {
  return internalAddress(clusterId, { internalKey, kafkaPorts: broker.ports })
}

test('what the console does with a topic does not depend on the name that clients are told', async () => {
  const created = { name: 'orders', partitionCount: 3, configs: {} }
  await cluster.admin.createTopic(created)
  expect((await cluster.admin.listTopics()).map(({ name }) => name)).toEqual(['orders', 'rides'])
  expect(await cluster.admin.describeTopic('orders')).toMatchObject({ partitionCount: 3 })
  await cluster.admin.createPartitions('orders', 4)
  await cluster.admin.alterTopicConfigs('orders', { 'retention.ms': '1000' })
  expect(await cluster.groups.list()).toEqual([])
  await cluster.admin.deleteTopic('orders')
})

test('records are written, read and followed at every node', async () => {
  const value = Buffer.from('value')
  const records = Array.from({ length: 6 }, (_, partition) => ({
    topic: 'rides',
    partition,
    key: null,
    value,
    headers: [],
  }))
  // One by one, and all in one call: both go to the leaders.
  for (const record of records) await cluster.produce(record)
  await cluster.produceAll(records)
  const offsets = await cluster.readOffsets('rides')
  expect(offsets.map(({ end }) => end)).toEqual([2, 2, 2, 2, 2, 2])
  for (const { partition, start, end } of offsets) {
    const range = { topic: 'rides', partition, fromOffset: start, toOffset: end }
    expect(await cluster.readPartitionRange(range)).toMatchObject([{ value }, { value }])
  }

  const following = new AbortController()
  const from = new Map(offsets.map(({ partition, start }) => [partition, start]))
  let followed = 0
  await cluster.watch({
    topic: 'rides',
    from,
    signal: following.signal,
    onRecords(found) {
      followed += found.length
      if (followed === 12) following.abort()
    },
  })
  expect(followed).toBe(12)
})

test('another Kafka is reached where it says', () => {
  const bootstrap = [{ host: '127.0.0.1', port: 9092 }]
  const told = { host: 'kafka.invalid', port: 9092 }
  expect(dialledAddress({ bootstrap }, told)).toEqual(told)
  expect(dialledAddress({ bootstrap, isOwnBroker: true }, told)).toEqual(bootstrap[0])
})
