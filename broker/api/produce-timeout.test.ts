import { setImmediate as nextTurn } from 'node:timers/promises'
import { expect, it } from 'vitest'
import { createFakeClock } from '../clock.ts'
import { errorCode } from '../errors.ts'
import { Produce } from '../protocol/messages/produce.ts'
import { gatedStorage } from '../testing/gated-storage.ts'
import { PRODUCE_VERSION, produceRequest } from '../testing/produce.ts'
import { startTestBroker } from '../testing/test-broker.ts'

/** Sends one Produce to a broker whose disk answers only when `open` is called. */
async function produceToSlowDisk(acks: number, timeoutMs: number) {
  const { storage, open, writes } = gatedStorage()
  const clock = createFakeClock()
  const topics = [{ name: 'rides', partitions: 1 }]
  const broker = await startTestBroker({ clock, storage, first: { topics } })
  const client = await broker.connect()
  const request = { ...produceRequest('rides', 0, ['a'], acks), timeoutMs }
  const answer = client
    .send(Produce, PRODUCE_VERSION, request)
    .then(({ responses }) => responses[0]?.partitionResponses[0]?.errorCode)
  while (writes() === 0) await nextTurn()
  return { broker, clock, answer, open }
}

it('a Produce with acks=all is told when its timeout has passed, and is stored all the same', async () => {
  const { broker, clock, answer, open } = await produceToSlowDisk(-1, 500)
  clock.advance(500)
  expect(await answer).toBe(errorCode('REQUEST_TIMED_OUT'))
  open()
  const log = broker.tenants.get(broker.first.id)?.topics.byName('rides')?.partitions[0]
  while (log?.highWatermark !== 1) await nextTurn()
  await broker.close()
})

it('a Produce with acks=1 is answered when it is stored, whatever its timeout', async () => {
  const { broker, clock, answer, open } = await produceToSlowDisk(1, 0)
  clock.advance(10_000)
  open()
  expect(await answer).toBe(0)
  await broker.close()
})
