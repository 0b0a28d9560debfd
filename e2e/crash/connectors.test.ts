import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { expect, it, onTestFinished, vi } from 'vitest'
import { connectorStatus } from '../../broker/rules/connect.ts'
import { presetClusterId } from '../../broker/rules/ids.ts'
import { freePortRun } from '../support/free-ports.ts'
import { type Product, startProduct } from '../support/product.ts'
import { killChild } from '../support/product-processes.ts'
import { createRandom } from '../support/random.ts'
import { readRecords } from './evidence.ts'

/** More than these find nothing more: connectors keep less than the log does. */
const rounds = Math.min(Number(process.env.CRASH_ROUNDS ?? 20), 20)
const apiKey = { key: 'CONNECTKEY234ABC', secret: 'connect-secret-that-is-long-enough' }
const names = ['first', 'second', 'paused'] as const
const running = ['first', 'second'] as const

it(`goes on with connectors where they were, through ${rounds} kills`, {
  timeout: 120_000 + rounds * 30_000,
}, async () => {
  const random = createRandom()
  console.log(`connectors: ${rounds} rounds, seed ${random.seed} (SEED=${random.seed} repeats it)`)
  const start = await createProduct()
  let product = await start()
  for (const name of names) await produced(product, name, 5)
  await connect(product, 'PUT', 'paused/pause')
  const paused = await statusOf(product, 'paused')
  expect(paused.connector.state).toBe('PAUSED')

  for (let round = 1; round <= rounds; round++) {
    const victim = random.pick(['all', 'all', 'services', 'broker'] as const)
    for (const name of running) {
      const { messagesProcessed } = await statusOf(product, name)
      await produced(product, name, messagesProcessed + random.integer(1, 60))
    }
    await delay(random.integer(0, 20))
    if (victim === 'all') {
      await product.kill()
      product = await start()
    } else {
      killChild(product.boot.pid ?? 0, victim)
    }
    await vi.waitFor(() => statusOf(product, 'first'), { timeout: 60_000, interval: 50 })
    expect(await statusOf(product, 'paused')).toMatchObject({
      connector: { state: 'PAUSED' },
      messagesProcessed: paused.messagesProcessed,
    })
  }

  for (const name of running) {
    const { messagesProcessed } = await statusOf(product, name)
    await produced(product, name, messagesProcessed + 1)
    expect((await statusOf(product, name)).connector.state).toBe('RUNNING')
    await connect(product, 'PUT', `${name}/pause`)
    const written = await iterationsIn(product, name)
    expect(stepsThatAreWrong(written)).toEqual([])
    expect((await statusOf(product, name)).messagesProcessed).toBe(written.length)
    console.log(`${name}: ${written.length} records, each once`)
  }
  expect(await iterationsIn(product, 'paused')).toHaveLength(paused.messagesProcessed)
  await product.stop()
})

/** The product with two connectors that write as fast as they can and one more; killed at the end. */
async function createProduct(): Promise<() => Promise<Product>> {
  const folder = mkdtempSync(join(tmpdir(), 'tributary-connectors-'))
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }))
  const preset = join(folder, 'preset.json')
  const connectors = names.map((name) => ({
    name,
    config: {
      'connector.class': 'DatagenSource',
      'kafka.topic': name,
      'output.data.format': 'JSON',
      quickstart: 'ORDERS',
      'max.interval': 5,
      'tasks.max': 1,
    },
  }))
  const topics = names.map((name) => ({ name, partitions: 1 }))
  const clusters = [{ name: 'dev', apiKeys: [apiKey], topics, connectors }]
  writeFileSync(preset, JSON.stringify({ environments: [{ name: 'default', clusters }] }))
  const kafkaPort = await freePortRun(3)
  const env = { KAFKA_PORT: `${kafkaPort}`, TRIBUTARY_PRESET: preset }
  return async () => {
    const product = await startProduct({ dataDir: join(folder, 'data'), env })
    onTestFinished(() => product.kill())
    return product
  }
}

async function connect(product: Product, method: string, path: string): Promise<unknown> {
  const { url, token } = product.servicesControl
  const base = `/connect/v1/environments/env-x/clusters/${presetClusterId('default', 'dev')}`
  const answer = await fetch(`${url}${base}/connectors/${path}`, {
    method,
    headers: { authorization: `Bearer ${token}` },
  })
  if (!answer.ok) throw new Error(`${method} ${path} was answered ${answer.status}`)
  return answer.headers.get('content-type')?.includes('json') ? answer.json() : undefined
}

async function statusOf(product: Product, name: string) {
  return connectorStatus.parse(await connect(product, 'GET', `${name}/status`))
}

/** Waits until the connector has written so many records. */
async function produced(product: Product, name: string, count: number): Promise<void> {
  const look = async () => {
    const { connector, messagesProcessed } = await statusOf(product, name)
    if (messagesProcessed < count) {
      throw new Error(`${name} is ${connector.state} with ${messagesProcessed} of ${count}`)
    }
  }
  await vi.waitFor(look, { timeout: 60_000, interval: 20 })
}

/** The iterations of a topic's records, in the order in which they were written. */
async function iterationsIn(product: Product, topic: string): Promise<number[]> {
  const { records } = await readRecords({ ports: product.kafkaPorts, ...apiKey, topic })
  return records.map(({ headers, value }) => {
    const header = headers.find(({ key }) => key === 'current.iteration')
    const iteration = Number(String(header?.value))
    // The template counts as well: its counter goes on with the header's.
    expect(JSON.parse(String(value)).orderid).toBe(iteration)
    return iteration
  })
}

/** Each record follows on the one before. */
function stepsThatAreWrong(iterations: readonly number[]): readonly string[] {
  return iterations.flatMap((iteration, i) => {
    const before = iterations[i - 1] ?? -1
    return iteration === before + 1 ? [] : [`${before} → ${iteration}`]
  })
}
