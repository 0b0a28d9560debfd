// All connectors of this installation: which there are, and what may be asked of them.

import {
  type ConfigValidation,
  type ConnectorInfo,
  previewRecords,
  type SampleRecord,
} from '../../broker/rules/connect.ts'
import { type ConnectorChanges, createConnectorChanges, notFound } from './changes.ts'
import { definitionsOf, validationOf, withDefaults } from './check-config.ts'
import type { ClusterAccess } from './cluster-access.ts'
import { configErrors } from './config-errors.ts'
import type { Connector } from './connector.ts'
import {
  type ConnectorRegistry,
  createConnectorRegistry,
  type RegistryOptions,
  secretKeysOf,
} from './connector-registry.ts'
import { done, type Outcome, refuse } from './outcome.ts'
import type { ConfigMap, ConnectorPlugin } from './plugin.ts'
import { asSet, readBack } from './read-back.ts'

/** What a connector has written since the services began; bytes of record batches as stored. */
export interface ConnectorCounters {
  readonly clusterId: string
  /** `lcc-…` */
  readonly id: string
  readonly name: string
  readonly bytesOut: number
  readonly recordsOut: number
}

export interface ConnectRuntime extends ConnectorChanges {
  readonly plugins: readonly ConnectorPlugin[]
  /** In the order in which they were created. */
  connectors(clusterId: string): readonly Connector[]
  find(clusterId: string, name: string): Outcome<Connector>
  findPlugin(pluginClass: string): Outcome<ConnectorPlugin>
  infoOf(connector: Connector): ConnectorInfo
  validate(
    clusterId: string,
    plugin: ConnectorPlugin,
    sent: ConfigMap,
  ): Promise<Outcome<ConfigValidation>>
  preview(plugin: ConnectorPlugin, sent: ConfigMap): Outcome<readonly SampleRecord[]>
  clusterIds(): readonly string[]
  readCounters(): readonly ConnectorCounters[]
  /** Ends every task; resolves when what they were writing is written and its position stored. */
  stop(): Promise<void>
}

/** Starts every connector that should run, where it was. */
export async function startConnectRuntime(options: RegistryOptions): Promise<ConnectRuntime> {
  const { plugins, access } = options
  const registry = createConnectorRegistry(options)
  await startStored(registry, options)
  return {
    ...createConnectorChanges({ ...options, registry }),
    plugins,
    connectors: registry.ofCluster,
    find(clusterId, name) {
      const connector = registry.named(clusterId, name)
      return connector === undefined ? refuse(404, notFound) : done(connector)
    },
    findPlugin: registry.findPlugin,
    infoOf: (connector) => infoOf(connector, access),
    async validate(clusterId, plugin, sent) {
      const facts = await access.readCluster(clusterId)
      if (!facts.ok) return facts
      const stored = registry.named(clusterId, sent.name ?? '')?.config() ?? null
      const config = asSet(sent, stored)
      const errors = await configErrors({ plugin, config, clusterId, facts: facts.value, access })
      return done(validationOf(plugin, config, errors))
    },
    preview(plugin, sent) {
      const records = plugin.preview(withDefaults(definitionsOf(plugin), sent), previewRecords)
      return 'problem' in records ? refuse(400, records.problem) : done(records)
    },
    clusterIds: () => [...new Set(registry.all().map(({ clusterId }) => clusterId))],
    readCounters: () => registry.all().map(countersOf),
    async stop() {
      await Promise.all(registry.all().map((connector) => connector.end()))
    },
  }
}

async function startStored(registry: ConnectorRegistry, { store }: RegistryOptions): Promise<void> {
  const stored = await store.all()
  await Promise.all(
    stored.map(async (row) => {
      const plugin = registry.findPlugin(row.config['connector.class'] ?? '')
      // A connector of a version that had more plugins keeps its row.
      if (plugin.ok) await registry.adopt(row, plugin.value).start()
    }),
  )
}

function infoOf(connector: Connector, { endpoint }: ClusterAccess): ConnectorInfo {
  const { name, plugin } = connector
  const secretKeys = secretKeysOf(plugin)
  return {
    name,
    type: plugin.type,
    config: { ...readBack(connector.config(), { secretKeys, endpoint }) },
    tasks: connector.status().tasks.map(({ id }) => ({ connector: name, task: id })),
  }
}

function countersOf(connector: Connector): ConnectorCounters {
  const { clusterId, id, name } = connector
  const { bytes, records } = connector.written()
  return { clusterId, id, name, bytesOut: bytes, recordsOut: records }
}
