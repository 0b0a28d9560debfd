/**
 * Kafka's own command-line tools, from Maven Central: what the scripts in `bin/` of Kafka's download
 * run. Nothing of them is part of the repository; `pom.xml` pins the version.
 */
import { type ChildProcessByStdio, spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { createInterface } from 'node:readline'
import type { Readable, Writable } from 'node:stream'

/** The main class behind each script. */
const mainClasses = {
  'kafka-configs': 'kafka.admin.ConfigCommand',
  'kafka-console-consumer': 'org.apache.kafka.tools.consumer.ConsoleConsumer',
  'kafka-console-producer': 'org.apache.kafka.tools.ConsoleProducer',
  'kafka-consumer-groups': 'org.apache.kafka.tools.consumer.group.ConsumerGroupCommand',
  'kafka-consumer-perf-test': 'org.apache.kafka.tools.ConsumerPerformance',
  'kafka-delete-records': 'org.apache.kafka.tools.DeleteRecordsCommand',
  'kafka-get-offsets': 'org.apache.kafka.tools.GetOffsetShell',
  'kafka-leader-election': 'org.apache.kafka.tools.LeaderElectionCommand',
  'kafka-log-dirs': 'org.apache.kafka.tools.LogDirsCommand',
  'kafka-producer-perf-test': 'org.apache.kafka.tools.ProducerPerformance',
  'kafka-reassign-partitions': 'org.apache.kafka.tools.reassign.ReassignPartitionsCommand',
  'kafka-topics': 'org.apache.kafka.tools.TopicCommand',
  'kafka-transactions': 'org.apache.kafka.tools.TransactionsCommand',
  'kafka-verifiable-consumer': 'org.apache.kafka.tools.VerifiableConsumer',
  'kafka-verifiable-producer': 'org.apache.kafka.tools.VerifiableProducer',
} as const
export type Tool = keyof typeof mainClasses

export interface ToolOptions {
  /** Standard input; nothing where absent. */
  readonly input?: string
  /** What the tool is expected to end with; 0 where absent. */
  readonly code?: number
}

/** The tools, for one cluster. */
export interface KafkaTools {
  /** Runs a tool to its end; resolves with what it told, and with its complaints where it was to fail. */
  run(tool: Tool, arguments_: readonly string[], options?: ToolOptions): Promise<string[]>
  start(tool: Tool, arguments_: readonly string[], onLine: (line: string) => void): RunningTool
}

/** A tool that runs until it is ended. */
export interface RunningTool {
  /** As Ctrl-C does. */
  stop(): Promise<void>
  kill(): Promise<void>
}

/** The folder of the jars, or why they cannot be had here. */
export type Installed =
  | { readonly ok: true; readonly folder: string }
  | { readonly ok: false; readonly reason: string }

const pom = resolve('e2e/clients/kafka-tools/pom.xml')
const jars = resolve('dist/e2e/kafka-tools')

/** Fetches the jars once for each version of `pom.xml`, with Maven. */
export function installTools(): Installed {
  if (spawnSync('java', ['-version']).status !== 0) {
    return { ok: false, reason: 'there is no Java: apt-get install default-jre-headless' }
  }
  const stamp = join(jars, 'installed.xml')
  const wanted = readFileSync(pom, 'utf8')
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === wanted) {
    return { ok: true, folder: jars }
  }
  if (spawnSync('mvn', ['-version']).status !== 0) {
    return { ok: false, reason: 'there is no Maven: apt-get install maven' }
  }
  mkdirSync(jars, { recursive: true })
  const copy = ['dependency:copy-dependencies', `-DoutputDirectory=${jars}`]
  const maven = spawnSync('mvn', ['-q', '-B', '-Dstyle.color=never', '-f', pom, ...copy], {
    encoding: 'utf8',
  })
  if (maven.status !== 0) {
    const [why = 'no reason given'] = `${maven.stdout}${maven.stderr}`.trim().split('\n')
    return { ok: false, reason: `Maven could not fetch the jars: ${why}` }
  }
  writeFileSync(stamp, wanted)
  return { ok: true, folder: jars }
}

export interface ToolsCluster {
  readonly bootstrapServer: string
  /** A file of client properties, for the tools' `--command-config`. */
  readonly properties: string
}

export function openTools(folder: string, cluster: ToolsCluster): KafkaTools {
  const spawnTool = (tool: Tool, arguments_: readonly string[]) =>
    spawnJava(folder, [
      mainClasses[tool],
      '--bootstrap-server',
      cluster.bootstrapServer,
      '--command-config',
      cluster.properties,
      ...arguments_,
    ])
  return {
    async run(tool, arguments_, { input = '', code = 0 } = {}) {
      const child = spawnTool(tool, arguments_)
      const told: string[] = []
      const complaints: string[] = []
      createInterface({ input: child.stdout }).on('line', (line) => told.push(line))
      createInterface({ input: child.stderr }).on('line', (line) => complaints.push(line))
      child.stdin.end(input)
      const [ended] = await once(child, 'close')
      const all = [...told, ...complaints]
      if (ended !== code) {
        throw new Error(`${tool} ${arguments_.join(' ')} ended with ${ended}:\n${all.join('\n')}`)
      }
      return (ended === 0 ? told : all).filter((line) => line !== '')
    },
    start(tool, arguments_, onLine) {
      const child = spawnTool(tool, arguments_)
      const closed = once(child, 'close')
      createInterface({ input: child.stdout }).on('line', onLine)
      child.stderr.resume()
      const end = async (signal: 'SIGINT' | 'SIGKILL') => {
        child.kill(signal)
        await closed
      }
      return { stop: () => end('SIGINT'), kill: () => end('SIGKILL') }
    },
  }
}

/** A JVM that starts fast rather than runs fast: most tools live for a second. */
function spawnJava(
  folder: string,
  arguments_: readonly string[],
): ChildProcessByStdio<Writable, Readable, Readable> {
  const quickly = ['-Xmx256m', '-XX:TieredStopAtLevel=1', '-XX:+UseSerialGC']
  return spawn('java', [...quickly, '-cp', join(folder, '*'), ...arguments_], {
    stdio: ['pipe', 'pipe', 'pipe'],
  })
}
