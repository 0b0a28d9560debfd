import { afterAll, beforeAll, expect, it } from 'vitest'
import { errorCode } from '../errors.ts'
import { batchOf, granted } from '../log/testing/open-log.ts'
import { OffsetForLeaderEpoch } from '../protocol/messages/offset-for-leader-epoch.ts'
import { startTestBroker, type TestBroker } from '../testing/test-broker.ts'

let broker: TestBroker

beforeAll(async () => {
  broker = await startTestBroker({ first: { topics: [{ name: 'rides', partitions: 1 }] } })
})
afterAll(() => broker.close())

it('OffsetForLeaderEpoch ends the one epoch at the high watermark, and knows no other', async () => {
  const log = broker.tenants.get(broker.first.id)?.topics.byName('rides')?.partitions[0]
  if (log === undefined) throw new Error('The topic was created with the broker.')
  granted(await log.append(batchOf({ values: ['a', 'b'] })))
  const client = await broker.connect()
  const ask = async (topic: string, leaderEpoch: number, currentLeaderEpoch = -1) => {
    const answers = []
    for (const version of [2, 3, 4]) {
      const { topics } = await client.send(OffsetForLeaderEpoch, version, {
        topics: [{ topic, partitions: [{ partition: 0, leaderEpoch, currentLeaderEpoch }] }],
      })
      answers.push(topics[0]?.partitions[0])
    }
    expect(answers).toEqual([answers[0], answers[0], answers[0]])
    return answers[0]
  }
  expect(await ask('rides', 0)).toMatchObject({ errorCode: 0, leaderEpoch: 0, endOffset: 2 })
  for (const unknown of [-1, 1, 2000]) {
    expect(await ask('rides', unknown)).toMatchObject({
      errorCode: 0,
      leaderEpoch: -1,
      endOffset: -1,
    })
  }
  expect(await ask('rides', 0, 1)).toMatchObject({ errorCode: errorCode('UNKNOWN_LEADER_EPOCH') })
  expect(await ask('nowhere', 0)).toMatchObject({ errorCode: 3 })
})
