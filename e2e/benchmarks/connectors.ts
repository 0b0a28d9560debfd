import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { cpus, tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { expandedConnectors } from '../../broker/rules/connect.ts'
import { presetClusterId } from '../../broker/rules/ids.ts'
import { type Product, startProduct } from '../support/product.ts'

/**
 * `npm run bench -- connectors`: what Datagen connectors that write as often as they can cost over
 * time. BENCH_MINUTES (10), BENCH_CONNECTORS (1) and BENCH_INTERVAL_MS (5) say how long, how many and
 * how often. Memory is resident memory as the kernel counts it; what grows between the second
 * quarter and the last is printed per record, and so is processor time.
 */
const minutes = Number(process.env.BENCH_MINUTES ?? 10)
const connectorCount = Number(process.env.BENCH_CONNECTORS ?? 1)
const intervalMs = Number(process.env.BENCH_INTERVAL_MS ?? 5)
const apiKey = { key: 'BENCHKEY23456ABC', secret: 'bench-secret-that-is-long-enough' }
const samplesInAll = 40

interface Sample {
  readonly seconds: number
  readonly records: number
  /** Resident, in MiB. */
  readonly services: number
  readonly broker: number
  /** Seconds of processor time since the start. */
  readonly servicesCpu: number
  readonly brokerCpu: number
}

export async function benchConnectors(): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'tributary-bench-'))
  const expected = (2000 / intervalMs) * connectorCount
  console.log(
    `${connectorCount} connectors at max.interval ${intervalMs}: ${expected} records/s expected, ${minutes} min, ${cpus().length} cores`,
  )
  const product = await startProduct({ env: { TRIBUTARY_PRESET: writePreset(folder) } })
  const startedMs = performance.now()
  try {
    const samples: Sample[] = []
    for (let i = 1; i <= samplesInAll; i++) {
      await delay((minutes * 60_000) / samplesInAll)
      const seconds = (performance.now() - startedMs) / 1000
      samples.push({ seconds, records: await recordsWritten(product), ...costOf(product) })
    }
    print(samples, expected)
  } finally {
    await product.stop()
    rmSync(folder, { recursive: true, force: true })
  }
}

function print(samples: readonly Sample[], expected: number): void {
  for (const { seconds, records, services, broker } of samples.filter((_, i) => i % 4 === 3)) {
    console.log(
      `${Math.round(seconds)} s: ${records} records, services ${services.toFixed(0)} MiB, broker ${broker.toFixed(0)} MiB`,
    )
  }
  const quarter = samples.length / 4
  const [early, late] = [samples.slice(quarter, 2 * quarter), samples.slice(-quarter)]
  const records = mean(late, 'records') - mean(early, 'records')
  const rate = records / (mean(late, 'seconds') - mean(early, 'seconds'))
  console.log(`${rate.toFixed(1)} records/s, ${((100 * rate) / expected).toFixed(1)} % of expected`)
  for (const process_ of ['services', 'broker'] as const) {
    const grownMiB = mean(late, process_) - mean(early, process_)
    const cpu = `${process_}Cpu` as const
    const cpuMs = (1000 * (mean(late, cpu) - mean(early, cpu))) / records
    console.log(
      `${process_}: ${cpuMs.toFixed(2)} ms of processor time a record; memory grew ${grownMiB.toFixed(1)} MiB from the second quarter to the last, ${((grownMiB * 2 ** 20) / records).toFixed(1)} bytes a record`,
    )
  }
}

function mean(samples: readonly Sample[], name: keyof Sample): number {
  return samples.reduce((sum, sample) => sum + sample[name], 0) / samples.length
}

function writePreset(folder: string): string {
  const path = join(folder, 'preset.json')
  const connectors = Array.from({ length: connectorCount }, (_, i) => ({
    name: `orders-${i}`,
    config: {
      'connector.class': 'DatagenSource',
      'kafka.topic': 'orders',
      'output.data.format': 'JSON',
      quickstart: 'ORDERS',
      'max.interval': intervalMs,
      'tasks.max': 1,
    },
  }))
  const topics = [{ name: 'orders', partitions: 6 }]
  const clusters = [{ name: 'bench', apiKeys: [apiKey], topics, connectors }]
  writeFileSync(path, JSON.stringify({ environments: [{ name: 'default', clusters }] }))
  return path
}

async function recordsWritten({ servicesControl: { url, token } }: Product): Promise<number> {
  const cluster = presetClusterId('default', 'bench')
  const path = `/connect/v1/environments/env-x/clusters/${cluster}/connectors?expand=status`
  const answer = await fetch(url + path, { headers: { authorization: `Bearer ${token}` } })
  const connectors = Object.values(expandedConnectors.parse(await answer.json()))
  return connectors.reduce((sum, { status }) => sum + (status?.messagesProcessed ?? 0), 0)
}

function costOf({ boot }: Product): Omit<Sample, 'seconds' | 'records'> {
  const { stdout } = spawnSync('ps', ['-o', 'rss=,cputimes=,args=', '--ppid', String(boot.pid)], {
    encoding: 'utf8',
  })
  const of = (bundle: string) => {
    const line = stdout.split('\n').find((candidate) => candidate.includes(bundle)) ?? ''
    const [kibibytes = 0, seconds = 0] = line.trim().split(/\s+/).map(Number)
    return { memory: kibibytes / 1024, cpu: seconds }
  }
  const [services, broker] = [of('services.mjs'), of('broker.mjs')]
  return {
    services: services.memory,
    broker: broker.memory,
    servicesCpu: services.cpu,
    brokerCpu: broker.cpu,
  }
}
