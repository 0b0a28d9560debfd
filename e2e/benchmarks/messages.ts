import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { cpus, tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Page } from '@playwright/test'
import { presetClusterId } from '../../broker/rules/ids.ts'
import { paths, type TopicAt } from '../../lib/paths.ts'
import { launchBrowser } from '../support/browser.ts'
import { startProduct } from '../support/product.ts'
import { produce, recordBytes, writeRecords } from './kcat-runs.ts'
import { measureTail } from './message-tail.ts'
import { percentile } from './percentile.ts'

/**
 * `npm run bench -- messages`: how long a signed-in browser takes to show the first rows of a large
 * topic, newest and from an offset and a time; then how the page holds out while 5,000 records a
 * second arrive. BENCH_RECORDS sets the topic's size (300,000 of 1 KiB; 5,000,000 is the promise's),
 * BENCH_TAIL_SECONDS how long the tail runs (30; 300).
 */
const recordCount = Number(process.env.BENCH_RECORDS ?? 300_000)
const tailSeconds = Number(process.env.BENCH_TAIL_SECONDS ?? 30)
const rounds = 20
const account = { email: 'bench@example.com', password: 'correct horse battery' }
const apiKey = { key: 'BENCHKEY23456ABC', secret: 'bench-secret-that-is-long-enough' }
const cluster = { name: 'bench', provider: 'gcp', region: 'europe-west2' }
const topic = 'messages'
const partitions = 8

export async function benchMessages(): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'tributary-bench-'))
  const records = join(folder, 'records.txt')
  console.log(`${recordCount} records of ${recordBytes} bytes, ${cpus().length} cores`)
  await writeRecords(records, recordCount)
  const product = await startProduct({ env: { TRIBUTARY_PRESET: writePreset(folder) } })
  const browser = await launchBrowser()
  try {
    const [port = 0] = product.kafkaPorts
    await produce({ port, topic, ...apiKey }, records, 131_072)
    const page = await browser.newPage({ baseURL: product.consoleUrl })
    const at = await signIn(page)
    const url = paths.topicMessages(at)
    const offset = Math.floor(recordCount / partitions / 2)
    const middle = await page.request.get(paths.message(at, { partition: 0, offset }))
    const { timestampMs } = await middle.json()
    for (const [what, address] of [
      ['newest', url],
      ['from an offset', `${url}?jump=offset:${offset}`],
      ['from a time', `${url}?jump=time:${timestampMs}`],
    ] as const) {
      const tookMs = await measureFirstRows(page, address)
      const shown = [0.5, 0.95].map((share) => `${percentile(tookMs, share).toFixed(0)} ms`)
      console.log(`  first rows, ${what.padEnd(15)} p50 ${shown[0]}  p95 ${shown[1]}`)
    }
    await page.goto(url)
    await measureTail(page, { port, topic, ...apiKey }, tailSeconds)
  } finally {
    await browser.close()
    await product.stop()
    rmSync(folder, { recursive: true, force: true })
  }
}

/** From asking for the page to its first row, each in the same signed-in browser. */
async function measureFirstRows(page: Page, address: string): Promise<number[]> {
  const tookMs: number[] = []
  // The first visit compiles and warms; it is no measurement.
  for (let round = 0; round <= rounds; round++) {
    const startedMs = performance.now()
    await page.goto(address, { waitUntil: 'commit' })
    await page
      .getByRole('button', { name: /^Show message at/ })
      .first()
      .waitFor()
    if (round > 0) tookMs.push(performance.now() - startedMs)
  }
  return tookMs
}

/** Signs in; resolves with where the topic is. */
async function signIn(page: Page): Promise<TopicAt> {
  await page.goto('/sign-in')
  await page.getByLabel('Email').fill(account.email)
  await page.getByLabel('Password', { exact: true }).fill(account.password)
  await page.getByRole('button', { name: 'Log in' }).click()
  await page.waitForURL('**/home')
  await page.goto('/environments')
  const envId = /\/environments\/(env-\w+)/.exec(await page.content())?.[1] ?? ''
  return { envId, clusterId: presetClusterId('default', cluster.name), topic }
}

function writePreset(folder: string): string {
  const path = join(folder, 'preset.json')
  const clusters = [{ ...cluster, apiKeys: [apiKey], topics: [{ name: topic, partitions }] }]
  const environments = [{ name: 'default', clusters }]
  writeFileSync(path, JSON.stringify({ users: [{ ...account, name: 'Bench' }], environments }))
  return path
}
