import { setImmediate as nextTurn } from 'node:timers/promises'
import { expect, it } from 'vitest'
import { batchOf, readAll } from '../log/testing/open-log.ts'
import type { KafkaClient } from '../protocol/client.ts'
import { Produce } from '../protocol/messages/produce.ts'
import { gatedStorage } from '../testing/gated-storage.ts'
import { PRODUCE_VERSION } from '../testing/produce.ts'
import { startTestBroker } from '../testing/test-broker.ts'

const NUMBERS = [0, 1, 2, 3, 4]
const NOW = Date.now()

/** The same bytes with the same sequence each time, as an idempotent producer sends them again. */
async function send(client: KafkaClient, n: number) {
  const sent = { values: [`${n}`], producerId: 7, producerEpoch: 0, baseSequence: n }
  const partitionData = [{ index: 0, records: [batchOf(sent, NOW)] }]
  const { responses } = await client.send(Produce, PRODUCE_VERSION, {
    acks: -1,
    timeoutMs: 10_000,
    topicData: [{ name: 'rides', partitionData }],
  })
  return responses[0]?.partitionResponses[0]
}

it('five requests in flight that a reconnect splits are stored once each, in order', async () => {
  const { storage, open, writes } = gatedStorage()
  const topics = [{ name: 'rides', partitions: 1 }]
  const broker = await startTestBroker({ storage, first: { topics } })
  const log = broker.tenants.get(broker.first.id)?.topics.byName('rides')?.partitions[0]
  if (log === undefined) throw new Error('The topic was created with the broker.')
  const [before, after] = [await broker.connect(), await broker.connect({ node: 2 })]
  // The first write has begun and does not end; of the five, only three arrive before the end.
  const lost = NUMBERS.slice(0, 3).map((n) => send(before, n).catch(() => 'lost'))
  while (writes() === 0 || log.nextOffset < 3) await nextTurn()
  before.close()
  const again = NUMBERS.map((n) => send(after, n))
  while (log.nextOffset < 5) await nextTurn()
  open()
  expect(await Promise.all(lost)).toEqual(['lost', 'lost', 'lost'])
  expect(await Promise.all(again)).toMatchObject(
    NUMBERS.map((n) => ({ errorCode: 0, baseOffset: n })),
  )
  expect(await readAll(log)).toEqual(NUMBERS.map((n) => ({ offset: n, value: `${n}` })))
  await broker.close()
})
