/**
 * Kafka's own command-line tools, from Maven Central: what the scripts in `bin/` of Kafka's download
 * run. Nothing of them is part of the repository; `pom.xml` pins the version.
 */
import { once } from 'node:events'
import { createInterface } from 'node:readline'
import { fetchJars, type Jars, spawnJava } from '../jvm/maven-jars.ts'

/** The main class behind each script. */
export const mainClasses = {
  'kafka-acls': 'org.apache.kafka.tools.AclCommand',
  'kafka-broker-api-versions': 'org.apache.kafka.tools.BrokerApiVersionsCommand',
  'kafka-cluster': 'org.apache.kafka.tools.ClusterTool',
  'kafka-configs': 'kafka.admin.ConfigCommand',
  'kafka-console-consumer': 'org.apache.kafka.tools.consumer.ConsoleConsumer',
  'kafka-console-producer': 'org.apache.kafka.tools.ConsoleProducer',
  'kafka-consumer-groups': 'org.apache.kafka.tools.consumer.group.ConsumerGroupCommand',
  'kafka-consumer-perf-test': 'org.apache.kafka.tools.ConsumerPerformance',
  'kafka-delete-records': 'org.apache.kafka.tools.DeleteRecordsCommand',
  'kafka-features': 'org.apache.kafka.tools.FeatureCommand',
  'kafka-get-offsets': 'org.apache.kafka.tools.GetOffsetShell',
  'kafka-leader-election': 'org.apache.kafka.tools.LeaderElectionCommand',
  'kafka-log-dirs': 'org.apache.kafka.tools.LogDirsCommand',
  'kafka-metadata-quorum': 'org.apache.kafka.tools.MetadataQuorumCommand',
  'kafka-producer-perf-test': 'org.apache.kafka.tools.ProducerPerformance',
  'kafka-reassign-partitions': 'org.apache.kafka.tools.reassign.ReassignPartitionsCommand',
  'kafka-streams-application-reset': 'org.apache.kafka.tools.StreamsResetter',
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

/** Fetches the tools, or says why they cannot be had here. */
export function installTools(): Jars {
  return fetchJars({ pom: 'e2e/clients/kafka-tools/pom.xml', folder: 'kafka-tools' })
}

export interface ToolsCluster {
  readonly bootstrapServer: string
  /** A file of client properties, for the tools' `--command-config`; none on a port without a key. */
  readonly properties?: string
  /** Flags of the JVM, as one would put them into `KAFKA_OPTS`. */
  readonly flags?: readonly string[]
}

export function openTools(folder: string, cluster: ToolsCluster): KafkaTools {
  const { bootstrapServer, properties, flags = [] } = cluster
  const connection = [
    '--bootstrap-server',
    bootstrapServer,
    ...(properties === undefined ? [] : ['--command-config', properties]),
  ]
  const spawnTool = (tool: Tool, arguments_: readonly string[]) => {
    // This one is told what to do before it is told where.
    const first = tool === 'kafka-cluster' ? arguments_.slice(0, 1) : []
    const rest = arguments_.slice(first.length)
    return spawnJava(folder, [...flags, mainClasses[tool], ...first, ...connection, ...rest])
  }
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
