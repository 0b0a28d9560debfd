import { afterAll, beforeAll, expect, it } from 'vitest'
import type { KafkaClient } from '../protocol/client.ts'
import { DeleteRecords } from '../protocol/messages/delete-records.ts'
import { DescribeLogDirs } from '../protocol/messages/describe-log-dirs.ts'
import { Produce } from '../protocol/messages/produce.ts'
import { PRODUCE_VERSION, produceRequest } from '../testing/produce.ts'
import { startTestBroker, type TestBroker } from '../testing/test-broker.ts'

let broker: TestBroker
let client: KafkaClient

beforeAll(async () => {
  broker = await startTestBroker({
    first: {
      topics: [
        { name: 'rides', partitions: 2 },
        { name: 'empty', partitions: 1 },
      ],
    },
    second: { topics: [{ name: 'secrets', partitions: 1 }] },
  })
  client = await broker.connect()
})
afterAll(() => broker.close())

/** `topic-partition: bytes` of one answer. */
async function sizes(
  topics: { topic: string; partitions: number[] }[] | null,
  { version = 4, by = client } = {},
): Promise<Record<string, number>> {
  const { results } = await by.send(DescribeLogDirs, version, { topics })
  expect(results).toHaveLength(1)
  return Object.fromEntries(
    results.flatMap((directory) =>
      directory.topics.flatMap(({ name, partitions }) =>
        partitions.map((each) => [`${name}-${each.partitionIndex}`, each.partitionSize]),
      ),
    ),
  )
}

it('tells the bytes that each partition has in storage, in every version and on every node', async () => {
  const request = produceRequest('rides', 1, ['one', 'two'])
  const sent = request.topicData[0]?.partitionData[0]?.records ?? []
  const bytes = sent.reduce((sum, { length }) => sum + length, 0)
  await client.send(Produce, PRODUCE_VERSION, request)
  const expected = { 'rides-0': 0, 'rides-1': bytes, 'empty-0': 0 }
  for (const version of [1, 2, 3, 4]) expect(await sizes(null, { version })).toEqual(expected)
  expect(await sizes(null, { by: await broker.connect({ node: 3 }) })).toEqual(expected)
  await client.send(DeleteRecords, 2, {
    topics: [{ name: 'rides', partitions: [{ partitionIndex: 1, offset: -1 }] }],
    timeoutMs: 1000,
  })
  expect(await sizes([{ topic: 'rides', partitions: [1] }])).toEqual({ 'rides-1': 0 })
})

it('answers what is asked for once, and leaves out what does not exist', async () => {
  const asked = [
    { topic: 'empty', partitions: [0, 0, 7, -1] },
    { topic: 'empty', partitions: [0] },
    { topic: 'secrets', partitions: [0] },
    { topic: 'nowhere', partitions: [0] },
  ]
  const { results } = await client.send(DescribeLogDirs, 4, { topics: asked })
  expect(results[0]?.topics).toEqual([
    {
      name: 'empty',
      partitions: [{ partitionIndex: 0, partitionSize: 0, offsetLag: 0, isFutureKey: false }],
    },
  ])
  expect(await sizes([])).toEqual({})
})

it('says that the size of the volume is not known', async () => {
  const { results } = await client.send(DescribeLogDirs, 4, { topics: [] })
  expect(results).toMatchObject([{ errorCode: 0, totalBytes: -1, usableBytes: -1 }])
})
