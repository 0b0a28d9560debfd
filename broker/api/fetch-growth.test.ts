import { afterEach, expect, it } from 'vitest'
import { createFakeClock } from '../clock.ts'
import { batchOf, granted } from '../log/testing/open-log.ts'
import type { KafkaClient } from '../protocol/client.ts'
import { Fetch } from '../protocol/messages/fetch.ts'
import { openMemoryStorage } from '../storage/memory/storage.ts'
import type { Storage } from '../storage/storage.ts'
import { startTestBroker, type TestBroker } from '../testing/test-broker.ts'

const topics = [{ name: 'rides', partitions: 2 }]
const clock = createFakeClock()
let broker: TestBroker | undefined
afterEach(() => broker?.close())

/** Memory that outlives a broker, and whose log is read only when a test lets it. */
function slowStorage() {
  const { catalogue, log } = openMemoryStorage()
  let begun = () => {}
  let letRead = () => {}
  const isReading = new Promise<void>((resolve) => {
    begun = resolve
  })
  const mayRead = new Promise<void>((resolve) => {
    letRead = resolve
  })
  const storage: Storage = {
    catalogue,
    log: {
      ...log,
      async read(partitionId, offset, maxBytes) {
        begun()
        await mayRead
        return log.read(partitionId, offset, maxBytes)
      },
    },
    async close() {},
  }
  return { storage, isReading, letRead }
}

function partitionLog(started: TestBroker, partition: number) {
  const log = started.tenants.get(started.first.id)?.topics.byName('rides')?.partitions[partition]
  if (log === undefined) throw new Error(`There is no partition ${partition}.`)
  return log
}

/** Fetches both partitions from their beginnings, in order, and would wait long for much. */
function fetchBoth(client: KafkaClient) {
  const limits = { maxWaitMs: 60_000, minBytes: 1000, maxBytes: 1_000_000 }
  const partitions = [0, 1].map((partition) => ({
    partition,
    fetchOffset: 0,
    partitionMaxBytes: 1_000_000,
  }))
  return client.send(Fetch, 12, {
    ...limits,
    sessionId: 0,
    sessionEpoch: -1,
    topics: [{ topic: 'rides', partitions }],
  })
}

/** A Fetch that found nothing in partition 0, and waits for storage to read partition 1. */
async function fetchInTheMiddle() {
  const { storage, isReading, letRead } = slowStorage()
  const before = await startTestBroker({ clock, storage, first: { topics } })
  granted(await partitionLog(before, 1).append(batchOf({ values: ['old'] }, clock.nowMs())))
  await before.close()
  // Another broker, because this one has an empty cache.
  const started = await startTestBroker({ clock, storage, first: { topics } })
  broker = started
  const answer = fetchBoth(await started.connect())
  await isReading
  // Storage is asked ahead; in the turn after that, partition 0 has been looked at.
  await new Promise(setImmediate)
  return { started, answer, letRead }
}

it('answers with what one partition got while another was being read', async () => {
  const { started, answer, letRead } = await fetchInTheMiddle()
  const batch = batchOf({ values: ['x'.repeat(2000)] }, clock.nowMs())
  granted(await partitionLog(started, 0).append(batch))
  letRead()
  const [topic] = (await answer).responses
  expect(topic?.partitions).toMatchObject([
    { errorCode: 0, highWatermark: 1, records: [{ length: batch.length }] },
    { errorCode: 0, highWatermark: 1 },
  ])
})

it('learns that its topic was deleted while another partition was being read', async () => {
  const { started, answer, letRead } = await fetchInTheMiddle()
  await started.tenants.get(started.first.id)?.topics.delete([{ name: 'rides' }])
  letRead()
  const [topic] = (await answer).responses
  expect(topic?.partitions).toMatchObject([{ errorCode: 3 }, { errorCode: 3 }])
})
