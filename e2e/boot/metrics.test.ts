import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, it, vi } from 'vitest'
import type { BatchHeader } from '../../broker/protocol/record-batch.ts'
import { presetClusterId } from '../../broker/rules/ids.ts'
import { paths } from '../../lib/paths.ts'
import { commitOffsets } from '../support/commit-offsets.ts'
import { signIn } from '../support/http-session.ts'
import { parseOpenMetrics } from '../support/open-metrics.ts'
import { type Product, startProduct } from '../support/product.ts'
import { consumeFor, countBatches, type ReadTopic } from './batch-reader.ts'
import { metricsOfCluster } from './metrics-of-cluster.ts'

// What metrics say against what an independent client finds in the topic: the bytes and records of
// batches whose timestamps lie in the window. METRICS_SECONDS=60 looks longer, and at /metrics too.

const windowMs = 1000 * Number(process.env.METRICS_SECONDS ?? 10)
const looksAtExport = windowMs >= 60_000

const person = { email: 'me@example.com', password: 'river of numbers', name: 'Me' }
const server = 'io.confluent.kafka.server'
const connect = 'io.confluent.kafka.connect'

/** Nobody consumes here: so that what the console reads would be seen. */
const written = clusterNamed('dev', {
  key: { key: 'METRICSKEY234ABC', secret: 'metrics-secret-that-is-long' },
  topic: 'orders',
})
const consumed = clusterNamed('elsewhere', {
  key: { key: 'OTHERMETRICSKEY2', secret: 'another-secret-that-is-long' },
  topic: 'payments',
})
/** Read by nobody but the test that counts how far a group is behind. */
const lagging = clusterNamed('behind', {
  key: { key: 'LAGMETRICSKEY234', secret: 'a-third-secret-that-is-long' },
  topic: 'refunds',
})

interface OwnKey {
  readonly key: string
  readonly secret: string
}

/** A cluster with a topic of two partitions that a connector of the topic's name writes to. */
function clusterNamed(name: string, { key, topic }: { key: OwnKey; topic: string }) {
  const clusterId = presetClusterId('default', name)
  const partitions = 2
  const config = {
    'connector.class': 'DatagenSource',
    'kafka.topic': topic,
    'output.data.format': 'JSON',
    quickstart: 'ORDERS',
    'max.interval': '10',
    'tasks.max': '1',
  }
  return {
    clusterId,
    key,
    topic,
    metrics: metricsOfCluster(() => product, clusterId),
    read: (): ReadTopic => ({ port: product.kafkaPorts[0] ?? 0, ...key, topic, partitions }),
    preset: {
      name,
      apiKeys: [key],
      topics: [{ name: topic, partitions }],
      connectors: [{ name: topic, config }],
    },
  }
}

let folder: string
let product: Product
let ended = async () => {}

async function start(): Promise<Product> {
  const env = { TRIBUTARY_PRESET: join(folder, 'preset.json') }
  const started = await startProduct({ dataDir: join(folder, 'data'), env })
  ended = started.kill
  return started
}

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'tributary-numbers-'))
  const clusters = [written, consumed, lagging].map(({ preset }) => preset)
  const environments = [{ name: 'default', clusters }]
  const preset = { users: [person], environments }
  writeFileSync(join(folder, 'preset.json'), JSON.stringify(preset))
  product = await start()
})
afterAll(async () => {
  await ended()
  rmSync(folder, { recursive: true, force: true })
})

// Each in a cluster of its own: they wait for their samples side by side.

it.concurrent('are what a client finds in the topic, and what the console reads is not among them', async () => {
  const { metrics } = written
  const from = await metrics.sampleAfter(0)
  await readThroughConsole()
  const to = await metrics.sampleAfter(from.takenMs + windowMs)
  const found = await countBatches(written.read(), (batch) =>
    isWithin(batch, from.takenMs, to.takenMs),
  )
  expect(found.records).toBeGreaterThan(windowMs / 100)

  const [connector] = (await metrics.connectors()).connectors
  const { clients } = await metrics.clients()
  const writer = clients.find(({ topicsIn }) => topicsIn.includes('orders'))
  expect(connector?.rates?.recordsPerSecond).toBeGreaterThan(0)
  const between = { from, to }
  const told = [
    { metric: `${server}/received_bytes`, resources: ['topic:orders', 'cluster'] },
    { metric: `${server}/received_bytes`, resources: [`client:${writer?.clientId}`] },
    { metric: `${connect}/sent_bytes`, resources: [`connector:${connector?.id}`] },
  ] as const
  for (const { metric, resources } of told) {
    for (const sum of await metrics.sums(metric, resources, between)) {
      expectWithin(sum, found.bytes, `${metric} of ${resources.join(' or ')}`)
    }
  }
  const records = [
    ...(await metrics.sums(`${server}/received_records`, ['topic:orders', 'cluster'], between)),
    ...(await metrics.sums(`${connect}/sent_records`, [`connector:${connector?.id}`], between)),
  ]
  for (const sum of records) expectWithin(sum, found.records, 'records')
  const read = await metrics.sums(`${server}/sent_bytes`, ['topic:orders', 'cluster'], between)
  expect(read).toEqual([0, 0])
})

it.concurrent('tell what a client consumes, as it consumes it', async () => {
  const { metrics } = consumed
  const from = await metrics.sampleAfter(0)
  const found = await consumeFor(consumed.read(), windowMs)
  const to = await metrics.sampleAfter(Date.now())
  const resources = ['topic:payments', 'cluster', 'client:e2e']
  for (const sum of await metrics.sums(`${server}/sent_bytes`, resources, { from, to })) {
    expectWithin(sum, found.bytes, 'consumed bytes')
  }
  for (const sum of await metrics.sums(`${server}/sent_records`, resources, { from, to })) {
    expectWithin(sum, found.records, 'consumed records')
  }
  const { clients } = await metrics.clients()
  expect(clients.find(({ clientId }) => clientId === 'e2e')?.topicsOut).toEqual(['payments'])
})

it.concurrent('tell scrapers what a group is behind, and nobody of another cluster', async () => {
  const { clusterId, key, topic } = lagging
  const bootstrapServer = `localhost:${product.kafkaPorts[0]}`
  await commitOffsets({ ...key, clusterId, bootstrapServer }, 'riders', { [topic]: [1, 0] })
  const lags = async (own: OwnKey) =>
    parseOpenMetrics(await (await scrape(own)).text()).filter(
      ({ name }) => name === 'confluent_kafka_server_consumer_lag_offsets',
    )
  const told = await vi.waitFor(
    async () => {
      const found = await lags(key)
      if (found.length === 0) throw new Error('Nobody has looked at the group yet.')
      return found
    },
    { timeout: 60_000, interval: 1000 },
  )
  const labels = { kafka_id: clusterId, consumer_group_id: 'riders', topic }
  expect(told.map((sample) => sample.labels)).toEqual([
    { ...labels, partition: '0' },
    { ...labels, partition: '1' },
  ])
  const behind = told.reduce((sum, { value }) => sum + value, 0)
  const until = 1000 * (told[0]?.timestampSeconds ?? 0)
  // Written by then, by the times that they carry, some of which were on their way; and all there are.
  const then = await countBatches(lagging.read(), (batch) => batch.maxTimestampMs <= until)
  const now = await countBatches(lagging.read(), () => true)
  expect(behind).toBeGreaterThan(then.records / 2)
  expect(behind).toBeLessThan(now.records)
  expect(await lags(consumed.key)).toEqual([])
})

it('are told to a scraper that has a key of the cluster, and to nobody else', async () => {
  const wrong = [
    undefined,
    { ...written.key, secret: consumed.key.secret },
    { key: `console.${written.clusterId}`, secret: 'x' },
  ]
  for (const credentials of wrong) expect((await scrape(credentials)).status).toBe(401)
  const foreign = await scrape(consumed.key)
  expect(foreign.status).toBe(200)
  const text = await foreign.text()
  expect(text).not.toContain(written.clusterId)
  expect(text).not.toContain('orders')
  const answer = await scrape(written.key)
  expect(answer.headers.get('content-type')).toMatch(
    /^application\/openmetrics-text; version=1\.0\.0/,
  )
  parseOpenMetrics(await answer.text())
})

it.runIf(looksAtExport)('a scraper is told the bytes of a whole minute', async () => {
  const samples = await vi.waitFor(
    async () => {
      const all = parseOpenMetrics(await (await scrape(written.key)).text())
      if (all.length === 0) throw new Error('No minute is over yet.')
      return all
    },
    { timeout: 90_000, interval: 1000 },
  )
  const sampleOf = (name: string) => {
    const sample = samples.find((one) => one.name === name && one.labels.topic === 'orders')
    expect(sample?.labels).toMatchObject({ kafka_id: written.clusterId })
    return sample
  }
  const minuteMs = 1000 * (sampleOf('confluent_kafka_server_received_bytes')?.timestampSeconds ?? 0)
  const found = await countBatches(written.read(), (batch) =>
    isWithin(batch, minuteMs, minuteMs + 60_000),
  )
  expectWithin(sampleOf('confluent_kafka_server_received_bytes')?.value, found.bytes, 'bytes')
  expectWithin(sampleOf('confluent_kafka_server_received_records')?.value, found.records, 'records')
})

// Python's own client of Prometheus (Debian's python3-prometheus-client) as a second reader.
const parserProgram = `
import sys
from prometheus_client.openmetrics.parser import text_string_to_metric_families
print(sum(len(family.samples) for family in text_string_to_metric_families(sys.stdin.read())))
`
const hasPython = spawnSync('python3', ['-c', 'import prometheus_client']).status === 0

it.runIf(hasPython)('Prometheus’ own parser reads as many samples as ours', async () => {
  const text = await (await scrape(written.key)).text()
  const read = spawnSync('python3', ['-c', parserProgram], { input: text, encoding: 'utf8' })
  expect(read.stderr).toBe('')
  expect(Number(read.stdout)).toBe(parseOpenMetrics(text).length)
})

it('wrong secrets are counted, and then not even the right one is tried', async () => {
  for (let n = 0; n < 10; n++) {
    expect((await scrape({ ...consumed.key, secret: `guess-number-${n}` })).status).toBe(401)
  }
  const locked = await scrape(consumed.key)
  expect(locked.status).toBe(429)
  expect(Number(locked.headers.get('retry-after'))).toBeGreaterThan(0)
  expect((await scrape(written.key)).status).toBe(200)
})

it('are there again after a restart, as much as before', async () => {
  const { metrics } = consumed
  const resources = ['topic:payments', 'cluster', 'client:e2e']
  const to = await metrics.sampleAfter(Date.now())
  const names = [`${server}/received_bytes`, `${server}/sent_bytes`] as const
  // The minute that the end falls into is spread over its steps; nothing is consumed any more.
  const untilMs = [to.takenMs, Number.POSITIVE_INFINITY]
  const sumsOf = () =>
    Promise.all(names.map((metric, n) => metrics.sumsUntil(metric, resources, untilMs[n] ?? 0)))
  const before = await sumsOf()
  expect(await product.stop()).toBe(0)
  product = await start()
  for (const [index, sums] of (await sumsOf()).entries()) {
    for (const [n, sum] of sums.entries()) {
      const known = before[index]?.[n] ?? 0
      // A minute is spread over its steps as if each were 5 s long: late samples are longer.
      const what = `${names[index]} of ${resources[n]}`
      if (known > 0) expectWithin(sum, known, what, 0.3)
      else expect(sum).toBe(0)
    }
  }
})

function expectWithin(told: number | undefined, counted: number, what: string, share = 0.1): void {
  expect(counted).toBeGreaterThan(0)
  const ratio = (told ?? 0) / counted
  console.log(`${what}: told ${told}, counted ${counted} (${ratio.toFixed(3)})`)
  expect(ratio, what).toBeGreaterThan(1 - share)
  expect(ratio, what).toBeLessThan(1 + share)
}

function isWithin({ maxTimestampMs }: BatchHeader, fromMs: number, toMs: number): boolean {
  return maxTimestampMs > fromMs && maxTimestampMs <= toMs
}

/** Opens the messages of the topic in the console, and searches all of them. */
async function readThroughConsole(): Promise<void> {
  const session = await signIn(product.consoleUrl, person.email, person.password)
  const places = await (await session.fetch(paths.places())).text()
  const [envId = ''] = /env-[a-z0-9]+/.exec(places) ?? []
  const at = { envId, clusterId: written.clusterId, topic: 'orders' }
  const page = await session.fetch(paths.topicMessages(at))
  expect(page.status).toBe(200)
  expect(await page.text()).toContain('orders')
  const messages = await session.fetch(paths.messagesPoll(at, { from: '0:0' }))
  expect(await messages.text()).toContain('orderid')
  const search = await session.fetch(paths.messagesSearch(at, { q: 'Item_1' }))
  expect(await search.text()).toContain('"scanned"')
}

function scrape(credentials?: OwnKey): Promise<Response> {
  const encoded = Buffer.from(`${credentials?.key}:${credentials?.secret}`).toString('base64')
  const headers = new Headers()
  if (credentials !== undefined) headers.set('authorization', `Basic ${encoded}`)
  return fetch(new URL(paths.metricsExport(), product.consoleUrl), { headers })
}
