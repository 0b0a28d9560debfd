import { expect, it } from 'vitest'
import { createFakeClock } from '../clock.ts'
import { errorCode } from '../errors.ts'
import { batchOf } from '../log/testing/open-log.ts'
import { Produce } from '../protocol/messages/produce.ts'
import { openMemoryStorage } from '../storage/memory/storage.ts'
import { startTestBroker } from '../testing/test-broker.ts'

/** Sends one Produce to a broker whose disk answers only when `letWrite` is called. */
async function produceToSlowDisk(acks: number, timeoutMs: number) {
  const memory = openMemoryStorage()
  let begun = () => {}
  let letWrite = () => {}
  const isWriting = new Promise<void>((resolve) => {
    begun = resolve
  })
  const mayWrite = new Promise<void>((resolve) => {
    letWrite = resolve
  })
  const storage = {
    ...memory,
    log: {
      ...memory.log,
      async write(write: Parameters<typeof memory.log.write>[0]) {
        begun()
        await mayWrite
        await memory.log.write(write)
      },
    },
  }
  const clock = createFakeClock()
  const topics = [{ name: 'rides', partitions: 1 }]
  const broker = await startTestBroker({ clock, storage, first: { topics } })
  const client = await broker.connect()
  const records = [batchOf({ values: ['a'] }, clock.nowMs())]
  const answer = client
    .send(Produce, 9, {
      acks,
      timeoutMs,
      topicData: [{ name: 'rides', partitionData: [{ index: 0, records }] }],
    })
    .then(({ responses }) => responses[0]?.partitionResponses[0]?.errorCode)
  await isWriting
  return { broker, clock, answer, letWrite }
}

it('a Produce with acks=all is told when its timeout has passed, and is stored all the same', async () => {
  const { broker, clock, answer, letWrite } = await produceToSlowDisk(-1, 500)
  clock.advance(500)
  expect(await answer).toBe(errorCode('REQUEST_TIMED_OUT'))
  letWrite()
  const log = broker.tenants.get(broker.first.id)?.topics.byName('rides')?.partitions[0]
  while (log?.highWatermark !== 1) await new Promise(setImmediate)
  await broker.close()
})

it('a Produce with acks=1 is answered when it is stored, whatever its timeout', async () => {
  const { broker, clock, answer, letWrite } = await produceToSlowDisk(1, 0)
  clock.advance(10_000)
  letWrite()
  expect(await answer).toBe(0)
  await broker.close()
})
