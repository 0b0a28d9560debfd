import { randomBytes } from 'node:crypto'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type RunningBroker, startBroker } from '../../broker/index.ts'
import { presetClusterId } from '../../broker/rules/ids.ts'
import type { ConsumerGroup, GroupPartition } from '../format/consumer-groups.ts'
import type { ClusterClient } from '../kafka/cluster-client.ts'
import { connectCluster } from '../kafka/connect-cluster.ts'
import { internalAddress } from '../kafka/credentials.ts'
import { readUnreadTimes } from './unread-times.ts'

const partitionCount = 20
let broker: RunningBroker
let cluster: ClusterClient
/** By offset, of partition 0. */
let writtenMs: readonly number[]

beforeAll(async () => {
  const internalKey = randomBytes(32)
  broker = await startBroker({ internalKey, clusters: [{ name: 'dev' }], log: () => {} })
  const id = presetClusterId('default', 'dev')
  cluster = connectCluster(internalAddress(id, { internalKey, kafkaPorts: broker.ports }))
  await cluster.admin.createTopic({ name: 'rides', partitionCount, configs: {} })
  for (let partition = 0; partition < partitionCount; partition++) {
    for (let n = 0; n < 3; n++) {
      const value = Buffer.from(`${n}`)
      await cluster.produce({ topic: 'rides', partition, key: null, value, headers: [] })
    }
  }
  const whole = { topic: 'rides', partition: 0, fromOffset: 0, toOffset: 3 }
  writtenMs = (await cluster.readPartitionRange(whole)).map(({ timestampMs }) => timestampMs)
})
afterAll(async () => {
  await cluster.close()
  await broker.close()
})

function group(partitions: readonly Partial<GroupPartition>[]): ConsumerGroup {
  const at = { topic: 'rides', partition: 0, committed: 0, start: 0, end: 3, memberId: null }
  return {
    ...{ groupId: 'riders', state: 'Empty', assignor: '', members: [] },
    partitions: partitions.map((one) => ({ ...at, ...one })),
  }
}

test('the time of the first message behind the commit, of those that are left', async () => {
  const read = (part: Partial<GroupPartition>) => readUnreadTimes(cluster, group([part]), undefined)
  const at = { topic: 'rides', partition: 0 }
  expect(await read({ committed: 1 })).toEqual([{ ...at, writtenMs: writtenMs[1] }])
  // Retention has deleted what lies between.
  expect(await read({ committed: 0, start: 2 })).toEqual([{ ...at, writtenMs: writtenMs[2] }])
  expect(await read({ committed: 3 })).toEqual([])
  expect(await read({ committed: null })).toEqual([])
  expect(await read({ topic: 'gone' })).toEqual([{ ...at, topic: 'gone', writtenMs: null }])
})

test('of many partitions those furthest behind, and all of them when somebody asks', async () => {
  const many = group(
    Array.from({ length: partitionCount }, (_, partition) => ({
      partition,
      committed: partition % 3,
    })),
  )
  const few = await readUnreadTimes(cluster, many, undefined)
  expect(few).toHaveLength(12)
  const furthest = few.filter(({ partition }) => partition % 3 === 0)
  expect(furthest).toHaveLength(7)
  const all = await readUnreadTimes(cluster, many, 'all')
  expect(all).toHaveLength(partitionCount)
  expect(all.every((one) => one.writtenMs !== null)).toBe(true)
})

test('one record is read where there are many', async () => {
  const range = { topic: 'rides', partition: 0, fromOffset: 1, toOffset: 3 }
  const read = await cluster.readPartitionRange({ ...range, recordsMax: 1 })
  expect(read.map(({ offset }) => offset)).toEqual([1])
})
