import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type Peer, stopPeer } from './peer.ts'
import type { PerfTools } from './perf-tools.ts'
import { residentMebibytes, watchMemory } from './process-usage.ts'
import type { Figure } from './rows.ts'
import { firstTopic, pidOf, type Scenario, untilReady, withPeer } from './scenario.ts'
import { createTopics, listTopics, produceOnce } from './topics.ts'

/** How long nothing is asked of a broker before it counts as idle. */
const quietMs = 20_000

const latencies: readonly Scenario[] = [1000, 10_000].map((recordsPerSecond) => ({
  name: `latency at ${recordsPerSecond.toLocaleString('en')} records/s`,
  runs: 5,
  measure: (peer, tools) =>
    withPeer(peer, async (started) => {
      const topic = 'measured'
      await createTopics(started, [{ name: topic, partitions: 8 }])
      const told = await tools.probe(started, { topic, recordsPerSecond, seconds: 20 })
      const at = `at ${recordsPerSecond.toLocaleString('en')} records/s of 1 KiB`
      return [
        { what: `acknowledged ${at}, p50`, unit: 'ms', value: told.acknowledgedP50Ms },
        { what: `acknowledged ${at}, p99`, unit: 'ms', value: told.acknowledgedP99Ms },
        { what: `end to end ${at}, p50`, unit: 'ms', value: told.receivedP50Ms },
        { what: `end to end ${at}, p99`, unit: 'ms', value: told.receivedP99Ms },
      ] as const
    }),
}))

/** From the start of the process to the first acknowledged record, in seconds. */
const starting: Scenario = {
  name: 'start',
  runs: 5,
  async measure(peer) {
    const folder = mkdtempSync(join(tmpdir(), 'tributary-bench-'))
    try {
      await peer.prepare(folder)
      const first = await secondsOf(peer, folder, untilReady)
      const again = await secondsOf(peer, folder, (started) => produceOnce(started, firstTopic))
      return [
        { what: 'first start to first record', unit: 's', value: first },
        { what: 'start to first record', unit: 's', value: again },
      ]
    } finally {
      rmSync(folder, { recursive: true, force: true })
    }
  },
}

/** Resident memory of the broker's process: idle, the most under load, and when it is idle again. */
const memory: Scenario = {
  name: 'memory',
  runs: 3,
  measure: (peer, tools) =>
    withPeer(peer, async (started) => {
      const topic = 'measured'
      await createTopics(started, [{ name: topic, partitions: 8 }])
      await quiet()
      const idle = residentMebibytes(pidOf(started))
      const watch = watchMemory(pidOf(started))
      const run = { topic, records: 1_000_000, recordBytes: 1024, compression: 'none' } as const
      await tools.produce(started, run)
      await tools.consume(started, { topic, records: run.records, from: 'beginning' })
      const load = watch.stop()
      await quiet()
      return [
        { what: 'memory, idle', unit: 'MiB', value: idle },
        { what: 'memory, at most under load', unit: 'MiB', value: load },
        { what: 'memory, idle afterwards', unit: 'MiB', value: residentMebibytes(pidOf(started)) },
      ]
    }),
}

const manyTopics: Scenario = {
  name: '1,000 topics',
  runs: 3,
  async measure(peer) {
    const folder = mkdtempSync(join(tmpdir(), 'tributary-bench-'))
    const topics = Array.from({ length: 1000 }, (_, index) => ({
      name: `topic-${index}`,
      partitions: 3,
    }))
    try {
      await peer.prepare(folder)
      const started = await peer.start(folder)
      await untilReady(started)
      const create = await secondsFor(() => createTopics(started, topics))
      const list = await secondsFor(async () => {
        // One may answer before it knows all that it has acknowledged.
        while ((await listTopics(started)) < topics.length);
      })
      await stopPeer(started)
      const start = await secondsOf(peer, folder, (again) => produceOnce(again, 'topic-999'))
      return [
        { what: '1,000 topics × 3 partitions, created', unit: 's', value: create },
        { what: '1,000 topics × 3 partitions, listed', unit: 's', value: list },
        { what: '1,000 topics × 3 partitions, start to first record', unit: 's', value: start },
      ]
    } finally {
      rmSync(folder, { recursive: true, force: true })
    }
  },
}

/** What a log's size costs; `BENCH_STORED_GB` says which sizes (0.1,1,10). */
const stored: Scenario = {
  name: 'stored',
  runs: 1,
  async measure(peer, tools) {
    const sizes = (process.env.BENCH_STORED_GB ?? '0.1,1,10').split(',').map(Number)
    const folder = mkdtempSync(join(tmpdir(), 'tributary-bench-'))
    try {
      await peer.prepare(folder)
      const figures: Figure[] = []
      let storedGb = 0
      for (const gb of sizes) {
        figures.push(...(await measureStored({ peer, tools, folder, storedGb, gb })))
        storedGb = gb
      }
      return figures
    } finally {
      rmSync(folder, { recursive: true, force: true })
    }
  },
}

interface StoredStep {
  readonly peer: Peer
  readonly tools: PerfTools
  readonly folder: string
  /** Gigabytes in the log before this step, and after it. */
  readonly storedGb: number
  readonly gb: number
}

async function measureStored({ peer, tools, folder, storedGb, gb }: StoredStep) {
  const measured = 200_000
  const run = { topic: 'log', recordBytes: 1024, compression: 'none' } as const
  const started = await peer.start(folder)
  if (storedGb === 0) {
    await untilReady(started)
    await createTopics(started, [{ name: run.topic, partitions: 8 }])
  } else {
    await produceOnce(started, firstTopic)
  }
  const filling = Math.round(((gb - storedGb) * 1e9) / run.recordBytes) - 2 * measured
  if (filling > 0) {
    await tools.produce(started, { ...run, records: filling, properties: ['batch.size=1000000'] })
  }
  await stopPeer(started)
  const begin = performance.now()
  const again = await peer.start(folder)
  await produceOnce(again, firstTopic)
  const start = (performance.now() - begin) / 1000
  await tools.produce(again, { ...run, records: measured })
  const produce = await tools.produce(again, { ...run, records: measured })
  const wanted = { topic: run.topic, records: 2 * measured, from: 'beginning' } as const
  const consume = await tools.consume(again, wanted)
  const resident = residentMebibytes(pidOf(again))
  await stopPeer(again)
  const at = `with ${gb} GB stored`
  return [
    { what: `start to first record ${at}`, unit: 's', value: start },
    { what: `produce 1 KiB ${at}`, unit: 'MB/s', value: produce },
    { what: `consume 1 KiB ${at}`, unit: 'MB/s', value: consume },
    { what: `memory ${at}`, unit: 'MiB', value: resident },
  ] satisfies Figure[]
}

/** Starts the peer, waits for what is wanted of it, and stops it; resolves with the seconds waited. */
async function secondsOf(
  peer: Peer,
  folder: string,
  until: (started: Awaited<ReturnType<Peer['start']>>) => Promise<void>,
): Promise<number> {
  const beginMs = performance.now()
  const started = await peer.start(folder)
  await until(started)
  const seconds = (performance.now() - beginMs) / 1000
  await stopPeer(started)
  return seconds
}

async function secondsFor(work: () => Promise<unknown>): Promise<number> {
  const beginMs = performance.now()
  await work()
  return (performance.now() - beginMs) / 1000
}

function quiet(): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, quietMs))
}

export const resourceScenarios: readonly Scenario[] = [
  ...latencies,
  starting,
  memory,
  manyTopics,
  stored,
]
