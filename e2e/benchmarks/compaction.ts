import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { cpus, tmpdir } from 'node:os'
import { join } from 'node:path'
import { type BrokerProcess, startBrokerProcess } from './compaction/broker-process.ts'
import { compactedTopicConfig, runCompaction } from './compaction/compacted-topic.ts'

/**
 * `npm run bench -- compaction`: updates of a few keys over and over, and how long it takes until
 * little more than their last values is left, with producers and consumers running all the time.
 * BENCH_UPDATES (1,000,000), BENCH_KEYS (10,000) and BENCH_PARTITIONS (2) say how much. Fails where
 * anything is missing that compaction does not explain.
 */
const count = Number(process.env.BENCH_UPDATES ?? 1_000_000)
const keys = Number(process.env.BENCH_KEYS ?? 10_000)
const partitions = Number(process.env.BENCH_PARTITIONS ?? 2)
const leftMax = 150_000
const withinMs = 60_000
const memoryMiB = 300
const apiKey = { key: 'BENCHKEY23456ABC', secret: 'bench-secret-that-is-long-enough' }

export async function benchCompaction(): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'tributary-bench-'))
  console.log(
    `${count} updates of 1 KiB over ${keys} keys in ${partitions} partitions, ${cpus().length} cores`,
  )
  const broker = await startBrokerProcess(writePreset(folder))
  try {
    const target = { port: broker.port, topic: 'updates', ...apiKey }
    const tombstones = Math.floor(keys / 20 / partitions) * partitions
    await broker.control('DELETE', '/v1/status/event-loop-delay')
    const outcome = await runCompaction({
      ...{ target, count, keys, tombstones, partitions },
      ...{ leftMax, withinMs },
    })
    const { produceSeconds, compactSeconds, left, leftBytes, slowSkipped } = outcome
    const perSecond = Math.round(count / produceSeconds)
    console.log(`  produced in ${produceSeconds.toFixed(1)} s: ${perSecond} records/s`)
    console.log(
      `  ${compactSeconds.toFixed(1)} s after the last: ${left} records left, ${(leftBytes / 2 ** 20).toFixed(1)} MiB`,
    )
    console.log(`  the slow consumer was spared ${slowSkipped} records`)
    console.log(`  broker's event loop late by  ${await eventLoopDelay(broker)}`)
    const peak = broker.peakMiB()
    console.log(`  broker's memory at most ${peak.toFixed(0)} MiB (limit ${memoryMiB})`)
    const problems = [...outcome.problems]
    if (peak > memoryMiB) problems.push(`the broker took ${peak.toFixed(0)} MiB`)
    for (const problem of problems.slice(0, 20)) console.log(`  PROBLEM: ${problem}`)
    console.log(problems.length === 0 ? '  every check passed' : `  ${problems.length} problems`)
    if (problems.length > 0) process.exitCode = 1
  } finally {
    await broker.stop()
    rmSync(folder, { recursive: true, force: true })
  }
}

function writePreset(folder: string): string {
  const path = join(folder, 'preset.json')
  const topics = [{ name: 'updates', partitions, config: compactedTopicConfig }]
  const clusters = [{ name: 'bench', apiKeys: [apiKey], topics }]
  writeFileSync(path, JSON.stringify({ environments: [{ name: 'default', clusters }] }))
  return path
}

async function eventLoopDelay(running: BrokerProcess): Promise<string> {
  // The shape is `broker/rules/control.ts`'s; a benchmark that cannot read it should fail loudly.
  const { eventLoopDelay: late } = (await running.control('GET', '/v1/status')) as {
    eventLoopDelay: { p50Ms: number; p99Ms: number; maxMs: number }
  }
  const ms = (value: number) => `${value.toFixed(1)} ms`
  return `p50 ${ms(late.p50Ms)}  p99 ${ms(late.p99Ms)}  max ${ms(late.maxMs)}`
}
