import { afterAll, beforeAll, expect, it } from 'vitest'
import { errorCode } from '../errors.ts'
import { batchOf, granted } from '../log/testing/open-log.ts'
import { DeleteRecords } from '../protocol/messages/delete-records.ts'
import { startTestBroker, type TestBroker } from '../testing/test-broker.ts'

let broker: TestBroker

beforeAll(async () => {
  const topics = ['rides', 'walks'].map((name) => ({ name, partitions: 2 }))
  broker = await startTestBroker({ first: { topics } })
})
afterAll(() => broker.close())

it('DeleteRecords moves each log start, to the high watermark for -1, and never back', async () => {
  const log = broker.tenants.get(broker.first.id)?.topics.byName('rides')?.partitions[0]
  if (log === undefined) throw new Error('The topic was created with the broker.')
  granted(await log.append(batchOf({ values: ['a', 'b', 'c', 'd'] })))
  const client = await broker.connect()
  const ask = async (version: number, ...asked: (readonly [string, number, number])[]) => {
    const { topics } = await client.send(DeleteRecords, version, {
      timeoutMs: 1000,
      topics: asked.map(([name, partitionIndex, offset]) => ({
        name,
        partitions: [{ partitionIndex, offset }],
      })),
    })
    return topics.flatMap(({ partitions }) =>
      partitions.map(({ lowWatermark, errorCode }) => [lowWatermark, errorCode]),
    )
  }
  expect(await ask(0, ['rides', 0, 1])).toEqual([[1, 0]])
  expect(await ask(1, ['rides', 0, 3], ['rides', 1, 0])).toEqual([
    [3, 0],
    [0, 0],
  ])
  const outOfRange = errorCode('OFFSET_OUT_OF_RANGE')
  expect(await ask(2, ['rides', 0, 2])).toEqual([[3, 0]])
  expect(await ask(2, ['rides', 0, 5])).toEqual([[-1, outOfRange]])
  expect(await ask(2, ['rides', 0, -2])).toEqual([[-1, outOfRange]])
  expect(await ask(2, ['rides', 0, -1], ['nowhere', 0, 0], ['rides', 2, 0])).toEqual([
    [4, 0],
    [-1, 3],
    [-1, 3],
  ])
  expect([log.logStartOffset, log.highWatermark]).toEqual([4, 4])
})

it('DeleteRecords does once what it is asked for many times, and takes the last offset', async () => {
  const log = broker.tenants.get(broker.first.id)?.topics.byName('walks')?.partitions[0]
  if (log === undefined) throw new Error('The topic was created with the broker.')
  granted(await log.append(batchOf({ values: ['a', 'b', 'c', 'd'] })))
  const client = await broker.connect()
  const asked = (offset: number) => ({ partitionIndex: 0, offset })
  const topics = [
    { name: 'walks', partitions: Array.from({ length: 50_000 }, () => asked(4)) },
    { name: 'walks', partitions: [asked(2)] },
  ]
  const answer = await client.send(DeleteRecords, 2, { timeoutMs: 1000, topics })
  expect(answer.topics).toEqual([
    { name: 'walks', partitions: [{ partitionIndex: 0, lowWatermark: 2, errorCode: 0 }] },
  ])
  expect(log.logStartOffset).toBe(2)
})
