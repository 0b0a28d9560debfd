import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { setTimeout as delay } from 'node:timers/promises'
import { expect, it, onTestFinished } from 'vitest'
import { type Product, startProduct } from '../support/product.ts'
import { findProcesses, productProcesses } from '../support/product-processes.ts'
import { createRandom } from '../support/random.ts'
import { bundleTypeScript } from '../support/typescript-process.ts'
import type { LoadReport } from './load.ts'
import { describeSamples, lastMinutes, memorySlope, type Sample, takeSample } from './samples.ts'
import { soakConnectors, soakTopics, writtenPerSecond } from './workload.ts'

/** SOAK_MINUTES says how long; what is judged is the last third, of 30 minutes the last 10. */
const minutes = Number(process.env.SOAK_MINUTES || 30)
const judgedMinutes = minutes / 3
/** Before that, memory rises because caches fill and code is compiled. */
const minutesToJudgeMemory = 15
const brokerSlopeMax = 1
const sampleEveryMs = 5000
const apiKey = { key: 'SOAKKEY234567ABC', secret: 'soak-secret-that-is-long-enough' }

/**
 * What the folder may hold beyond what the topics keep: what is written until retention looks (every
 * 30 s, so at most twice that with the time that a round takes), a chunk of 1 MiB of each partition,
 * and 96 MiB for the other databases, write-ahead logs and pages that are not full.
 */
const partitions = soakTopics.reduce((sum, topic) => sum + topic.partitions, 0)
const slackBytes = 60 * writtenPerSecond + (partitions + 96) * 2 ** 20
const keptBytes = soakTopics.reduce((sum, topic) => sum + topic.keptBytes, 0)
const folderMax = (keptBytes + slackBytes) / 2 ** 20

it(`neither memory nor files grow through ${minutes} minutes of mixed load`, {
  timeout: (minutes + 5) * 60_000,
}, async () => {
  const { seed } = createRandom()
  console.log(`soak: ${minutes} minutes, seed ${seed} (SEED=${seed} repeats it)`)
  const product = await createProduct()
  const load = startLoad({ ports: product.kafkaPorts, ...apiKey, seed })
  const samples = await takeSamples(product, load)
  const report = await load.finish()
  expect(await product.stop()).toBe(0)

  console.log(describeSamples(samples, minutes / 30))
  console.log(JSON.stringify({ ...report, problems: report.problems.length }))
  const problems = [...report.problems, ...loadProblems(report), ...growth(samples)]
  for (const problem of problems) console.log(`✗ ${problem}`)
  expect(problems).toEqual([])
})

/** The product with the topics of the soak and two connectors; killed at the end. */
async function createProduct(): Promise<Product> {
  const folder = mkdtempSync(join(tmpdir(), 'tributary-soak-'))
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }))
  const preset = join(folder, 'preset.json')
  const connectors = soakConnectors.map(({ name, topic, quickstart }) => ({
    name,
    config: {
      'connector.class': 'DatagenSource',
      'kafka.topic': topic,
      'output.data.format': 'JSON',
      quickstart,
      'max.interval': 20,
      'tasks.max': 1,
    },
  }))
  const topics = soakTopics.map(({ name, partitions: count, config }) => {
    return { name, partitions: count, config }
  })
  const clusters = [{ name: 'soak', apiKeys: [apiKey], topics, connectors }]
  writeFileSync(preset, JSON.stringify({ environments: [{ name: 'default', clusters }] }))
  const dataDir = join(folder, 'data')
  const product = await startProduct({ dataDir, env: { TRIBUTARY_PRESET: preset } })
  onTestFinished(() => product.kill())
  return product
}

interface Load {
  readonly latest: LoadReport | null
  /** Throws where it has ended without being asked to. */
  checkAlive(): void
  /** Has it end; resolves with its last report. */
  finish(): Promise<LoadReport>
}

function startLoad(assignment: object): Load {
  const program = bundleTypeScript('e2e/soak/load.ts')
  const load: ChildProcess = spawn(
    process.execPath,
    ['--enable-source-maps', program, JSON.stringify(assignment)],
    { stdio: ['pipe', 'pipe', 'inherit'] },
  )
  onTestFinished(() => void load.kill('SIGKILL'))
  const closed = once(load, 'close')
  let latest: LoadReport | null = null
  if (load.stdout === null) throw new Error('The load was spawned without pipes.')
  createInterface({ input: load.stdout }).on('line', (line) => {
    latest = JSON.parse(line)
  })
  return {
    get latest() {
      return latest
    },
    checkAlive() {
      if (load.exitCode !== null || load.signalCode !== null) {
        throw new Error(`The load ended with ${load.exitCode ?? load.signalCode}.`)
      }
    },
    async finish() {
      this.checkAlive()
      load.stdin?.end()
      await closed
      if (load.exitCode !== 0 || latest === null) {
        throw new Error(`The load ended with ${load.exitCode ?? load.signalCode}.`)
      }
      return latest
    },
  }
}

async function takeSamples(product: Product, load: Load): Promise<readonly Sample[]> {
  const pids = findProcesses(product.boot.pid ?? 0)
  const startedMs = performance.now()
  const samples: Sample[] = []
  for (let elapsed = 0; elapsed < minutes; ) {
    await delay(sampleEveryMs)
    load.checkAlive()
    elapsed = (performance.now() - startedMs) / 60_000
    const writtenMebibytes = (load.latest?.writtenBytes ?? 0) / 2 ** 20
    const sample = { pids, dataDir: product.dataDir, minutes: elapsed, writtenMebibytes }
    samples.push(takeSample(sample))
    // A soak that is watched should not have to be waited for.
    if (samples.length % 12 === 0) console.log(describeSamples(samples.slice(-1), 1))
  }
  return samples
}

/** What there was too little of for the rest to mean anything. */
function loadProblems({ writtenBytes, groups }: LoadReport): readonly string[] {
  const expected = (writtenPerSecond * minutes * 60) / 2
  const slow = groups.find(({ name }) => name === 'slow')
  return [
    ...(writtenBytes < expected ? [`only ${writtenBytes} bytes were written`] : []),
    ...groups.flatMap(({ name, read }) => (read === 0 ? [`${name} read nothing`] : [])),
    ...(minutes >= minutesToJudgeMemory && slow?.overtaken === 0
      ? ['retention never overtook the slow group']
      : []),
  ]
}

function growth(samples: readonly Sample[]): readonly string[] {
  const judged = lastMinutes(samples, judgedMinutes)
  const before = lastMinutes(samples, 2 * judgedMinutes).slice(0, -judged.length)
  const slopes = productProcesses.map((name) => ({ name, slope: memorySlope(judged, name) }))
  for (const { name, slope } of slopes) {
    console.log(`${name}: ${slope.toFixed(3)} MiB/min over the last ${judgedMinutes} minutes`)
  }
  const largest = (some: readonly Sample[]) =>
    Math.max(...some.map(({ folderMebibytes }) => folderMebibytes))
  const [folder, folderBefore] = [largest(judged), largest(before)]
  console.log(
    `data folder: at most ${folder.toFixed(1)} MiB in the last third, ${folderBefore.toFixed(1)} in the one before; ${folderMax.toFixed(0)} are allowed`,
  )
  const broker = slopes.find(({ name }) => name === 'broker')?.slope ?? Number.NaN
  const isMemoryJudged = minutes >= minutesToJudgeMemory
  if (!isMemoryJudged) {
    console.log(`Memory is judged from ${minutesToJudgeMemory} minutes on.`)
  }
  return [
    ...(isMemoryJudged && !(broker < brokerSlopeMax)
      ? [`the broker's memory rises by ${broker.toFixed(3)} MiB/min`]
      : []),
    ...(folder > folderMax ? [`the data folder holds ${folder.toFixed(1)} MiB`] : []),
    ...(isMemoryJudged && folder > 1.05 * folderBefore
      ? [`the data folder still grows: ${folderBefore.toFixed(1)}, then ${folder.toFixed(1)} MiB`]
      : []),
  ]
}
