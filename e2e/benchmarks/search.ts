import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { cpus, tmpdir } from 'node:os'
import { join } from 'node:path'
import { presetClusterId } from '../../broker/rules/ids.ts'
import { startProduct } from '../support/product.ts'
import { type KcatTarget, produce } from './kcat-runs.ts'
import { type SearchTarget, searchTopic } from './search-runs.ts'
import { writeOrders } from './write-orders.ts'

/**
 * `npm run bench -- search`: records per second of a whole-topic search of small JSON, measured from
 * the request to its last line. BENCH_RECORDS sets how many there are (2,000,000), over 8 partitions.
 */
const recordCount = Number(process.env.BENCH_RECORDS ?? 2_000_000)
const apiKey = { key: 'BENCHKEY23456ABC', secret: 'bench-secret-that-is-long-enough' }
const cluster = { name: 'bench', provider: 'gcp', region: 'europe-west2' }
/** What Java's client makes, and what librdkafka's defaults make of a fast producer. */
const topics = [
  { name: 'orders-16k', batchBytes: 16_384 },
  { name: 'orders-1m', batchBytes: 1_000_000 },
]

/** Each with how many records match. */
const queries = [
  { query: `$.orderid = ${recordCount - 1}`, matches: 1 },
  { query: '$.address.city = "Atlantis"', matches: 0 },
  { query: 'Atlantis', matches: 0 },
  // Nothing can be ruled out by its bytes here: every record is looked at.
  { query: '-$.address.state = State_1 -City', matches: 0 },
]

export async function benchSearch(): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'tributary-bench-'))
  const orders = join(folder, 'orders.txt')
  const bytes = await writeOrders(orders, recordCount)
  const average = Math.round(bytes / recordCount)
  console.log(`${recordCount} JSON records of ${average} bytes, ${cpus().length} cores`)
  const product = await startProduct({ env: { TRIBUTARY_PRESET: writePreset(folder) } })
  try {
    for (const { name, batchBytes } of topics) {
      console.log(`\nbatches of ${batchBytes.toLocaleString('en')} bytes`)
      const [port = 0] = product.kafkaPorts
      const target: KcatTarget = { port, topic: name, ...apiKey }
      await produce(target, orders, batchBytes)
      const clusterId = presetClusterId('default', cluster.name)
      await measureQueries({ ...product.servicesControl, clusterId, topic: name })
    }
  } finally {
    await product.stop()
    rmSync(folder, { recursive: true, force: true })
  }
}

async function measureQueries(target: SearchTarget): Promise<void> {
  for (const { query, matches } of queries) {
    const { scanned, matched, seconds } = await searchTopic(target, query)
    if (scanned !== recordCount || matched !== matches) {
      throw new Error(`${query} matched ${matched} of ${scanned}`)
    }
    const perSecond = Math.round(scanned / seconds).toLocaleString('en')
    console.log(`  ${query.padEnd(34)} ${perSecond} records/s  (${matched} matches)`)
  }
}

function writePreset(folder: string): string {
  const path = join(folder, 'preset.json')
  const declared = topics.map(({ name }) => ({ name, partitions: 8 }))
  const clusters = [{ ...cluster, apiKeys: [apiKey], topics: declared }]
  writeFileSync(path, JSON.stringify({ environments: [{ name: 'default', clusters }] }))
  return path
}
