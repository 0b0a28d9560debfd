import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, it, vi } from 'vitest'
import type { KafkaClient } from '../../broker/protocol/client.ts'
import { Fetch } from '../../broker/protocol/messages/fetch.ts'
import { ListOffsets } from '../../broker/protocol/messages/list-offsets.ts'
import { type BatchHeader, batchesIn } from '../../broker/protocol/record-batch.ts'
import { presetClusterId } from '../../broker/rules/ids.ts'
import type { MetricName } from '../../broker/rules/metrics.ts'
import {
  clusterClients,
  clusterConnectors,
  metricSeries,
} from '../../broker/rules/services-control.ts'
import { paths } from '../../lib/paths.ts'
import { signIn } from '../support/http-session.ts'
import { connectKafka } from '../support/kafka-connection.ts'
import { parseOpenMetrics } from '../support/open-metrics.ts'
import { type Product, startProduct } from '../support/product.ts'

// What metrics say against what an independent client finds in the topic: the bytes and records of
// batches whose timestamps lie in the window. METRICS_SECONDS=60 looks longer, and at /metrics too.

const windowMs = 1000 * Number(process.env.METRICS_SECONDS ?? 10)
const looksAtExport = windowMs >= 60_000

const person = { email: 'me@example.com', password: 'river of numbers', name: 'Me' }
const own = { key: 'METRICSKEY234ABC', secret: 'metrics-secret-that-is-long' }
const other = { key: 'OTHERMETRICSKEY2', secret: 'another-secret-that-is-long' }
const clusterId = presetClusterId('default', 'dev')
const partitions = [0, 1]
const server = 'io.confluent.kafka.server'
const connect = 'io.confluent.kafka.connect'

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
  const connector = {
    name: 'orders',
    config: {
      'connector.class': 'DatagenSource',
      'kafka.topic': 'orders',
      'output.data.format': 'JSON',
      quickstart: 'ORDERS',
      'max.interval': '10',
      'tasks.max': '1',
    },
  }
  const clusters = [
    {
      name: 'dev',
      apiKeys: [own],
      topics: [{ name: 'orders', partitions: partitions.length }],
      connectors: [connector],
    },
    { name: 'elsewhere', apiKeys: [other], topics: [{ name: 'foreign', partitions: 1 }] },
  ]
  const environments = [{ name: 'default', clusters }]
  const preset = { users: [person], environments }
  writeFileSync(join(folder, 'preset.json'), JSON.stringify(preset))
  product = await start()
})
afterAll(async () => {
  await ended()
  rmSync(folder, { recursive: true, force: true })
})

it('are what a client finds in the topic, and what the console reads is not among them', async () => {
  const from = await sampleAfter(0)
  await readThroughConsole()
  const to = await sampleAfter(from.takenMs + windowMs)
  const found = await countBatches((batch) => isWithin(batch, from.takenMs, to.takenMs))
  expect(found.records).toBeGreaterThan(windowMs / 100)

  const [connector] = (await view('connectors', clusterConnectors)).connectors
  const { clients } = await view('clients', clusterClients)
  const writer = clients.find(({ topicsIn }) => topicsIn.includes('orders'))
  expect(connector?.rates?.recordsPerSecond).toBeGreaterThan(0)
  const told = [
    { metric: `${server}/received_bytes`, resources: ['topic:orders', 'cluster'] },
    { metric: `${server}/received_bytes`, resources: [`client:${writer?.clientId}`] },
    { metric: `${connect}/sent_bytes`, resources: [`connector:${connector?.id}`] },
  ] as const
  for (const { metric, resources } of told) {
    for (const sum of await sums(metric, resources, from, to)) {
      expectWithin(sum, found.bytes, `${metric} of ${resources.join(' or ')}`)
    }
  }
  const records = [
    ...(await sums(`${server}/received_records`, ['topic:orders', 'cluster'], from, to)),
    ...(await sums(`${connect}/sent_records`, [`connector:${connector?.id}`], from, to)),
  ]
  for (const sum of records) expectWithin(sum, found.records, 'records')
  const read = await sums(`${server}/sent_bytes`, ['topic:orders', 'cluster'], from, to)
  expect(read).toEqual([0, 0])
})

it('tell what a client consumes, as it consumes it', async () => {
  // What the test itself read before is in the sample from which on it counts.
  const from = await sampleAfter(Date.now())
  const consumed = await consumeFor(windowMs)
  const to = await sampleAfter(Date.now())
  const resources = ['topic:orders', 'cluster', 'client:e2e']
  for (const sum of await sums(`${server}/sent_bytes`, resources, from, to)) {
    expectWithin(sum, consumed.bytes, 'consumed bytes')
  }
  for (const sum of await sums(`${server}/sent_records`, resources, from, to)) {
    expectWithin(sum, consumed.records, 'consumed records')
  }
  const { clients } = await view('clients', clusterClients)
  expect(clients.find(({ clientId }) => clientId === 'e2e')?.topicsOut).toEqual(['orders'])
})

it('are told to a scraper that has a key of the cluster, and to nobody else', async () => {
  const wrong = [
    undefined,
    { ...own, secret: other.secret },
    { key: `console.${clusterId}`, secret: 'x' },
  ]
  for (const credentials of wrong) expect((await scrape(credentials)).status).toBe(401)
  const foreign = await scrape(other)
  expect(foreign.status).toBe(200)
  const text = await foreign.text()
  expect(text).not.toContain(clusterId)
  expect(text).not.toContain('orders')
  const answer = await scrape(own)
  expect(answer.headers.get('content-type')).toMatch(
    /^application\/openmetrics-text; version=1\.0\.0/,
  )
  parseOpenMetrics(await answer.text())
})

it.runIf(looksAtExport)('a scraper is told the bytes of a whole minute', async () => {
  const samples = await vi.waitFor(
    async () => {
      const all = parseOpenMetrics(await (await scrape(own)).text())
      if (all.length === 0) throw new Error('No minute is over yet.')
      return all
    },
    { timeout: 90_000, interval: 1000 },
  )
  const sampleOf = (name: string) => {
    const sample = samples.find((one) => one.name === name && one.labels.topic === 'orders')
    expect(sample?.labels).toMatchObject({ kafka_id: clusterId })
    return sample
  }
  const minuteMs = 1000 * (sampleOf('confluent_kafka_server_received_bytes')?.timestampSeconds ?? 0)
  const found = await countBatches((batch) => isWithin(batch, minuteMs, minuteMs + 60_000))
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
  const text = await (await scrape(own)).text()
  const read = spawnSync('python3', ['-c', parserProgram], { input: text, encoding: 'utf8' })
  expect(read.stderr).toBe('')
  expect(Number(read.stdout)).toBe(parseOpenMetrics(text).length)
})

it('wrong secrets are counted, and then not even the right one is tried', async () => {
  for (let n = 0; n < 10; n++) {
    expect((await scrape({ ...other, secret: `guess-number-${n}` })).status).toBe(401)
  }
  const locked = await scrape(other)
  expect(locked.status).toBe(429)
  expect(Number(locked.headers.get('retry-after'))).toBeGreaterThan(0)
  expect((await scrape(own)).status).toBe(200)
})

it('are there again after a restart, as much as before', async () => {
  const resources = ['topic:orders', 'cluster', 'client:e2e']
  const to = await sampleAfter(Date.now())
  const metrics = [`${server}/received_bytes`, `${server}/sent_bytes`] as const
  // The minute that the end falls into is spread over its steps; nothing is consumed any more.
  const untilMs = [to.takenMs, Number.POSITIVE_INFINITY]
  const sumsOf = () =>
    Promise.all(metrics.map((metric, n) => sumsSoFar(metric, resources, untilMs[n] ?? 0)))
  const before = await sumsOf()
  expect(await product.stop()).toBe(0)
  product = await start()
  for (const [index, sums] of (await sumsOf()).entries()) {
    for (const [n, sum] of sums.entries()) {
      const known = before[index]?.[n] ?? 0
      if (known > 0) expectWithin(sum, known, `${metrics[index]} of ${resources[n]}`)
      else expect(sum).toBe(0)
    }
  }
})

interface Sample {
  readonly takenMs: number
}

/** The first sample with a rate of the connector that is taken after this moment. */
function sampleAfter(afterMs: number): Promise<Sample> {
  return vi.waitFor(
    async () => {
      const { takenMs, connectors } = await view('connectors', clusterConnectors)
      const isRunning = (connectors[0]?.rates?.recordsPerSecond ?? 0) > 0
      if (takenMs === null || takenMs <= afterMs || !isRunning) throw new Error('Not yet.')
      return { takenMs }
    },
    { timeout: windowMs + 40_000, interval: 250 },
  )
}

async function view<T>(path: string, shape: { parse(value: unknown): T }): Promise<T> {
  const { url, token } = product.servicesControl
  const answer = await fetch(`${url}/v1/metrics/clusters/${clusterId}/${path}`, {
    headers: { authorization: `Bearer ${token}` },
  })
  if (!answer.ok) throw new Error(`${path} was answered ${answer.status}: ${await answer.text()}`)
  return shape.parse(await answer.json())
}

/** What each resource moved between two samples, of which none is missing. */
async function sums(
  metric: MetricName,
  resources: readonly string[],
  from: Sample,
  to: Sample,
): Promise<number[]> {
  const steps = await stepsOf(metric, resources)
  return steps.map((own) => {
    const between = own.filter(
      ({ endMs, stepMs }) =>
        endMs > slotOf(from.takenMs, stepMs) && endMs <= slotOf(to.takenMs, stepMs),
    )
    expect(between.filter(({ rate }) => rate === null)).toEqual([])
    return total(between)
  })
}

async function sumsSoFar(metric: MetricName, resources: readonly string[], toMs: number) {
  const steps = await stepsOf(metric, resources)
  return steps.map((own) => total(own.filter(({ endMs, stepMs }) => endMs <= slotOf(toMs, stepMs))))
}

interface Step {
  readonly endMs: number
  readonly stepMs: number
  readonly rate: number | null
}

/** The steps of the last hour, of each resource. */
async function stepsOf(
  metric: MetricName,
  resources: readonly string[],
): Promise<readonly (readonly Step[])[]> {
  const query = new URLSearchParams([
    ['metric', metric],
    ['minutes', '60'],
    ...resources.map((resource) => ['resource', resource]),
  ])
  const { fromMs, stepMs, series } = await view(`series?${query}`, metricSeries)
  return series.map(({ points }) =>
    points.map((rate, index) => ({ endMs: fromMs + index * stepMs, stepMs, rate })),
  )
}

/** Samples are taken on multiples of the step, or shortly after. */
function slotOf(ms: number, stepMs: number): number {
  return Math.floor(ms / stepMs) * stepMs
}

function total(steps: readonly Step[]): number {
  return steps.reduce((sum, { rate, stepMs }) => sum + ((rate ?? 0) * stepMs) / 1000, 0)
}

function expectWithin(told: number | undefined, counted: number, what: string): void {
  expect(counted).toBeGreaterThan(0)
  const ratio = (told ?? 0) / counted
  console.log(`${what}: told ${told}, counted ${counted} (${ratio.toFixed(3)})`)
  expect(ratio, what).toBeGreaterThan(0.9)
  expect(ratio, what).toBeLessThan(1.1)
}

function isWithin({ maxTimestampMs }: BatchHeader, fromMs: number, toMs: number): boolean {
  return maxTimestampMs > fromMs && maxTimestampMs <= toMs
}

/** Reads all that is there, as no part of the product does: whole batches, by their headers. */
async function countBatches(matches: (batch: BatchHeader) => boolean) {
  const client = await connectKafka({ port: product.kafkaPorts[0] ?? 0, ...own })
  const counted = { bytes: 0, records: 0 }
  for (const partition of partitions) {
    for (let offset = 0; ; ) {
      const batches = await fetchBatches(client, new Map([[partition, offset]]), 0)
      for (const batch of batches) {
        if (!matches(batch)) continue
        counted.bytes += batch.sizeBytes
        counted.records += batch.recordCount
      }
      const last = batches.at(-1)
      if (last === undefined) break
      offset = last.baseOffset + last.recordCount
    }
  }
  client.close()
  return counted
}

/** Follows the topic from its end, so at the rate at which it is written, and counts what comes. */
async function consumeFor(ms: number) {
  const client = await connectKafka({ port: product.kafkaPorts[0] ?? 0, ...own })
  const positions = await endsOf(client)
  const counted = { bytes: 0, records: 0 }
  for (const endMs = Date.now() + ms; Date.now() < endMs; ) {
    for (const batch of await fetchBatches(client, positions, 200)) {
      counted.bytes += batch.sizeBytes
      counted.records += batch.recordCount
      positions.set(batch.partition, batch.baseOffset + batch.recordCount)
    }
  }
  client.close()
  return counted
}

async function endsOf(client: KafkaClient): Promise<Map<number, number>> {
  const latest = -1
  const asked = partitions.map((partitionIndex) => ({ partitionIndex, timestamp: latest }))
  const topics = [{ name: 'orders', partitions: asked }]
  const answer = await client.send(ListOffsets, 5, { replicaId: -1, topics })
  const found = answer.topics[0]?.partitions ?? []
  return new Map(found.map(({ partitionIndex, offset }) => [partitionIndex, offset]))
}

async function fetchBatches(
  client: KafkaClient,
  positions: ReadonlyMap<number, number>,
  maxWaitMs: number,
) {
  const asked = [...positions].map(([partition, fetchOffset]) => ({
    ...{ partition, fetchOffset, partitionMaxBytes: 4 * 2 ** 20 },
  }))
  const answer = await client.send(Fetch, 11, {
    ...{ maxWaitMs, minBytes: 1, forgottenTopicsData: [], rackId: '' },
    topics: [{ topic: 'orders', partitions: asked }],
  })
  return (answer.responses[0]?.partitions ?? []).flatMap(
    ({ partitionIndex, errorCode, records }) => {
      expect(errorCode).toBe(0)
      return (records ?? []).flatMap((bytes) =>
        [...batchesIn(bytes)].map((batch) => ({ ...batch, partition: partitionIndex })),
      )
    },
  )
}

/** Opens the messages of the topic in the console, and searches all of them. */
async function readThroughConsole(): Promise<void> {
  const session = await signIn(product.consoleUrl, person.email, person.password)
  const places = await (await session.fetch(paths.places())).text()
  const [envId = ''] = /env-[a-z0-9]+/.exec(places) ?? []
  const at = { envId, clusterId, topic: 'orders' }
  const page = await session.fetch(paths.topicMessages(at))
  expect(page.status).toBe(200)
  expect(await page.text()).toContain('orders')
  const messages = await session.fetch(paths.messagesPoll(at, { from: '0:0' }))
  expect(await messages.text()).toContain('orderid')
  const search = await session.fetch(paths.messagesSearch(at, { q: 'Item_1' }))
  expect(await search.text()).toContain('"scanned"')
}

function scrape(credentials?: {
  readonly key: string
  readonly secret: string
}): Promise<Response> {
  const encoded = Buffer.from(`${credentials?.key}:${credentials?.secret}`).toString('base64')
  const headers = new Headers()
  if (credentials !== undefined) headers.set('authorization', `Basic ${encoded}`)
  return fetch(new URL(paths.metricsExport(), product.consoleUrl), { headers })
}
