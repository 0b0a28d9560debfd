import { readFileSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { processMemoryVariables } from '../../../broker/rules/process-memory.ts'
import { freePortRun } from '../../support/free-ports.ts'
import { connectKafka } from '../../support/kafka-connection.ts'
import { type Peer, spawnBroker } from './peer.ts'

const brokerBundle = resolve('dist/broker.mjs')
const apiKey = { key: 'BENCHKEY23456ABC', secret: 'bench-secret-that-is-long-enough' }
const nodes = 3
/** What `npm start` tells the broker's process by environment. */
const memoryVariables = processMemoryVariables({})

/** Our broker as `npm start` runs it: three nodes, one process, an API key. */
export function tributary(): Peer {
  return {
    name: 'Tributary',
    configuration: [
      'node dist/broker.mjs',
      ...Object.entries(memoryVariables).map(([name, value]) => `${name}=${value}`),
      'a preset cluster whose limit of partitions is raised',
      'security.protocol=SASL_PLAINTEXT',
    ],
    async prepare(folder) {
      const port = await freePortRun(nodes)
      const cluster = { name: 'bench', apiKeys: [apiKey], limits: { partitions: 100_000 } }
      const place = { provider: 'gcp', region: 'europe-west2' }
      const environments = [{ name: 'default', clusters: [{ ...cluster, ...place }] }]
      writeFileSync(join(folder, 'preset.json'), JSON.stringify({ environments }))
      writeFileSync(join(folder, 'port'), String(port))
    },
    async start(folder) {
      const port = readFileSync(join(folder, 'port'), 'utf8')
      const login = 'org.apache.kafka.common.security.plain.PlainLoginModule'
      return {
        bootstrapServer: `localhost:${port}`,
        clientProperties: [
          'security.protocol=SASL_PLAINTEXT',
          'sasl.mechanism=PLAIN',
          `sasl.jaas.config=${login} required username='${apiKey.key}' password='${apiKey.secret}';`,
        ],
        process: spawnBroker(process.execPath, [brokerBundle], {
          ...memoryVariables,
          NODE_ENV: 'production',
          DATA_DIR: join(folder, 'data'),
          KAFKA_PORT: port,
          TRIBUTARY_PRESET: join(folder, 'preset.json'),
        }),
        connect: (node) => connectKafka({ port: node, ...apiKey }),
      }
    },
  }
}
