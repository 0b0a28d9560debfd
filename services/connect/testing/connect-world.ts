import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createFakeClock, type FakeClock } from '../../../broker/clock.ts'
import { startTestBroker, type TestBroker } from '../../../broker/testing/test-broker.ts'
import { createBrokerControl } from '../../../lib/control/broker.ts'
import { type ConnectControl, createConnectControl } from '../../../lib/control/connect.ts'
import type { ClusterClient, PartitionRecord } from '../../../lib/kafka/cluster-client.ts'
import { connectCluster } from '../../../lib/kafka/connect-cluster.ts'
import { serveControl } from '../../control.ts'
import { openServicesDb, type ServicesDb } from '../../database.ts'
import { createClusterAccess } from '../cluster-access.ts'
import { createConnectorStore } from '../connector-store.ts'
import type { ConfigMap, ConnectorPlugin } from '../plugin.ts'
import { connectRoutes } from '../routes.ts'
import { type ConnectRuntime, startConnectRuntime } from '../runtime.ts'
import { createSecretBox } from '../secrets.ts'

/** Connectors over HTTP, a real `services.db`, and a real broker in memory; time stands still. */
export interface ConnectWorld {
  readonly broker: TestBroker
  readonly clock: FakeClock
  readonly dataDir: string
  /** As the console reaches it; the same over restarts. */
  readonly connect: ConnectControl
  readonly address: { readonly url: string; readonly token: string }
  readonly place: { readonly environmentId: string; readonly clusterId: string }
  /** With the key of the first cluster, as any client. */
  readonly cluster: ClusterClient
  runtime(): ConnectRuntime
  /** A config that signs in with the first cluster's key. */
  configOf(more?: ConfigMap): Record<string, string>
  /** Resolves when it holds; asked after every change, log line and record of a connector. */
  until(holds: () => boolean | Promise<boolean>): Promise<void>
  state(name: string): Promise<string>
  /** Everything in a topic, by partition and offset. */
  read(topic: string): Promise<readonly PartitionRecord[]>
  /** Ends the services as SIGTERM does, and starts them again. */
  restart(): Promise<void>
  /** The rows of all tasks as they are now. */
  rows(): Promise<readonly TaskRow[]>
  /** Ends the services, puts rows back as they were before, and starts them on these. */
  putRowsAndRestart(rows: readonly TaskRow[]): Promise<void>
  stopBroker(): Promise<void>
  /** Another broker at the same addresses, with the same key and an empty topic `rides`. */
  startBrokerAgain(): Promise<void>
  close(): Promise<void>
}

type TaskRow = Awaited<ReturnType<ServicesDb['task']['findMany']>>[number]

const token = 'token-of-this-start'
const internalKey = Buffer.alloc(32, 7)
const untilMsMax = 15_000

export async function startConnectWorld(
  plugins: readonly ConnectorPlugin[],
  {
    limits = {},
    ...more
  }: { readonly limits?: Record<string, number>; readonly advertisedHost?: string } = {},
): Promise<ConnectWorld> {
  const dataDir = mkdtempSync(join(tmpdir(), 'connect-'))
  const clock = createFakeClock()
  const options = {
    internalKey,
    ...more,
    first: { topics: [{ name: 'rides', partitions: 2 }], limits },
  }
  const broker = await startTestBroker({ ...options, control: { token } })
  let current = broker
  const changes = new Set<() => void>()
  const control = createBrokerControl({ url: broker.controlUrl ?? '', token })
  const bootstrap = broker.ports.map((port) => ({ host: '127.0.0.1', port }))

  async function startServices() {
    const db = openServicesDb(dataDir)
    const runtime = await startConnectRuntime({
      plugins,
      store: createConnectorStore(db, createSecretBox(internalKey)),
      access: createClusterAccess({ control, bootstrap }),
      clock,
      onChange() {
        for (const look of changes) look()
      },
    })
    const served = await serveControl({
      port: 0,
      token,
      status: () => ({ startId: 'x', startedMs: 0, pid: 1 }),
      routes: { '/connect/v1': connectRoutes(runtime) },
    })
    if (!served.ok) throw new Error(served.reason)
    return {
      runtime,
      url: served.value.url,
      db,
      async stop() {
        served.value.stop()
        await runtime.stop()
        await db.$disconnect()
      },
    }
  }

  let services = await startServices()
  const address = { url: services.url, token }
  const connect = createConnectControl(address)
  const place = { environmentId: 'env-abc123', clusterId: broker.first.id }
  const cluster = connectCluster({
    bootstrap,
    isOwnBroker: true,
    username: broker.first.key,
    password: broker.first.secret,
  })
  return {
    broker,
    clock,
    dataDir,
    connect,
    address,
    place,
    cluster,
    runtime: () => services.runtime,
    configOf: (more = {}) => ({
      'connector.class': plugins[0]?.pluginClass ?? '',
      'kafka.auth.mode': 'KAFKA_API_KEY',
      'kafka.api.key': broker.first.key,
      'kafka.api.secret': broker.first.secret,
      'kafka.topic': 'rides',
      'tasks.max': '1',
      ...more,
    }),
    until: (holds) => untilChange(changes, holds),
    async state(name) {
      const status = await connect.status(place, name)
      return status.ok ? status.value.connector.state : status.code
    },
    async read(topic) {
      const ranges = await cluster.readOffsets(topic)
      const records = await Promise.all(
        ranges.map(({ partition, start, end }) =>
          cluster.readPartitionRange({ topic, partition, fromOffset: start, toOffset: end }),
        ),
      )
      return records.flat()
    },
    async restart() {
      await services.stop()
      services = await startServices()
      address.url = services.url
    },
    rows: () => services.db.task.findMany(),
    async putRowsAndRestart(rows) {
      await services.stop()
      const db = openServicesDb(dataDir)
      for (const { connectorId, number, ...data } of rows) {
        await db.task.update({ where: { connectorId_number: { connectorId, number } }, data })
      }
      await db.$disconnect()
      services = await startServices()
      address.url = services.url
    },
    stopBroker: () => current.close(),
    async startBrokerAgain() {
      const port = Number(new URL(broker.controlUrl ?? '').port)
      current = await startTestBroker({ ...options, ports: broker.ports, control: { port, token } })
    },
    async close() {
      await services.stop()
      await cluster.close()
      await current.close()
      rmSync(dataDir, { recursive: true })
    },
  }
}

function untilChange(
  changes: Set<() => void>,
  holds: () => boolean | Promise<boolean>,
): Promise<void> {
  return new Promise((resolve, reject) => {
    const settle = (error?: unknown) => {
      clearTimeout(timer)
      changes.delete(look)
      if (error === undefined) resolve()
      else reject(error)
    }
    const look = () => {
      Promise.resolve(holds()).then((value) => value && settle(), settle)
    }
    const timer = setTimeout(() => settle(new Error('It never came to hold.')), untilMsMax)
    changes.add(look)
    look()
  })
}
