import { randomBytes } from 'node:crypto'
import { type Consumer, Kafka, logLevel } from 'kafkajs'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type RunningBroker, startBroker } from '../../broker/index.ts'
import { OffsetCommit } from '../../broker/protocol/messages/offset-commit.ts'
import { presetClusterId } from '../../broker/rules/ids.ts'
import {
  type ConsumerGroup,
  idleMembers,
  messagesBehind,
  totalBehind,
} from '../format/consumer-groups.ts'
import type { ClusterClient } from './cluster-client.ts'
import { connectCluster } from './connect-cluster.ts'
import { openConnection } from './connection.ts'
import { internalAddress } from './credentials.ts'
import { createGroupLagReader } from './group-lags.ts'

const internalKey = randomBytes(32)
const credentials = { key: 'TESTKEY234567ABC', secret: 'a secret of the river' }
let broker: RunningBroker
let cluster: ClusterClient
const consumers: Consumer[] = []

beforeAll(async () => {
  broker = await startBroker({
    internalKey,
    clusters: [{ name: 'dev', apiKeys: [credentials] }],
    log: () => {},
  })
  const id = presetClusterId('default', 'dev')
  cluster = connectCluster(internalAddress(id, { internalKey, kafkaPorts: broker.ports }))
})
afterAll(async () => {
  await Promise.all(consumers.map((consumer) => consumer.disconnect()))
  await cluster.close()
  await broker.close()
})

async function newTopic(name: string, partitionCount: number, recordsEach: number) {
  await cluster.admin.createTopic({ name, partitionCount, configs: {} })
  for (let partition = 0; partition < partitionCount; partition++) {
    for (let index = 0; index < recordsEach; index++) {
      const value = Buffer.from(`${index}`)
      await cluster.produce({ topic: name, partition, key: null, value, headers: [] })
    }
  }
}

/** As a program without membership commits, at whichever node coordinates the group. */
async function commit(groupId: string, topic: string, offsets: Record<number, number>) {
  const partitions = Object.entries(offsets).map(([partition, committedOffset]) => ({
    partitionIndex: Number(partition),
    committedOffset,
    committedMetadata: null,
  }))
  const codes = await Promise.all(
    broker.ports.map(async (port) => {
      const { key: username, secret: password } = credentials
      const node = { host: '127.0.0.1', port }
      const connection = await openConnection({ bootstrap: [node], username, password }, node)
      const answer = await connection.call(
        OffsetCommit,
        { groupId, memberId: '', topics: [{ name: topic, partitions }] },
        { versionMax: 8 },
      )
      connection.close()
      return answer.topics[0]?.partitions[0]?.errorCode
    }),
  )
  expect(codes).toContain(0)
}

async function join(groupId: string, topic: string, clientId: string): Promise<void> {
  const consumer = new Kafka({
    clientId,
    brokers: broker.ports.map((port) => `127.0.0.1:${port}`),
    sasl: { mechanism: 'plain', username: credentials.key, password: credentials.secret },
    logLevel: logLevel.NOTHING,
  }).consumer({ groupId, sessionTimeout: 6000, heartbeatInterval: 300 })
  consumers.push(consumer)
  await consumer.connect()
  await consumer.subscribe({ topic, fromBeginning: true })
  await consumer.run({ eachMessage: async () => {} })
}

async function read(groupId: string): Promise<ConsumerGroup | undefined> {
  const listed = (await cluster.groups.list()).filter((group) => group.groupId === groupId)
  return (await cluster.groups.describe(listed))[0]
}

/** Asks until it is so: members join and commit in their own time. */
async function readWhen(
  groupId: string,
  isSo: (group: ConsumerGroup) => boolean,
): Promise<ConsumerGroup> {
  for (;;) {
    const group = await read(groupId)
    if (group !== undefined && isSo(group)) return group
    await new Promise((resolve) => setTimeout(resolve, 50))
  }
}

test('three consumers of two partitions: each reads one, the third is idle', async () => {
  await newTopic('rides', 2, 5)
  await Promise.all(['one', 'two', 'three'].map((name) => join('riders', 'rides', name)))
  const group = await readWhen(
    'riders',
    (now) =>
      now.state === 'Stable' &&
      now.members.length === 3 &&
      now.partitions.filter((each) => messagesBehind(each) === 0).length === 2,
  )
  expect(group.members.map(({ clientId }) => clientId)).toEqual(['one', 'three', 'two'])
  expect(group.members.map(({ assigned }) => assigned?.length).sort()).toEqual([0, 1, 1])
  expect(idleMembers(group)).toHaveLength(1)
  expect(group.partitions).toMatchObject([
    { topic: 'rides', partition: 0, committed: 5, start: 0, end: 5 },
    { topic: 'rides', partition: 1, committed: 5, start: 0, end: 5 },
  ])
  const readers = group.partitions.map(({ memberId }) => memberId)
  expect(new Set(readers).size).toBe(2)
  expect(readers).not.toContain(idleMembers(group)[0]?.memberId)
})

test('the lag of all groups is read again and again, with who reads', async () => {
  await newTopic('watched', 2, 3)
  await commit('watchers', 'watched', { 0: 1, 1: 3 })
  const id = presetClusterId('default', 'dev')
  const reader = createGroupLagReader((clusterId) =>
    internalAddress(clusterId, { internalKey, kafkaPorts: broker.ports }),
  )
  const limits = { groupsMax: 100, seriesMax: 100 }
  const lags = await reader.read(id, limits)
  const at = { groupId: 'watchers', topic: 'watched', clientId: null }
  expect(lags.filter(({ groupId }) => groupId === 'watchers')).toEqual([
    { ...at, partition: 0, lag: 2 },
    { ...at, partition: 1, lag: 0 },
  ])
  const riders = lags.filter(({ groupId }) => groupId === 'riders')
  expect(riders.map(({ lag }) => lag)).toEqual([0, 0])
  expect(riders.map(({ clientId }) => clientId)).not.toContain(null)
  expect(await reader.read(id, limits)).toEqual(lags)
  expect(await reader.read(id, { ...limits, groupsMax: 0 })).toEqual([])
  reader.close()
})

test('a group without members keeps its offsets and its lag', async () => {
  await newTopic('slow', 2, 4)
  await commit('sleepers', 'slow', { 0: 1, 1: 4 })
  const group = await read('sleepers')
  expect(group).toMatchObject({ state: 'Empty', members: [] })
  expect(group?.partitions.map(messagesBehind)).toEqual([3, 0])
  expect(totalBehind(group?.partitions ?? [])).toBe(3)
})

test('a partition that nobody has committed is not one that is caught up', async () => {
  await newTopic('quiet', 1, 0)
  await join('listeners', 'quiet', 'listener')
  const group = await readWhen('listeners', (now) => now.partitions.length === 1)
  expect(group.partitions).toMatchObject([{ committed: null, start: 0, end: 0 }])
  expect(group.partitions.map(messagesBehind)).toEqual([null])
  expect(totalBehind(group.partitions)).toBeNull()
})

test('an offset beyond the end is no negative lag, and one of a deleted topic is none', async () => {
  await newTopic('remade', 1, 2)
  await commit('travellers', 'remade', { 0: 2 })
  await cluster.admin.deleteTopic('remade')
  await newTopic('remade', 1, 1)
  await commit('travellers', 'remade', { 0: 7 })
  expect((await read('travellers'))?.partitions.map(messagesBehind)).toEqual([0])
  await cluster.admin.deleteTopic('remade')
  expect((await read('travellers'))?.partitions.map(messagesBehind) ?? []).not.toContain(0)
})

test('every node is asked for the groups that it coordinates', async () => {
  await newTopic('many', 1, 1)
  const names = Array.from({ length: 12 }, (_, index) => `group-${index}`)
  for (const name of names) await commit(name, 'many', { 0: 0 })
  const listed = await cluster.groups.list()
  expect(new Set(listed.map(({ node }) => node.port)).size).toBe(3)
  expect(listed.map(({ groupId }) => groupId)).toEqual(expect.arrayContaining(names))
  const members = await cluster.groups.members(listed)
  expect(members.map(({ groupId }) => groupId).sort()).toEqual(
    listed.map(({ groupId }) => groupId).sort(),
  )
  const described = await cluster.groups.describe(listed)
  expect(described.map(({ groupId }) => groupId)).toEqual(listed.map(({ groupId }) => groupId))
})
