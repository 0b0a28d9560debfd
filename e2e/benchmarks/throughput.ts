import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { cpus, tmpdir } from 'node:os'
import { join } from 'node:path'
import { type HttpSession, signIn } from '../support/http-session.ts'
import { type Product, startProduct } from '../support/product.ts'
import { consume, type KcatTarget, produce, recordBytes, writeRecords } from './kcat-runs.ts'
import { measurePage } from './page-latency.ts'
import { percentile } from './percentile.ts'

/**
 * `npm run bench -- throughput`: throughput through the real socket from a separate process (kcat, a C client),
 * with the console in use meanwhile. BENCH_MIB sets how much is produced per run (512).
 */
const mebibytes = Number(process.env.BENCH_MIB ?? 512)
const pageRequests = 50
const batchSizes = [16_384, 131_072, 1_000_000]
const account = { email: 'bench@example.com', password: 'correct horse battery' }
const apiKey = { key: 'BENCHKEY23456ABC', secret: 'bench-secret-that-is-long-enough' }

const recordCount = mebibytes * (2 ** 20 / recordBytes)

/** Prints what passes per second for each batch size, and what a page takes meanwhile. */
export async function benchThroughput(): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'tributary-bench-'))
  const records = join(folder, 'records.txt')
  console.log(`${mebibytes} MiB per run, 1 KiB records, acks=all, ${cpus().length} cores`)
  await writeRecords(records, recordCount)
  const product = await startProduct({ env: { TRIBUTARY_PRESET: writePreset(folder) } })
  try {
    for (const batchBytes of batchSizes) await measureBatchSize(product, records, batchBytes)
  } finally {
    await product.stop()
    rmSync(folder, { recursive: true, force: true })
  }
}

async function measureBatchSize(running: Product, records: string, batchBytes: number) {
  const target: KcatTarget = { port: firstPort(running), topic: `bench-${batchBytes}`, ...apiKey }
  const session = await signIn(running.consoleUrl, account.email, account.password)
  const topicsPage = await topicsPageOf(running, session)
  // The first request compiles and warms; it is no measurement.
  await measurePage(session, topicsPage, 1)

  await running.control('DELETE', '/v1/status/event-loop-delay')
  const producing = produce(target, records, batchBytes)
  const pageMs = await measurePage(session, topicsPage, pageRequests)
  const produceSeconds = await producing
  const delay = await eventLoopDelay(running)
  const consumeSeconds = await consume(target, recordCount)

  console.log(`\nbatches of ${batchBytes.toLocaleString('en')} bytes`)
  console.log(`  produce  ${throughput(produceSeconds)}`)
  console.log(`  consume  ${throughput(consumeSeconds)}`)
  console.log(
    `  topics page meanwhile  p50 ${ms(percentile(pageMs, 0.5))}  p95 ${ms(percentile(pageMs, 0.95))}`,
  )
  console.log(`  broker's event loop late by  ${delay}`)
}

function throughput(seconds: number) {
  const perSecond = Math.round(recordCount / seconds).toLocaleString('en')
  return `${((mebibytes * 1.048576) / seconds).toFixed(0)} MB/s  ${perSecond} records/s`
}

function ms(value: number) {
  return `${value.toFixed(1)} ms`
}

function writePreset(folder: string): string {
  const path = join(folder, 'preset.json')
  const topics = batchSizes.map((size) => ({ name: `bench-${size}`, partitions: 8 }))
  const cluster = {
    name: 'bench',
    provider: 'gcp',
    region: 'europe-west2',
    apiKeys: [apiKey],
    topics,
  }
  const environments = [{ name: 'default', clusters: [cluster] }]
  writeFileSync(path, JSON.stringify({ users: [{ ...account, name: 'Bench' }], environments }))
  return path
}

function firstPort(running: Product): number {
  const [port] = running.kafkaPorts
  if (port === undefined) throw new Error('The product names no Kafka port')
  return port
}

/** The page that lists the topics of the preset's cluster. */
async function topicsPageOf(running: Product, session: HttpSession): Promise<string> {
  const { tenants } = (await running.control('GET', '/v1/tenants')) as { tenants: { id: string }[] }
  const environments = await (await session.fetch('/environments')).text()
  const environment = /\/environments\/(env-\w+)/.exec(environments)?.[1]
  const cluster = tenants[0]?.id
  if (environment === undefined || cluster === undefined)
    throw new Error('The preset was not applied')
  return `/environments/${environment}/clusters/${cluster}/topics`
}

async function eventLoopDelay(running: Product): Promise<string> {
  // The shape is `broker/rules/control.ts`'s; a benchmark that cannot read it should fail loudly.
  const { eventLoopDelay: late } = (await running.control('GET', '/v1/status')) as {
    eventLoopDelay: { p50Ms: number; p99Ms: number; maxMs: number }
  }
  return `p50 ${ms(late.p50Ms)}  p99 ${ms(late.p99Ms)}  max ${ms(late.maxMs)}`
}
