import { afterAll, beforeAll, expect, it } from 'vitest'
import { errorCode, type KafkaErrorName } from '../errors.ts'
import type { KafkaClient } from '../protocol/client.ts'
import { AlterPartitionReassignments } from '../protocol/messages/alter-partition-reassignments.ts'
import { ListPartitionReassignments } from '../protocol/messages/list-partition-reassignments.ts'
import { Metadata } from '../protocol/messages/metadata.ts'
import { startTestBroker, type TestBroker } from '../testing/test-broker.ts'

let broker: TestBroker
let client: KafkaClient
let current: readonly number[]

beforeAll(async () => {
  broker = await startTestBroker({ first: { topics: [{ name: 'rides', partitions: 1 }] } })
  client = await broker.connect()
  current = await replicas()
})
afterAll(() => broker.close())

async function replicas(): Promise<readonly number[]> {
  const { topics } = await client.send(Metadata, 12, { topics: [{ name: 'rides' }] })
  return topics[0]?.partitions[0]?.replicaNodes ?? []
}

async function reassign(to: readonly number[] | null, { name = 'rides', partition = 0 } = {}) {
  const answer = await client.send(AlterPartitionReassignments, 1, {
    topics: [{ name, partitions: [{ partitionIndex: partition, replicas: to }] }],
  })
  expect(answer).toMatchObject({ errorCode: 0, allowReplicationFactorChange: true })
  return answer.responses[0]?.partitions[0]
}

it('grants the replicas that a partition has already', async () => {
  expect(await reassign(current)).toMatchObject({ errorCode: 0, errorMessage: null })
})

it('refuses another order with a sentence that names the one that stays', async () => {
  expect(await reassign([...current].reverse())).toMatchObject({
    errorCode: errorCode('INVALID_REPLICA_ASSIGNMENT'),
    errorMessage: expect.stringContaining(`rides-0 stay ${current.join(',')}:`),
  })
  expect(await replicas()).toEqual(current)
})

it.each<[KafkaErrorName, number[] | null, { name?: string; partition?: number }]>([
  ['INVALID_REPLICATION_FACTOR', [1, 2], {}],
  ['INVALID_REPLICA_ASSIGNMENT', [], {}],
  ['INVALID_REPLICA_ASSIGNMENT', [1, 1, 2], {}],
  ['INVALID_REPLICA_ASSIGNMENT', [1, 2, 4], {}],
  ['NO_REASSIGNMENT_IN_PROGRESS', null, {}],
  ['UNKNOWN_TOPIC_OR_PARTITION', [1, 2, 3], { partition: 1 }],
  ['UNKNOWN_TOPIC_OR_PARTITION', null, { name: 'nowhere' }],
])('answers %s to replicas %j', async (error, to, where) => {
  expect(await reassign(to, where)).toMatchObject({ errorCode: errorCode(error) })
})

it('refuses a partition that is named twice', async () => {
  const partition = { partitionIndex: 0, replicas: current }
  const answer = await client.send(AlterPartitionReassignments, 0, {
    topics: [{ name: 'rides', partitions: [partition, partition] }],
  })
  expect(answer.responses[0]?.partitions).toMatchObject([
    { partitionIndex: 0, errorCode: errorCode('INVALID_REQUEST') },
  ])
})

it('lists no move, whatever is asked for', async () => {
  for (const topics of [null, [{ name: 'rides', partitionIndexes: [0] }]]) {
    const answer = await client.send(ListPartitionReassignments, 0, { topics })
    expect(answer).toMatchObject({ errorCode: 0, errorMessage: null, topics: [] })
  }
})
