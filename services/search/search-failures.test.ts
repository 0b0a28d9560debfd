import { afterEach, expect, it } from 'vitest'
import { Produce } from '../../broker/protocol/messages/produce.ts'
import { encodeBatch } from '../../broker/protocol/records.ts'
import type { SearchEvent } from '../../broker/rules/services-control.ts'
import { openMemoryStorage } from '../../broker/storage/memory/storage.ts'
import type { Storage } from '../../broker/storage/storage.ts'
import { PRODUCE_VERSION } from '../../broker/testing/produce.ts'
import { startTestBroker, type TestBroker } from '../../broker/testing/test-broker.ts'
import { readSearchEvents } from '../../lib/control/search-events.ts'
import { createServicesControl } from '../../lib/control/services.ts'
import { internalAddress } from '../../lib/kafka/credentials.ts'
import { serveControl } from '../control.ts'
import { searchRoutes } from './routes.ts'

const token = 'token-of-this-start'
const internalKey = Buffer.alloc(32, 7)
const stops: (() => unknown)[] = []
afterEach(async () => {
  for (const stop of stops.splice(0).reverse()) await stop()
})

async function startBroker(storage: Storage, ports?: readonly number[]): Promise<TestBroker> {
  const broker = await startTestBroker({
    internalKey,
    storage,
    first: { topics: [{ name: 'rides', partitions: 1 }] },
    ...(ports === undefined ? {} : { ports }),
  })
  stops.push(() => broker.close())
  return broker
}

/** 60 batches of 2,000 records: far more than fits between a search and a reader who stands still. */
const batches = 60
const recordsPerBatch = 2000

async function fill(broker: TestBroker): Promise<void> {
  const client = await broker.connect()
  const value = Buffer.from('y'.repeat(200))
  const records = Array.from({ length: recordsPerBatch }, () => ({ value }))
  // A broker that starts deletes what retention no longer covers.
  const batch = encodeBatch(records, { timestampMs: Date.now() })
  for (let i = 0; i < batches; i++) {
    await client.send(Produce, PRODUCE_VERSION, {
      acks: -1,
      timeoutMs: 5000,
      topicData: [{ name: 'rides', partitionData: [{ index: 0, records: [batch] }] }],
    })
  }
  client.close()
}

async function openSearch(broker: TestBroker) {
  const served = await serveControl({
    port: 0,
    token,
    status: () => ({ startId: 'x', startedMs: 0, pid: 1 }),
    routes: {
      '/v1/search': searchRoutes((id) =>
        internalAddress(id, { internalKey, kafkaPorts: broker.ports }),
      ),
    },
  })
  if (!served.ok) throw new Error(served.reason)
  stops.push(served.value.stop)
  const control = createServicesControl({ url: served.value.url, token })
  const opened = await control.openSearch(
    { clusterId: broker.first.id, topic: 'rides', query: 'y', matchesMax: null, rows: 'whole' },
    new AbortController().signal,
  )
  if (!opened.ok) throw new Error(opened.message)
  const events = readSearchEvents(opened.value)
  const first = await events.next()
  expect(first.value).toMatchObject({ type: 'matches' })
  return { events, first: first.value as SearchEvent }
}

/** The offsets of all matches, in the order in which they were told, and the last event. */
async function readOn({ events, first }: Awaited<ReturnType<typeof openSearch>>) {
  const offsets: number[] = []
  let last = first
  const add = (event: SearchEvent) => {
    last = event
    if (event.type === 'matches') offsets.push(...event.rows.map(({ offset }) => offset))
  }
  add(first)
  for await (const event of events) add(event)
  return { offsets, last }
}

it('goes on where it was when the broker comes back', async () => {
  const storage = openMemoryStorage()
  const broker = await startBroker({ ...storage, close: async () => {} })
  await fill(broker)
  // Nobody reads on, so the search stands in the middle while the broker goes and comes.
  const search = await openSearch(broker)
  await broker.close()
  await startBroker(storage, broker.ports)
  const { offsets, last } = await readOn(search)
  expect(last).toMatchObject({ type: 'done', reason: 'end' })
  expect(offsets).toEqual(Array.from({ length: batches * recordsPerBatch }, (_, offset) => offset))
})

it('says that the topic is gone, and how far it came', async () => {
  const broker = await startBroker(openMemoryStorage())
  await fill(broker)
  const search = await openSearch(broker)
  await broker.tenants.get(broker.first.id)?.topics.delete([{ name: 'rides' }])
  const { offsets, last } = await readOn(search)
  expect(last).toMatchObject({ type: 'problem', code: 'UNKNOWN_TOPIC_OR_PARTITION' })
  expect(offsets).toEqual(offsets.map((_, offset) => offset))
})

it('leaves out what retention deleted under it', async () => {
  const broker = await startBroker(openMemoryStorage())
  await fill(broker)
  const search = await openSearch(broker)
  const topic = broker.tenants.get(broker.first.id)?.topics.byName('rides')
  const start = batches * recordsPerBatch - 10
  await topic?.partitions[0]?.deleteRecords(start)
  const { offsets, last } = await readOn(search)
  expect(last).toMatchObject({ type: 'done', reason: 'end' })
  expect(offsets.slice(-10)).toEqual(Array.from({ length: 10 }, (_, i) => start + i))
  expect(offsets.length).toBeLessThan(batches * recordsPerBatch)
})
