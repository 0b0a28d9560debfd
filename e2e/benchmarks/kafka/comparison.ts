import { execSync } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { cpus, tmpdir, totalmem } from 'node:os'
import { join } from 'node:path'
import { installTools } from '../../clients/kafka-tools/tools.ts'
import { apacheKafka } from './apache-kafka.ts'
import type { Peer } from './peer.ts'
import { openPerfTools } from './perf-tools.ts'
import { resourceScenarios } from './resource-scenarios.ts'
import { addFigures, describeSamples, type Samples } from './rows.ts'
import type { Scenario } from './scenario.ts'
import { throughputScenarios } from './throughput-scenarios.ts'
import { tributary } from './tributary.ts'

/**
 * `npm run bench -- kafka`: our broker beside one Apache Kafka broker, on the same disk, driven by the
 * same jars with the same flags, one at a time and in alternating order. BENCH_RUNS overrides how often
 * each is measured, BENCH_ONLY names the scenarios that are wanted by the beginnings of their names (`start;latency`).
 */
export async function benchKafka(): Promise<void> {
  const jars = installTools()
  if (!jars.ok) {
    console.log(`Neither Kafka nor its tools can be run: ${jars.reason}`)
    return
  }
  const peers = [tributary(), apacheKafka(jars.folder)]
  describeSetting(peers)
  const folder = mkdtempSync(join(tmpdir(), 'tributary-bench-'))
  try {
    const tools = openPerfTools(jars.folder, folder)
    const samples: Samples = new Map()
    for (const scenario of wantedScenarios()) {
      const runs = Number(process.env.BENCH_RUNS ?? scenario.runs)
      for (let run = 0; run < runs; run++) {
        // Who comes second finds a warmer machine: it is the other one each time.
        for (const peer of run % 2 === 0 ? peers : [...peers].reverse()) {
          addFigures(samples, peer.name, await scenario.measure(peer, tools))
        }
        console.error(`· ${scenario.name}: run ${run + 1} of ${runs}`)
      }
    }
    const names = peers.map(({ name }) => name)
    console.log(describeSamples(samples, names).join('\n'))
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

function wantedScenarios(): readonly Scenario[] {
  const all = [...throughputScenarios, ...resourceScenarios]
  const only = (process.env.BENCH_ONLY ?? '').split(';').filter((name) => name !== '')
  return only.length === 0
    ? all
    : all.filter(({ name }) => only.some((wanted) => name.startsWith(wanted)))
}

function describeSetting(peers: readonly Peer[]): void {
  const [processor] = cpus()
  const java = execSync('java -version 2>&1').toString().split('\n')[0]
  const memory = `${(totalmem() / 2 ** 30).toFixed(0)} GiB`
  console.log(`${new Date().toISOString().slice(0, 10)} · ${processor?.model ?? 'processor'}`)
  console.log(`${cpus().length} cores · ${memory} · Node ${process.version} · ${java}\n`)
  for (const { name, configuration } of peers)
    console.log(`- ${name}: ${configuration.join(' · ')}`)
  console.log('')
}
