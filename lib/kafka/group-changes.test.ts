import { randomBytes } from 'node:crypto'
import { type Admin, type Consumer, Kafka, logLevel } from 'kafkajs'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type RunningBroker, startBroker } from '../../broker/index.ts'
import { presetClusterId } from '../../broker/rules/ids.ts'
import type { ClusterClient } from './cluster-client.ts'
import { connectCluster } from './connect-cluster.ts'
import { internalAddress } from './credentials.ts'

// What is written here is read back by another client.

const internalKey = randomBytes(32)
const credentials = { key: 'TESTKEY234567ABC', secret: 'a secret of the river' }
let broker: RunningBroker
let cluster: ClusterClient
let kafka: Kafka
let admin: Admin

beforeAll(async () => {
  broker = await startBroker({
    internalKey,
    clusters: [{ name: 'dev', apiKeys: [credentials] }],
    log: () => {},
  })
  const id = presetClusterId('default', 'dev')
  cluster = connectCluster(internalAddress(id, { internalKey, kafkaPorts: broker.ports }))
  kafka = new Kafka({
    brokers: broker.ports.map((port) => `127.0.0.1:${port}`),
    sasl: { mechanism: 'plain', username: credentials.key, password: credentials.secret },
    logLevel: logLevel.NOTHING,
  })
  admin = kafka.admin()
  await admin.connect()
  for (const topic of ['rides', 'orders']) {
    await cluster.admin.createTopic({ name: topic, partitionCount: 2, configs: {} })
    for (const partition of [0, 0, 0, 1]) {
      const value = Buffer.from('a value')
      await cluster.produce({ topic, partition, key: null, value, headers: [] })
    }
  }
})
afterAll(async () => {
  await admin.disconnect()
  await cluster.close()
  await broker.close()
})

/** By topic and partition; those without a commit are left out. */
async function committed(groupId: string): Promise<Record<string, string>> {
  const topics = await admin.fetchOffsets({ groupId })
  return Object.fromEntries(
    topics.flatMap(({ topic, partitions }) =>
      partitions
        .filter(({ offset }) => offset !== '-1')
        .map(({ partition, offset }) => [`${topic} ${partition}`, offset]),
    ),
  )
}

async function joined(groupId: string, topic: string): Promise<Consumer> {
  const consumer = kafka.consumer({ groupId, sessionTimeout: 6000, heartbeatInterval: 300 })
  const isMember = new Promise((resolve) => consumer.on(consumer.events.GROUP_JOIN, resolve))
  await consumer.connect()
  await consumer.subscribe({ topic })
  await consumer.run({ eachMessage: async () => {} })
  await isMember
  return consumer
}

test('offsets are committed for a group at each node, and read by others', async () => {
  for (const groupId of ['one', 'two', 'three', 'four', 'five', 'six']) {
    await cluster.groupChanges.commitOffsets(groupId, [
      { topic: 'rides', partition: 0, offset: 2 },
      { topic: 'rides', partition: 1, offset: 0 },
      { topic: 'orders', partition: 0, offset: 3 },
    ])
    expect(await committed(groupId)).toEqual({ 'rides 0': '2', 'rides 1': '0', 'orders 0': '3' })
  }
  const nodes = (await cluster.groups.list()).map(({ node }) => node.port)
  expect(new Set(nodes).size).toBe(3)
})

test('offsets of some partitions are deleted, and the group with the rest', async () => {
  await cluster.groupChanges.commitOffsets('passing', [
    { topic: 'rides', partition: 0, offset: 1 },
    { topic: 'rides', partition: 1, offset: 1 },
    { topic: 'orders', partition: 0, offset: 1 },
  ])
  await cluster.groupChanges.deleteOffsets('passing', [{ topic: 'rides', partition: 1 }])
  expect(await committed('passing')).toEqual({ 'rides 0': '1', 'orders 0': '1' })
  await cluster.groupChanges.deleteGroup('passing')
  expect(await committed('passing')).toEqual({})
  const listed = (await cluster.groups.list()).map(({ groupId }) => groupId)
  expect(listed).not.toContain('passing')
  await expect(cluster.groupChanges.deleteGroup('passing')).rejects.toMatchObject({
    code: 'GROUP_ID_NOT_FOUND',
  })
})

test('while a group has members only offsets of what nobody is subscribed to can be deleted', async () => {
  await cluster.groupChanges.commitOffsets('busy', [
    { topic: 'rides', partition: 0, offset: 1 },
    { topic: 'orders', partition: 0, offset: 1 },
  ])
  const consumer = await joined('busy', 'rides')
  const { commitOffsets, deleteGroup, deleteOffsets } = cluster.groupChanges
  const rides = { topic: 'rides', partition: 0 }
  await expect(commitOffsets('busy', [{ ...rides, offset: 0 }])).rejects.toMatchObject({
    code: 'UNKNOWN_MEMBER_ID',
  })
  await expect(deleteGroup('busy')).rejects.toMatchObject({ code: 'NON_EMPTY_GROUP' })
  await expect(deleteOffsets('busy', [rides])).rejects.toMatchObject({
    code: 'GROUP_SUBSCRIBED_TO_TOPIC',
  })
  await deleteOffsets('busy', [{ topic: 'orders', partition: 0 }])
  expect(Object.keys(await committed('busy'))).not.toContain('orders 0')
  await consumer.disconnect()
  await commitOffsets('busy', [{ ...rides, offset: 0 }])
  expect(await committed('busy')).toMatchObject({ 'rides 0': '0' })
})

test('a group shows every partition of a topic that is asked for', async () => {
  await cluster.groupChanges.commitOffsets('narrow', [{ topic: 'rides', partition: 1, offset: 1 }])
  const listed = (await cluster.groups.list()).filter(({ groupId }) => groupId === 'narrow')
  const [narrow] = await cluster.groups.describe(listed)
  expect(narrow?.partitions).toMatchObject([{ topic: 'rides', partition: 1, committed: 1 }])
  const [wide] = await cluster.groups.describe(listed, ['orders', 'rides', 'not there'])
  expect(wide?.partitions).toMatchObject([
    { topic: 'orders', partition: 0, committed: null, start: 0, end: 3 },
    { topic: 'orders', partition: 1, committed: null, start: 0, end: 1 },
    { topic: 'rides', partition: 0, committed: null, start: 0, end: 3 },
    { topic: 'rides', partition: 1, committed: 1, start: 0, end: 1 },
  ])
})
