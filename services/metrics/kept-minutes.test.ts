import { afterEach, expect, it } from 'vitest'
import type { MetricName } from '../../broker/rules/metrics.ts'
import type { ControlAnswer } from '../../lib/control/call.ts'
import {
  type CountedWorld,
  clientCounters,
  startCountedWorld,
  topicCounters,
} from './testing/counted-world.ts'

const ends: (() => unknown)[] = []
afterEach(async () => {
  for (const end of ends.splice(0).reverse()) await end()
})

const id = 'lkc-abc123'
const received: MetricName = 'io.confluent.kafka.server/received_bytes'
const retained: MetricName = 'io.confluent.kafka.server/retained_bytes'

function startWorld(topics: Record<string, ReturnType<typeof topicCounters>>) {
  const tenants = { [id]: { topics, connections: 0, clients: [] } }
  return startCountedWorld((end) => ends.push(end), tenants)
}

async function value<T>(answer: Promise<ControlAnswer<T>>): Promise<T> {
  const settled = await answer
  if (!settled.ok) throw new Error(settled.message)
  return settled.value
}

async function pointsOf(
  { metrics }: CountedWorld,
  resource: string,
  { metric = received, minutes = 60 }: { metric?: MetricName; minutes?: number } = {},
) {
  const asked = { metric, resources: [resource], range: { minutes } }
  const { series, ...steps } = await value(metrics.metricSeries(id, asked))
  return { ...steps, points: series[0]?.points ?? [] }
}

/** What a series adds up to; its points are per second. */
function sumOf({ points, stepMs }: { points: readonly (number | null)[]; stepMs: number }) {
  return Math.round(points.reduce<number>((sum, rate) => sum + ((rate ?? 0) * stepMs) / 1000, 0))
}

const measured = (points: readonly (number | null)[]) => points.filter((point) => point !== null)

/** Produces so much to the topic. */
function produceTo({ counted }: CountedWorld, name: string, bytes: number) {
  const topic = counted.tenants[id]?.topics[name]
  if (topic === undefined) throw new Error(`There is no topic ${name}.`)
  topic.bytesIn += bytes
  topic.recordsIn += 1
  topic.storedBytes += bytes
}

it('shows the last hour again after a restart, with a gap where services were down', async () => {
  const before = await startWorld({ rides: topicCounters('a'), idle: topicCounters('b') })
  await before.samples(36, () => produceTo(before, 'rides', 600))
  await before.stop()
  before.clock.advance(120_000)
  const after = await before.restart()
  await after.samples(11, () => produceTo(after, 'rides', 1200))
  const { points, stepMs, fromMs } = await pointsOf(after, 'topic:rides')
  expect(stepMs).toBe(5000)
  expect(fromMs + (points.length - 1) * stepMs).toBe(after.clock.nowMs())
  // The first sample after the start tells no rate.
  const downSteps = 24
  expect(points.slice(-36 - downSteps - 11)).toEqual([
    ...Array(36).fill(120),
    ...Array(downSteps).fill(null),
    ...Array(11).fill(240),
  ])
  expect(measured((await pointsOf(after, 'topic:idle')).points)).toEqual(Array(47).fill(0))
  const stored = await pointsOf(after, 'topic:rides', { metric: retained })
  expect(stored.points.at(-1)).toBe(36 * 600 + 11 * 1200)
  expect(stored.points.at(-13)).toBeNull()
  expect(stored.points.at(-12 - downSteps)).toBe(36 * 600)
})

it('tells sums by the minute that are those of the counters, and of the steps of 5 s', async () => {
  const world = await startWorld({ rides: topicCounters('a'), other: topicCounters('b') })
  let total = 0
  await world.samples(5 * 12, () => {
    const bytes = (total * 7 + 13) % 5000
    total += bytes
    produceTo(world, 'rides', bytes)
  })
  for (const resource of ['topic:rides', 'cluster']) {
    const fine = await pointsOf(world, resource)
    const coarse = await pointsOf(world, resource, { minutes: 120 })
    expect([fine.stepMs, coarse.stepMs]).toEqual([5000, 60_000])
    expect(Math.abs(sumOf(fine) - total)).toBeLessThan(5)
    expect(Math.abs(sumOf(coarse) - total)).toBeLessThan(5)
    expect(measured(coarse.points)).toHaveLength(5)
  }
})

it('tells a minute in which nothing changed from one in which nobody looked', async () => {
  const world = await startWorld({ rides: topicCounters('a') })
  await world.samples(24, () => produceTo(world, 'rides', 100))
  await world.samples(12)
  world.counted.isThere = false
  await world.samples(24)
  world.counted.isThere = true
  await world.samples(24, () => produceTo(world, 'rides', 200))
  const { points } = await pointsOf(world, 'topic:rides', { minutes: 120 })
  // The first sample after the broker was away tells no rate, so that minute has eleven steps.
  expect(points.slice(-8)).toEqual([null, 20, 20, 0, null, null, 40, 40])
  const stored = await pointsOf(world, 'topic:rides', { metric: retained, minutes: 120 })
  expect(stored.points.slice(-8)).toEqual(
    [null, 1200, 2400, 2400, null, null, 4800, 7200].map((bytes, index) =>
      index < 1 ? null : bytes,
    ),
  )
})

it('writes only what changed, however many topics there are', async () => {
  const topics = Object.fromEntries(
    Array.from({ length: 10_000 }, (_, n) => [`topic-${n}`, topicCounters(`id-${n}`)]),
  )
  const world = await startWorld(topics)
  await world.samples(1, () => produceTo(world, 'topic-77', 10))
  await world.samples(11)
  // The cluster's partitions at first, then the topic and the cluster in the minute they changed in.
  expect(await world.db.metricSample.count()).toBe(3)
  expect(await world.db.metricMinute.findMany({ select: { samples: true } })).toEqual([
    { samples: 1 },
    { samples: 2 },
  ])
  const quiet = await pointsOf(world, 'topic:topic-9999', { minutes: 120 })
  expect(measured(quiet.points)).toEqual([0])
})

it('forgets a topic that is deleted, also while services are down, and gives its name anew', async () => {
  const world = await startWorld({ rides: topicCounters('a'), other: topicCounters('b') })
  await world.samples(12, () => produceTo(world, 'rides', 100))
  const cluster = world.counted.tenants[id]
  if (cluster === undefined) throw new Error('There is no cluster.')
  cluster.topics = { ...cluster.topics, rides: topicCounters('c') }
  await world.samples(12, () => produceTo(world, 'other', 100))
  expect(measured((await pointsOf(world, 'topic:rides', { minutes: 120 })).points)).toEqual([0])
  await world.stop()
  cluster.topics = { rides: topicCounters('d') }
  const after = await world.restart()
  await after.samples(24)
  expect(sumOf(await pointsOf(after, 'topic:rides'))).toBe(0)
  expect((await pointsOf(after, 'topic:other')).points.every((point) => point === null)).toBe(true)
  const rows = await after.db.metricSeries.findMany({ select: { kind: true, resourceId: true } })
  expect(rows).toHaveLength(2)
  expect(rows).toContainEqual({ kind: 'topic', resourceId: 'd' })
  // What is left is of the cluster itself.
  const { number } = await clusterSeries(after)
  expect(await after.db.metricSample.count({ where: { seriesId: { not: number } } })).toBe(0)
})

async function clusterSeries({ db }: CountedWorld) {
  const row = await db.metricSeries.findFirstOrThrow({ where: { kind: 'cluster' } })
  return { number: row.id }
}

it('forgets a cluster that is deleted, and one of the same id begins with nothing', async () => {
  const world = await startWorld({ rides: topicCounters('a') })
  await world.samples(12, () => produceTo(world, 'rides', 100))
  world.counted.tenants = {}
  await world.samples(12)
  expect(await world.db.metricSample.count()).toBeGreaterThan(0)
  world.counted.tenants = { [id]: { topics: {}, connections: 3, clients: [] } }
  await world.samples(24)
  expect(sumOf(await pointsOf(world, 'cluster', { minutes: 120 }))).toBe(0)
  expect(await world.db.metricSeries.findMany({ select: { kind: true } })).toEqual([
    { kind: 'cluster' },
  ])
  const connections: MetricName = 'io.confluent.kafka.server/active_connection_count'
  const { points } = await pointsOf(world, 'cluster', { metric: connections, minutes: 120 })
  expect(measured(points)).toEqual([3, 3])
})

it('loses at most the minute that has begun when it is killed', async () => {
  const world = await startWorld({ rides: topicCounters('a') })
  await world.samples(12 + 7, () => produceTo(world, 'rides', 100))
  await world.kill()
  const after = await world.restart()
  await after.samples(5, () => produceTo(after, 'rides', 100))
  await after.samples(12)
  expect(sumOf(await pointsOf(after, 'topic:rides'))).toBe(1700)
  const coarse = await pointsOf(after, 'topic:rides', { minutes: 120 })
  // The second minute is told from the steps in which somebody looked.
  expect(measured(coarse.points)).toEqual([20, 20, 0])
})

it('keeps what was measured in the very step in which it starts again', async () => {
  const world = await startWorld({ rides: topicCounters('a') })
  await world.samples(6, () => produceTo(world, 'rides', 100))
  await world.stop()
  produceTo(world, 'rides', 1000)
  const after = await world.restart()
  await after.samples(1, () => produceTo(after, 'rides', 100))
  const { points } = await pointsOf(after, 'topic:rides')
  expect(points.slice(-7)).toEqual(Array(7).fill(20))
  const stored = (await pointsOf(after, 'topic:rides', { metric: retained })).points
  // Of the minute that the end fell into it is known what was there at the end.
  expect(stored.slice(-3)).toEqual([600, 1600, 1700])
})

it('shows what began in the midst of a minute from there on, also after a restart', async () => {
  const world = await startWorld({ rides: topicCounters('a') })
  await world.samples(6)
  const cluster = world.counted.tenants[id]
  if (cluster === undefined) throw new Error('There is no cluster.')
  cluster.topics = { ...cluster.topics, made: topicCounters('b') }
  await world.samples(6, () => produceTo(world, 'made', 100))
  await world.stop()
  const after = await world.restart()
  const { points } = await pointsOf(after, 'topic:made')
  expect(points.slice(-12)).toEqual([...Array(6).fill(null), ...Array(6).fill(20)])
})

it('joins the two parts of a minute that a restart fell into', async () => {
  const world = await startWorld({ rides: topicCounters('a') })
  await world.samples(12 + 4, () => produceTo(world, 'rides', 100))
  await world.stop()
  const after = await world.restart()
  await after.samples(8, () => produceTo(after, 'rides', 100))
  expect(await after.db.metricMinute.findMany({ orderBy: { minute: 'asc' } })).toMatchObject([
    { steps: 0, measuredMs: 0 },
    { steps: 0b1111_1111_1111, measuredMs: 60_000 },
    { steps: 0b1111_1111_1111, measuredMs: 60_000 },
  ])
  expect(sumOf(await pointsOf(after, 'topic:rides', { minutes: 120 }))).toBe(2400)
})

it('answers any time of the week by its ends, and refuses what is no question', async () => {
  const world = await startWorld({ rides: topicCounters('a') })
  const beganMs = world.clock.nowMs()
  await world.samples(36, () => produceTo(world, 'rides', 100))
  await world.stop()
  world.clock.advance(2 * 86_400_000)
  const { metrics } = await world.restart()
  const ask = (fromMs: number, toMs: number, resource = 'topic:rides') =>
    metrics.metricSeries(id, { metric: received, resources: [resource], range: { fromMs, toMs } })
  const [first, second] = [beganMs + 60_000, beganMs + 120_000]
  expect(await value(ask(first, second))).toMatchObject({
    stepMs: 60_000,
    fromMs: second,
    series: [{ resource: 'topic:rides', name: 'rides', points: [20] }],
  })
  const around = await value(ask(beganMs - 3_600_000, beganMs + 3_600_000))
  expect(measured(around.series[0]?.points ?? [])).toEqual([20, 20, 20])
  expect(around.series[0]?.points).toHaveLength(120)
  for (const asked of [ask(second, first), ask(0, second), ask(first, second, 'rides')]) {
    expect(await asked).toMatchObject({ ok: false, code: 'INVALID' })
  }
})

it('leaves a gap where a minute cannot be stored, and goes on', async () => {
  const world = await startWorld({ rides: topicCounters('a') })
  await world.samples(12, () => produceTo(world, 'rides', 100))
  await world.db.$executeRaw`ALTER TABLE metric_sample RENAME TO hidden`
  await world.samples(12, () => produceTo(world, 'rides', 100))
  await world.db.$executeRaw`ALTER TABLE hidden RENAME TO metric_sample`
  await world.samples(12, () => produceTo(world, 'rides', 100))
  const { points } = await pointsOf(world, 'topic:rides', { minutes: 120 })
  expect(points.slice(-3)).toEqual([20, null, 20])
})

it('tells of clients and connectors, by the minute too', async () => {
  const world = await startWorld({ rides: topicCounters('a') })
  const cluster = world.counted.tenants[id]
  if (cluster === undefined) throw new Error('There is no cluster.')
  const client = clientCounters('rdkafka', { topicsIn: ['rides'], connections: 2 })
  cluster.clients = [client, clientCounters('idle')]
  const connector = { clusterId: id, id: 'lcc-abc', name: 'orders', bytesOut: 0, recordsOut: 0 }
  world.counted.connectors = [connector]
  await world.samples(12, () => {
    client.bytesIn += 500
    client.recordsIn += 5
    connector.bytesOut += 1000
    connector.recordsOut += 10
  })
  const { clients } = await value(world.metrics.clusterClients(id))
  expect(clients).toMatchObject([
    {
      clientId: 'rdkafka',
      connections: 2,
      topicsIn: ['rides'],
      rates: { productionBytesPerSecond: 100, recordsInPerSecond: 1, recordsOutPerSecond: 0 },
    },
    { clientId: 'idle', rates: { productionBytesPerSecond: 0, consumptionBytesPerSecond: 0 } },
  ])
  expect(clients[0]?.sparklines.production.slice(-13)).toEqual([null, ...Array(12).fill(100)])
  const { connectors } = await value(world.metrics.clusterConnectors(id))
  expect(connectors).toMatchObject([
    { id: 'lcc-abc', name: 'orders', rates: { bytesPerSecond: 200, recordsPerSecond: 2 } },
  ])
  const sent: MetricName = 'io.confluent.kafka.connect/sent_records'
  const ofConnector = await pointsOf(world, 'connector:lcc-abc', { metric: sent, minutes: 90 })
  expect(measured(ofConnector.points)).toEqual([2])
  expect(measured((await pointsOf(world, 'client:rdkafka', { minutes: 90 })).points)).toEqual([100])
  // A metric that the resource does not have is no other's.
  expect(measured((await pointsOf(world, 'connector:lcc-abc')).points)).toEqual([])
  const { resources, total } = await value(world.metrics.metricResources(id))
  expect(resources.map(({ resource }) => resource)).toEqual([
    ...['cluster', 'topic:rides', 'connector:lcc-abc', 'client:rdkafka'],
  ])
  expect(total).toBe(4)
  cluster.clients = []
  await world.samples(1)
  const gone = await value(world.metrics.metricResources(id, { kind: 'client', search: 'RDK' }))
  expect(gone.resources).toMatchObject([{ resource: 'client:rdkafka', isPresent: false }])
})

it('counts from 0 what was forgotten and came again, and never less than nothing', async () => {
  const world = await startWorld({ rides: topicCounters('a') })
  const cluster = world.counted.tenants[id]
  if (cluster === undefined) throw new Error('There is no cluster.')
  const connector = { clusterId: id, id: 'lcc-abc', name: 'orders', bytesOut: 0, recordsOut: 0 }
  world.counted.connectors = [connector]
  cluster.clients = [clientCounters('coming', { bytesIn: 1000 })]
  await world.samples(2, () => Object.assign(connector, { bytesOut: 5000, recordsOut: 50 }))
  cluster.clients = [clientCounters('coming', { bytesIn: 300 })]
  await world.samples(1, () => Object.assign(connector, { bytesOut: 500, recordsOut: 5 }))
  const ofClient = (await pointsOf(world, 'client:coming')).points
  expect(measured(ofClient)).toEqual([200, 0, 60])
  const sent: MetricName = 'io.confluent.kafka.connect/sent_bytes'
  const ofConnector = await pointsOf(world, 'connector:lcc-abc', { metric: sent })
  expect(measured(ofConnector.points)).toEqual([1000, 0, 100])
})

it('keeps 400 clients of a cluster, whatever ids are invented', async () => {
  const world = await startWorld({ rides: topicCounters('a') })
  const cluster = world.counted.tenants[id]
  if (cluster === undefined) throw new Error('There is no cluster.')
  for (let minute = 0; minute < 5; minute++) {
    cluster.clients = Array.from({ length: 150 }, (_, n) => clientCounters(`${minute}-${n}`))
    await world.samples(12, () => {
      for (const client of cluster.clients) client.bytesIn += 1
    })
  }
  expect((await value(world.metrics.metricResources(id, { kind: 'client' }))).total).toBe(400)
  await world.samples(12)
  expect(await world.db.metricSeries.count({ where: { kind: 'client' } })).toBe(400)
  expect(await world.db.metricSeries.count({ where: { kind: 'gone' } })).toBe(0)
})
