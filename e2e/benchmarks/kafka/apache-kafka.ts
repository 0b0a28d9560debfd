import { spawnSync } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { once } from 'node:events'
import { readFileSync, writeFileSync } from 'node:fs'
import { connect } from 'node:net'
import { join } from 'node:path'
import { createClient } from '../../../broker/protocol/client.ts'
import { freePortRun } from '../../support/free-ports.ts'
import { type Peer, spawnBroker } from './peer.ts'

/** What the start script of Kafka's download gives the JVM. */
const jvmOptions = [
  ...['-Xmx1G', '-Xms1G', '-server', '-XX:+UseG1GC', '-XX:MaxGCPauseMillis=20'],
  ...['-XX:InitiatingHeapOccupancyPercent=35', '-XX:+ExplicitGCInvokesConcurrent'],
  '-Djava.awt.headless=true',
]

/** A single broker cannot have the three replicas that are the default of its own topics. */
const singleBroker = [
  'offsets.topic.replication.factor=1',
  'transaction.state.log.replication.factor=1',
  'transaction.state.log.min.isr=1',
]

/** One Apache Kafka broker in KRaft mode, broker and controller in one process. */
export function apacheKafka(jars: string): Peer {
  const java = (...arguments_: readonly string[]) => ['-cp', join(jars, '*'), ...arguments_]
  return {
    name: 'Apache Kafka',
    configuration: [`java ${jvmOptions.join(' ')}`, ...singleBroker, 'listeners=PLAINTEXT'],
    async prepare(folder) {
      const port = await freePortRun(2)
      const config = join(folder, 'server.properties')
      const lines = [
        'process.roles=broker,controller',
        'node.id=1',
        `listeners=PLAINTEXT://localhost:${port},CONTROLLER://localhost:${port + 1}`,
        'controller.listener.names=CONTROLLER',
        `controller.quorum.bootstrap.servers=localhost:${port + 1}`,
        `log.dirs=${join(folder, 'data')}`,
        ...singleBroker,
      ]
      writeFileSync(config, lines.join('\n'))
      writeFileSync(join(folder, 'port'), String(port))
      // Joined to its option, since it may begin with a hyphen.
      const clusterId = `--cluster-id=${randomBytes(16).toString('base64url')}`
      const format = ['kafka.tools.StorageTool', 'format', '--standalone', clusterId]
      const { status, stdout, stderr } = spawnSync('java', java(...format, '-c', config), {
        encoding: 'utf8',
      })
      if (status !== 0) throw new Error(`Kafka could not format its folder: ${stdout}${stderr}`)
    },
    async start(folder) {
      const config = join(folder, 'server.properties')
      return {
        bootstrapServer: `localhost:${readPort(folder)}`,
        clientProperties: ['security.protocol=PLAINTEXT'],
        process: spawnBroker('java', [...jvmOptions, ...java('kafka.Kafka', config)]),
        async connect(port) {
          const socket = connect({ port, host: '127.0.0.1', noDelay: true })
          await once(socket, 'connect')
          return createClient(socket, { clientId: 'bench' })
        },
      }
    },
  }
}

function readPort(folder: string): number {
  return Number(readFileSync(join(folder, 'port'), 'utf8'))
}
