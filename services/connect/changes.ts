// What creates, changes and deletes connectors: one after another, so that two requests cannot both
// find the same name or the last task free.

import type { Clock } from '../../broker/clock.ts'
import type { ClusterAccess, ClusterFacts } from './cluster-access.ts'
import { configErrors } from './config-errors.ts'
import type { Connector } from './connector.ts'
import { type ConnectorRegistry, secretKeysOf } from './connector-registry.ts'
import { type ConnectorStore, freshTask, type StoredConnector } from './connector-store.ts'
import { done, type Outcome, refuse, refuseConfig } from './outcome.ts'
import type { ConfigMap, ConnectorPlugin } from './plugin.ts'
import { asSet } from './read-back.ts'

export interface ConnectorChanges {
  create(clusterId: string, name: string, sent: ConfigMap): Promise<Outcome<Connector>>
  putConfig(connector: Connector, sent: ConfigMap): Promise<Outcome<Connector>>
  delete(connector: Connector): Promise<void>
  /** With every connector of it; none can be created in it any more. */
  deleteCluster(clusterId: string): Promise<void>
}

interface ChangesOptions {
  readonly registry: ConnectorRegistry
  readonly store: ConnectorStore
  readonly access: ClusterAccess
  readonly clock: Clock
}

export function createConnectorChanges(options: ChangesOptions): ConnectorChanges {
  const { registry } = options
  const deletedClusters = new Set<string>()
  let last: Promise<unknown> = Promise.resolve()
  function inTurn<T>(change: () => Promise<T>): Promise<T> {
    const turn = last.then(change)
    last = turn.catch(() => {})
    return turn
  }
  return {
    async create(clusterId, name, sent) {
      const checked = await checkNew({ clusterId, name, sent }, options)
      if (!checked.ok) return checked
      return inTurn(async () => {
        if (deletedClusters.has(clusterId)) return refuse(404, `There is no cluster ${clusterId}.`)
        return insert({ ...checked.value, clusterId, name }, options)
      })
    },
    async putConfig(connector, sent) {
      const { clusterId, name, plugin } = connector
      const config = asSet({ ...sent, name }, connector.config())
      const checked = await check({ clusterId, name, sent, plugin, config }, options)
      if (!checked.ok) return checked
      return inTurn(async () => {
        if (!registry.has(connector)) return refuse(404, notFound)
        const added = Number(config['tasks.max']) - connector.taskCount()
        const room = roomFor(added, clusterId, checked.value, registry)
        if (!room.ok) return room
        await connector.putConfig(config, secretKeysOf(plugin))
        return done(connector)
      })
    },
    delete: (connector) => inTurn(() => registry.remove([connector])),
    deleteCluster(clusterId) {
      deletedClusters.add(clusterId)
      return inTurn(() => registry.remove(registry.ofCluster(clusterId)))
    },
  }
}

/** What Confluent answers, word for word. */
export const notFound = 'resource not found'

interface NewConnector {
  readonly plugin: ConnectorPlugin
  readonly config: ConfigMap
  readonly facts: ClusterFacts
}

async function checkNew(
  { clusterId, name, sent }: { clusterId: string; name: string; sent: ConfigMap },
  options: ChangesOptions,
): Promise<Outcome<NewConnector>> {
  const config = asSet({ ...sent, name }, null)
  const plugin = options.registry.findPlugin(config['connector.class'] ?? '')
  if (!plugin.ok) return refuse(400, plugin.message)
  const checked = await check({ clusterId, name, sent, plugin: plugin.value, config }, options)
  return checked.ok ? done({ plugin: plugin.value, config, facts: checked.value }) : checked
}

interface ConfigOfConnector {
  readonly clusterId: string
  readonly name: string
  readonly plugin: ConnectorPlugin
  /** As it came. */
  readonly sent: ConfigMap
  /** With the stored secrets in place of stars. */
  readonly config: ConfigMap
}

async function check(
  { clusterId, name, sent, plugin, config }: ConfigOfConnector,
  { access }: ChangesOptions,
): Promise<Outcome<ClusterFacts>> {
  if (sent.name !== undefined && sent.name !== name) {
    const inConfig = `Connector name configuration (${sent.name})`
    return refuse(400, `${inConfig} doesn't match connector name in the URL (${name})`)
  }
  const facts = await access.readCluster(clusterId)
  if (!facts.ok) return facts
  const errors = await configErrors({ plugin, config, clusterId, facts: facts.value, access })
  return errors.length > 0 ? refuseConfig(errors) : facts
}

async function insert(
  { clusterId, name, plugin, config, facts }: NewConnector & { clusterId: string; name: string },
  { registry, store, clock }: ChangesOptions,
): Promise<Outcome<Connector>> {
  if (registry.named(clusterId, name) !== undefined) {
    return refuse(409, `Connector ${name} already exists: choose another name.`)
  }
  const taskCount = Number(config['tasks.max'])
  const room = roomFor(taskCount, clusterId, facts, registry)
  if (!room.ok) return room
  const stored: StoredConnector = {
    id: registry.freeId(),
    clusterId,
    name,
    config,
    desired: 'running',
    createdMs: clock.nowMs(),
    tasks: Array.from({ length: taskCount }, (_, number) => ({ ...freshTask, number })),
  }
  await store.insert(stored, secretKeysOf(plugin))
  const connector = registry.adopt(stored, plugin)
  await connector.start()
  return done(connector)
}

/** Whether a cluster may run so many tasks more. */
function roomFor(
  added: number,
  clusterId: string,
  { limits }: ClusterFacts,
  registry: ConnectorRegistry,
): Outcome<undefined> {
  const present = registry.ofCluster(clusterId).reduce((sum, { taskCount }) => sum + taskCount(), 0)
  const most = limits.connectorTasks
  if (added <= 0 || present + added <= most) return done(undefined)
  return refuse(
    403,
    `This cluster runs ${present} of at most ${most} connector tasks: delete a connector first.`,
  )
}
