import { afterAll, beforeAll, expect, it } from 'vitest'
import { createFakeClock } from '../clock.ts'
import { errorCode } from '../errors.ts'
import type { KafkaClient } from '../protocol/client.ts'
import { DescribeProducers } from '../protocol/messages/describe-producers.ts'
import { Produce } from '../protocol/messages/produce.ts'
import { encodeBatch } from '../protocol/records.ts'
import { startTestBroker, type TestBroker } from '../testing/test-broker.ts'

const clock = createFakeClock()
let broker: TestBroker
let client: KafkaClient

beforeAll(async () => {
  broker = await startTestBroker({ clock, first: { topics: [{ name: 'rides', partitions: 2 }] } })
  client = await broker.connect()
})
afterAll(() => broker.close())

async function append(producerId: number, producerEpoch: number, baseSequence: number) {
  const options = { timestampMs: clock.nowMs(), producerId, producerEpoch, baseSequence }
  const records = [encodeBatch([{ value: Buffer.from('a') }, { value: Buffer.from('b') }], options)]
  const partitionData = [{ index: 0, records }]
  const answer = await client.send(Produce, 9, {
    acks: -1,
    timeoutMs: 1000,
    transactionalId: null,
    topicData: [{ name: 'rides', partitionData }],
  })
  expect(answer.responses[0]?.partitionResponses[0]?.errorCode).toBe(0)
}

async function producers(name: string, partitionIndexes: number[]) {
  const answer = await client.send(DescribeProducers, 0, { topics: [{ name, partitionIndexes }] })
  return answer.topics.flatMap(({ partitions }) => partitions)
}

it('tells the last batch of each idempotent producer of a partition, for a day', async () => {
  await append(41, 0, 0)
  await append(41, 0, 2)
  clock.advance(1000)
  await append(-1, -1, -1)
  await append(42, 3, 0)
  const last = { coordinatorEpoch: -1, currentTxnStartOffset: -1, lastTimestamp: clock.nowMs() }
  const older = { ...last, lastTimestamp: clock.nowMs() - 1000 }
  const [written, untouched, ...more] = await producers('rides', [0, 1, 0])
  expect(more).toEqual([])
  expect(untouched).toMatchObject({ partitionIndex: 1, errorCode: 0, activeProducers: [] })
  expect(written).toMatchObject({ partitionIndex: 0, errorCode: 0, errorMessage: null })
  expect(written?.activeProducers).toEqual([
    { producerId: 41, producerEpoch: 0, lastSequence: 3, ...older },
    { producerId: 42, producerEpoch: 3, lastSequence: 1, ...last },
  ])
  clock.advance(24 * 60 * 60 * 1000 - 1000)
  // Nobody said anything for a day, so that the first connection has been closed.
  client = await broker.connect()
  const [left] = await producers('rides', [0])
  expect(left?.activeProducers.map(({ producerId }) => producerId)).toEqual([42])
})

it.each([
  ['nowhere', 'UNKNOWN_TOPIC_OR_PARTITION'],
  ['no way', 'INVALID_TOPIC_EXCEPTION'],
] as const)('refuses %s with %s', async (name, error) => {
  expect(await producers(name, [0])).toMatchObject([{ errorCode: errorCode(error) }])
})

it('refuses a partition that a topic does not have', async () => {
  expect(await producers('rides', [9])).toMatchObject([
    { partitionIndex: 9, errorCode: errorCode('UNKNOWN_TOPIC_OR_PARTITION') },
  ])
})
