import { afterAll, beforeAll, expect, it } from 'vitest'
import { errorCode } from '../errors.ts'
import { batchOf, granted } from '../log/testing/open-log.ts'
import { DeleteRecords } from '../protocol/messages/delete-records.ts'
import { startTestBroker, type TestBroker } from '../testing/test-broker.ts'

let broker: TestBroker

beforeAll(async () => {
  broker = await startTestBroker({ first: { topics: [{ name: 'rides', partitions: 2 }] } })
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
    return topics.map(({ partitions }) => [partitions[0]?.lowWatermark, partitions[0]?.errorCode])
  }
  expect(await ask(0, ['rides', 0, 1])).toEqual([[1, 0]])
  expect(await ask(1, ['rides', 0, 3], ['rides', 1, 0])).toEqual([
    [3, 0],
    [0, 0],
  ])
  const outOfRange = errorCode('OFFSET_OUT_OF_RANGE')
  expect(await ask(2, ['rides', 0, 2], ['rides', 0, 5], ['rides', 0, -2])).toEqual([
    [3, 0],
    [-1, outOfRange],
    [-1, outOfRange],
  ])
  expect(await ask(2, ['rides', 0, -1], ['nowhere', 0, 0], ['rides', 2, 0])).toEqual([
    [4, 0],
    [-1, 3],
    [-1, 3],
  ])
  expect([log.logStartOffset, log.highWatermark]).toEqual([4, 4])
})
