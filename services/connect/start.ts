import type { Hono } from 'hono'
import type { Clock } from '../../broker/clock.ts'
import type { SecurityProtocol } from '../../broker/rules/security-protocols.ts'
import type { BrokerControl } from '../../lib/control/broker.ts'
import { requiredAuthority } from '../../lib/kafka/required-authority.ts'
import type { ServicesDb } from '../database.ts'
import { createClusterAccess } from './cluster-access.ts'
import { createConnectorStore } from './connector-store.ts'
import { plugins } from './plugins.ts'
import { connectRoutes } from './routes.ts'
import { type ConnectorCounters, startConnectRuntime } from './runtime.ts'
import { createSecretBox } from './secrets.ts'

export interface ConnectOptions {
  readonly db: ServicesDb
  readonly broker: Pick<BrokerControl, 'tenants' | 'keys'>
  /** Of the installation; connectors' secrets are encrypted under it. */
  readonly internalKey: Uint8Array
  /** The nodes' ports on loopback. */
  readonly kafkaPorts: readonly number[]
  readonly securityProtocols: readonly SecurityProtocol[]
  readonly dataDir: string
  readonly clock: Clock
}

export interface Connect {
  /** To be served under `/connect/v1`. */
  readonly routes: Hono
  readCounters(): readonly ConnectorCounters[]
  /** Resolves when every task has stopped and its position is stored. */
  stop(): Promise<void>
}

/** Starts the connectors that should run; resolves when they are on their way. */
export async function startConnect({
  db,
  broker,
  internalKey,
  kafkaPorts,
  clock,
  ...settings
}: ConnectOptions): Promise<Connect> {
  const runtime = await startConnectRuntime({
    plugins,
    store: createConnectorStore(db, createSecretBox(internalKey)),
    access: createClusterAccess({
      control: broker,
      bootstrap: kafkaPorts.map((port) => ({ host: '127.0.0.1', port })),
      ...requiredAuthority(settings),
    }),
    clock,
  })
  return {
    routes: connectRoutes(runtime),
    readCounters: runtime.readCounters,
    stop: runtime.stop,
  }
}
