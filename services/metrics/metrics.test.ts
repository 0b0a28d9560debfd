import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, expect, it } from 'vitest'
import { createFakeClock, type FakeClock } from '../../broker/clock.ts'
import { Fetch } from '../../broker/protocol/messages/fetch.ts'
import { Produce } from '../../broker/protocol/messages/produce.ts'
import { presetClusterId } from '../../broker/rules/ids.ts'
import { PRODUCE_VERSION, produceRequest } from '../../broker/testing/produce.ts'
import { startTestBroker, type TestBroker } from '../../broker/testing/test-broker.ts'
import { createBrokerControl } from '../../lib/control/broker.ts'
import { createServicesControl, type ServicesControl } from '../../lib/control/services.ts'
import { internalAddress } from '../../lib/kafka/credentials.ts'
import { createGroupLagReader } from '../../lib/kafka/group-lags.ts'
import { serveControl } from '../control.ts'
import { openServicesDb } from '../database.ts'
import type { ConnectorCounters } from './connector-counters.ts'
import { startMetrics } from './metrics.ts'

const token = 'token-of-this-start'
const internalKey = Buffer.alloc(32, 7)
const first = presetClusterId('default', 'first')
const stops: (() => unknown)[] = []
afterEach(async () => {
  for (const stop of stops.splice(0).reverse()) await stop()
})

function newDataDir(): string {
  const dataDir = mkdtempSync(join(tmpdir(), 'tributary-metrics-'))
  stops.push(() => rmSync(dataDir, { recursive: true, force: true }))
  return dataDir
}

interface World {
  readonly broker: TestBroker
  readonly clock: FakeClock
  readonly metrics: ServicesControl
  /** Moves time to the next multiple of 5 s and waits for the sample there. */
  nextSample(): Promise<void>
}

const topics = [
  { name: 'rides', partitions: 2 },
  { name: 'idle', partitions: 1 },
]

async function startBroker(clock: FakeClock): Promise<TestBroker> {
  const broker = await startTestBroker({
    clock,
    control: { token },
    internalKey,
    first: { topics },
  })
  stops.push(() => broker.close())
  return broker
}

/** The broker and the services, with one clock between them that stands still. */
async function startWorld(
  {
    url,
    dataDir = newDataDir(),
    connectors = [],
  }: {
    readonly url?: () => string | null
    readonly dataDir?: string
    readonly connectors?: readonly ConnectorCounters[]
  } = {},
  clock = createFakeClock(1_700_000_000_000),
): Promise<World> {
  const broker = await startBroker(clock)
  const at = (): string => url?.() ?? broker.controlUrl ?? ''
  let sampled = () => {}
  const nextAttempt = () => new Promise<void>((resolve) => (sampled = resolve))
  const baseline = nextAttempt()
  const db = openServicesDb(dataDir)
  const running = await startMetrics({
    db,
    readCounters: () => createBrokerControl({ url: at(), token }).counters(),
    readConnectors: () => connectors,
    lagReader: createGroupLagReader((id) =>
      internalAddress(id, { internalKey, kafkaPorts: broker.ports }),
    ),
    clock,
    onSampled: () => sampled(),
  })
  stops.push(() => db.$disconnect())
  stops.push(running.stop)
  clock.advance(0)
  await baseline
  const served = await serveControl({
    port: 0,
    token,
    status: () => ({ startId: 'x', startedMs: 0, pid: 1 }),
    routes: { '/v1/metrics': running.routes },
  })
  if (!served.ok) throw new Error(served.reason)
  stops.push(served.value.stop)
  return {
    broker,
    clock,
    metrics: createServicesControl({ url: served.value.url, token }),
    async nextSample() {
      const attempt = nextAttempt()
      // The sampler sets its next timer right after it has told of a sample.
      await Promise.resolve()
      clock.advance(5000)
      await attempt
    },
  }
}

async function value<T>(answer: Promise<{ ok: true; value: T } | { ok: false; message: string }>) {
  const settled = await answer
  if (!settled.ok) throw new Error(settled.message)
  return settled.value
}

async function produce(broker: TestBroker, count: number, topic = 'rides'): Promise<number> {
  const client = await broker.connect()
  const values = Array.from({ length: count }, (_, index) => `value ${index}`)
  const request = produceRequest(topic, 0, values)
  // The leader of partition 0 is node 1, which `connect` dials.
  const answer = await client.send(Produce, PRODUCE_VERSION, request)
  expect(answer.responses[0]?.partitionResponses[0]?.errorCode).toBe(0)
  client.close()
  return request.topicData[0]?.partitionData[0]?.records?.[0]?.length ?? 0
}

async function consume(broker: TestBroker, client = broker.connect()): Promise<void> {
  const connection = await client
  const partitions = [{ partition: 0, fetchOffset: 0, partitionMaxBytes: 1_000_000 }]
  await connection.send(Fetch, 12, {
    maxWaitMs: 0,
    minBytes: 0,
    topics: [{ topic: 'rides', partitions }],
  })
  connection.close()
}

it('tells bytes of batches as stored per second, and comes back to 0', async () => {
  const { broker, metrics, nextSample } = await startWorld()
  await nextSample()
  const bytes = await produce(broker, 100)
  await consume(broker)
  await nextSample()
  const busy = await value(metrics.topicMetrics(first, 'rides'))
  const rates = {
    productionBytesPerSecond: bytes / 5,
    consumptionBytesPerSecond: bytes / 5,
    recordsInPerSecond: 20,
  }
  expect(busy).toMatchObject({ rates, storedBytes: bytes })
  expect(busy.series.productionBytesPerSecond.at(-1)).toBe(bytes / 5)
  expect(busy.series.storedBytes.slice(-3)).toEqual([0, 0, bytes])
  const cluster = await value(metrics.clusterMetrics(first))
  expect(cluster).toMatchObject({ rates, storedBytes: bytes, topics: 2, partitions: 3 })
  expect(cluster.topicsByName.rides).toMatchObject({ rates, storedBytes: bytes, partitions: 2 })
  const { sparklines } = cluster.topicsByName.rides ?? {}
  expect(sparklines?.production.slice(-2)).toEqual([0, bytes / 5])
  expect(sparklines?.consumption.slice(-2)).toEqual([0, bytes / 5])
  expect(cluster.topicsByName.rides?.consumers).toBe(1)
  const idle = { productionBytesPerSecond: 0, consumptionBytesPerSecond: 0, recordsInPerSecond: 0 }
  expect(cluster.topicsByName.idle).toEqual({ rates: idle, storedBytes: 0, partitions: 1 })
  await nextSample()
  expect((await value(metrics.topicMetrics(first, 'rides'))).rates).toEqual(idle)
})

it('counts neither what the console reads nor its connections', async () => {
  const { broker, metrics, nextSample } = await startWorld()
  const { internalPassword } = await import('../../broker/cluster/credentials.ts')
  const key = `console.${first}`
  const secret = internalPassword(Buffer.alloc(32, 7), key)
  await nextSample()
  await produce(broker, 10)
  await consume(broker, broker.connect({ cluster: { id: first, key, secret } }))
  await broker.connect({ cluster: { id: first, key, secret } })
  await broker.connect()
  await nextSample()
  const [card] = await value(metrics.clusterCards([first]))
  expect(card).toMatchObject({ connections: 1, rates: { consumptionBytesPerSecond: 0 } })
})

it('names a topic that was made between two samples, with all that it got', async () => {
  const { broker, metrics, nextSample } = await startWorld()
  await nextSample()
  const tenant = broker.tenants.get(first)
  await tenant?.topics.delete([{ name: 'rides' }])
  expect((await value(metrics.clusterMetrics(first, { topics: ['made'] }))).topicsByName).toEqual(
    {},
  )
  const shape = { partitionCount: 2, replicationFactor: 3, assignments: [], config: {} }
  await tenant?.topics.create([{ name: 'rides', ...shape }])
  const bytes = await produce(broker, 5)
  await nextSample()
  const again = await value(metrics.topicMetrics(first, 'rides'))
  expect(again).toMatchObject({ storedBytes: bytes, rates: { recordsInPerSecond: 1 } })
  // The series is of this topic, not of the one that had the name before.
  expect(again.series.productionBytesPerSecond.slice(-2)).toEqual([null, bytes / 5])
  const { topicsByName } = await value(metrics.clusterMetrics(first, { topics: ['rides'] }))
  expect(Object.keys(topicsByName)).toEqual(['rides'])
  expect(topicsByName.rides?.sparklines?.production.slice(-2)).toEqual([null, bytes / 5])
})

it('leaves a gap, not a zero, where the broker was away or began again', async () => {
  const clock = createFakeClock(1_700_000_000_000)
  let url: string | null = null
  const { broker, metrics, nextSample } = await startWorld({ url: () => url }, clock)
  await nextSample()
  const before = await produce(broker, 10)
  await nextSample()
  await broker.close()
  await nextSample()
  const away = await value(metrics.topicMetrics(first, 'rides'))
  expect(away.rates).toBeNull()
  expect((await value(metrics.clusterCards([first])))[0]).toMatchObject({
    rates: null,
    connections: null,
    storedBytes: before,
  })
  const restarted = await startBroker(clock)
  url = restarted.controlUrl
  const after = await produce(restarted, 3)
  await nextSample()
  await nextSample()
  const { series } = await value(metrics.topicMetrics(first, 'rides', { minutes: 1 }))
  const cluster = (await value(metrics.clusterMetrics(first, { minutes: 1 }))).series
  expect(cluster.productionBytesPerSecond.slice(-5)).toEqual([0, before / 5, null, null, 0])
  // Memory storage forgot the topic, so the topic of this name is another one.
  expect(series.productionBytesPerSecond.slice(-4)).toEqual([null, null, null, 0])
  expect(series.storedBytes.at(-1)).toBe(after)
})

it('goes on sampling when the clock of the machine is set back', async () => {
  const fake = createFakeClock(1_700_000_000_000)
  let setBackMs = 0
  // Timers go on as before: only the time of day changes.
  const clock = { ...fake, nowMs: () => fake.nowMs() - setBackMs }
  const { broker, metrics, nextSample } = await startWorld({}, clock)
  await nextSample()
  setBackMs = 3_600_000
  await nextSample()
  await nextSample()
  expect((await value(metrics.topicMetrics(first, 'rides'))).rates).toBeNull()
  const bytes = await produce(broker, 10)
  await nextSample()
  const { series } = await value(metrics.topicMetrics(first, 'rides', { minutes: 1 }))
  expect(series.productionBytesPerSecond.slice(-2)).toEqual([null, bytes / 5])
  expect(series.fromMs + 11 * series.stepMs).toBe(clock.nowMs())
})

it('is all nulls for what nobody has sampled, and asks for sensible ranges', async () => {
  const { metrics } = await startWorld()
  expect(await value(metrics.clusterCards(['lkc-none']))).toMatchObject([
    { id: 'lkc-none', takenMs: null, rates: null, storedBytes: null, topics: null },
  ])
  expect(await value(metrics.topicMetrics(first, 'absent'))).toMatchObject({
    takenMs: null,
    rates: null,
    storedBytes: null,
  })
  expect(await metrics.topicMetrics(first, 'rides', { minutes: 10_081 })).toMatchObject({
    ok: false,
    code: 'INVALID',
  })
})
