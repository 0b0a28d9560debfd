import type { Clock } from '../../broker/clock.ts'
import { newId } from '../../broker/rules/ids.ts'
import { definitionsOf } from './check-config.ts'
import type { ClusterAccess } from './cluster-access.ts'
import { type Connector, createConnector } from './connector.ts'
import type { ConnectorStore, StoredConnector } from './connector-store.ts'
import { done, type Outcome, refuse } from './outcome.ts'
import type { ConnectorPlugin } from './plugin.ts'

export interface RegistryOptions {
  readonly plugins: readonly ConnectorPlugin[]
  readonly store: ConnectorStore
  readonly access: ClusterAccess
  readonly clock: Clock
  /** After every change of any connector's state, every line of its log, and every record. */
  readonly onChange?: () => void
}

/** Which connectors there are, and which could be. */
export interface ConnectorRegistry {
  /** In the order in which they were created. */
  all(): readonly Connector[]
  ofCluster(clusterId: string): readonly Connector[]
  named(clusterId: string, name: string): Connector | undefined
  findPlugin(pluginClass: string): Outcome<ConnectorPlugin>
  has(connector: Connector): boolean
  /** Takes up a stored connector; it does nothing yet. */
  adopt(stored: StoredConnector, plugin: ConnectorPlugin): Connector
  /** Forgets them, then ends their tasks. */
  remove(connectors: readonly Connector[]): Promise<void>
  freeId(): string
}

export function createConnectorRegistry(options: RegistryOptions): ConnectorRegistry {
  const { plugins, store, access, clock, onChange } = options
  const known = new Map<string, Connector>()
  const ofCluster = (clusterId: string) =>
    [...known.values()].filter((connector) => connector.clusterId === clusterId)
  return {
    all: () => [...known.values()],
    ofCluster,
    named: (clusterId, name) => ofCluster(clusterId).find((connector) => connector.name === name),
    findPlugin(pluginClass) {
      const plugin = plugins.find((candidate) => candidate.pluginClass === pluginClass)
      if (plugin !== undefined) return done(plugin)
      const names = plugins.map((candidate) => candidate.pluginClass).join(', ')
      return refuse(404, `There is no connector plugin "${pluginClass}"; there is ${names}.`)
    },
    has: (connector) => known.get(connector.id) === connector,
    adopt(stored, plugin) {
      const connector = createConnector(stored, {
        plugin,
        store,
        clock,
        writerOf: access.writerOf,
        explain: (failure, config) => access.explain(failure, config, stored.clusterId),
        ...(onChange && { onChange }),
      })
      known.set(stored.id, connector)
      return connector
    },
    async remove(connectors) {
      await store.remove(connectors.map(({ id }) => id))
      for (const { id } of connectors) known.delete(id)
      await Promise.all(connectors.map((connector) => connector.end()))
    },
    freeId() {
      for (;;) {
        const id = newId('lcc')
        if (!known.has(id)) return id
      }
    },
  }
}

/** The settings of a plugin that are shown as stars and stored encrypted. */
export function secretKeysOf(plugin: ConnectorPlugin): ReadonlySet<string> {
  const secret = definitionsOf(plugin).filter(({ type }) => type === 'PASSWORD')
  return new Set(secret.map(({ name }) => name))
}
