// All connectors of this installation: which there are, and what may be asked of them.

import type { Clock } from '../../broker/clock.ts'
import {
  type ConfigValidation,
  type ConnectorInfo,
  previewRecords,
  type SampleRecord,
} from '../../broker/rules/connect.ts'
import { newId } from '../../broker/rules/ids.ts'
import { definitionsOf, validationOf, withDefaults } from './check-config.ts'
import type { ClusterAccess, ClusterFacts } from './cluster-access.ts'
import { configErrors } from './config-errors.ts'
import { type Connector, createConnector } from './connector.ts'
import { type ConnectorStore, freshTask, type StoredConnector } from './connector-store.ts'
import { done, type Outcome, refuse, refuseConfig } from './outcome.ts'
import type { ConfigMap, ConnectorPlugin } from './plugin.ts'
import { asSet, readBack } from './read-back.ts'

export interface RuntimeOptions {
  readonly plugins: readonly ConnectorPlugin[]
  readonly store: ConnectorStore
  readonly access: ClusterAccess
  readonly clock: Clock
  /** After every change of any connector's state, every line of its log, and every record. */
  readonly onChange?: () => void
}

/** What a connector has written since the services began; bytes of record batches as stored. */
export interface ConnectorCounters {
  readonly clusterId: string
  /** `lcc-…` */
  readonly id: string
  readonly name: string
  readonly bytesOut: number
  readonly recordsOut: number
}

export interface ConnectRuntime {
  readonly plugins: readonly ConnectorPlugin[]
  /** By name, in the order in which they were created. */
  connectors(clusterId: string): readonly Connector[]
  find(clusterId: string, name: string): Outcome<Connector>
  findPlugin(pluginClass: string): Outcome<ConnectorPlugin>
  infoOf(connector: Connector): ConnectorInfo
  create(clusterId: string, name: string, sent: ConfigMap): Promise<Outcome<Connector>>
  putConfig(connector: Connector, sent: ConfigMap): Promise<Outcome<Connector>>
  delete(connector: Connector): Promise<void>
  deleteCluster(clusterId: string): Promise<void>
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
export async function startConnectRuntime(options: RuntimeOptions): Promise<ConnectRuntime> {
  const { plugins, store, access, clock } = options
  const known = new Map<string, Connector>()
  let creating: Promise<unknown> = Promise.resolve()

  const ofCluster = (clusterId: string) =>
    [...known.values()].filter((connector) => connector.clusterId === clusterId)

  const named = (clusterId: string, name: string) =>
    ofCluster(clusterId).find((connector) => connector.name === name)

  function adopt(stored: StoredConnector, plugin: ConnectorPlugin): Connector {
    const connector = createConnector(stored, {
      plugin,
      store,
      clock,
      writerOf: access.writerOf,
      explain: (failure, config) => access.explain(failure, config, stored.clusterId),
      ...(options.onChange && { onChange: options.onChange }),
    })
    known.set(stored.id, connector)
    return connector
  }

  function findPlugin(pluginClass: string): Outcome<ConnectorPlugin> {
    const plugin = plugins.find((candidate) => candidate.pluginClass === pluginClass)
    if (plugin !== undefined) return done(plugin)
    const names = plugins.map((candidate) => candidate.pluginClass).join(', ')
    return refuse(404, `There is no connector plugin "${pluginClass}"; there is ${names}.`)
  }

  /** How many tasks may still be added to a cluster, or why not these. */
  function roomFor(facts: ClusterFacts, clusterId: string, added: number, own = 0) {
    const running = ofCluster(clusterId).reduce((sum, connector) => sum + connector.taskCount(), 0)
    const most = facts.limits.connectorTasks
    if (running - own + added <= most) return done(undefined)
    return refuse(
      403,
      `This cluster runs ${running} of at most ${most} connector tasks: delete a connector first.`,
    )
  }

  const inTurn = <T>(work: () => Promise<T>): Promise<T> => {
    const turn = creating.then(work)
    creating = turn.catch(() => {})
    return turn
  }

  async function create(clusterId: string, name: string, sent: ConfigMap) {
    const config = asSet({ ...sent, name }, null)
    if (sent.name !== undefined && sent.name !== name)
      return refuse(400, otherName(sent.name, name))
    const plugin = findPlugin(config['connector.class'] ?? '')
    if (!plugin.ok) return refuse(400, plugin.message)
    const facts = await access.readCluster(clusterId)
    if (!facts.ok) return facts
    const errors = await configErrors({
      plugin: plugin.value,
      config,
      clusterId,
      facts: facts.value,
      access,
    })
    if (errors.length > 0) return refuseConfig(errors)
    return inTurn(async () => {
      if (named(clusterId, name) !== undefined) {
        return refuse(409, `Connector ${name} already exists: choose another name.`)
      }
      const taskCount = Number(config['tasks.max'])
      const room = roomFor(facts.value, clusterId, taskCount)
      if (!room.ok) return room
      const stored: StoredConnector = {
        id: freeId(known),
        clusterId,
        name,
        config,
        desired: 'running',
        createdMs: clock.nowMs(),
        tasks: Array.from({ length: taskCount }, (_, number) => ({ ...freshTask, number })),
      }
      await store.insert(stored, secretKeysOf(plugin.value))
      const connector = adopt(stored, plugin.value)
      await connector.start()
      return done(connector)
    })
  }

  async function putConfig(connector: Connector, sent: ConfigMap): Promise<Outcome<Connector>> {
    const { clusterId, name, plugin } = connector
    const config = asSet({ ...sent, name }, connector.config())
    if (sent.name !== undefined && sent.name !== name)
      return refuse(400, otherName(sent.name, name))
    const facts = await access.readCluster(clusterId)
    if (!facts.ok) return facts
    const errors = await configErrors({ plugin, config, clusterId, facts: facts.value, access })
    if (errors.length > 0) return refuseConfig(errors)
    return inTurn(async () => {
      if (known.get(connector.id) !== connector) return refuse(404, notFound)
      const added = Number(config['tasks.max'])
      const room = roomFor(facts.value, clusterId, added, connector.taskCount())
      if (!room.ok) return room
      await connector.putConfig(config, secretKeysOf(plugin))
      return done(connector)
    })
  }

  async function remove(connectors: readonly Connector[]): Promise<void> {
    for (const { id } of connectors) known.delete(id)
    await Promise.all(connectors.map((connector) => connector.stop()))
    await store.remove(connectors.map(({ id }) => id))
  }

  const stored = await store.all()
  await Promise.all(
    stored.map(async (row) => {
      const plugin = findPlugin(row.config['connector.class'] ?? '')
      // A connector of a version that had more plugins keeps its row.
      if (plugin.ok) await adopt(row, plugin.value).start()
    }),
  )

  return {
    plugins,
    connectors: ofCluster,
    find(clusterId, name) {
      const connector = named(clusterId, name)
      return connector === undefined ? refuse(404, notFound) : done(connector)
    },
    findPlugin,
    infoOf: (connector) => ({
      name: connector.name,
      type: connector.plugin.type,
      config: {
        ...readBack(connector.config(), {
          secretKeys: secretKeysOf(connector.plugin),
          endpoint: access.endpoint,
        }),
      },
      tasks: connector.status().tasks.map(({ id }) => ({ connector: connector.name, task: id })),
    }),
    create,
    putConfig,
    delete: (connector) => remove([connector]),
    // Behind what is being created just now.
    deleteCluster: (clusterId) => inTurn(() => remove(ofCluster(clusterId))),
    async validate(clusterId, plugin, sent) {
      const facts = await access.readCluster(clusterId)
      if (!facts.ok) return facts
      const config = asSet(sent, named(clusterId, sent.name ?? '')?.config() ?? null)
      const errors = await configErrors({ plugin, config, clusterId, facts: facts.value, access })
      return done(validationOf(plugin, config, errors))
    },
    preview(plugin, sent) {
      const records = plugin.preview(withDefaults(definitionsOf(plugin), sent), previewRecords)
      return 'problem' in records ? refuse(400, records.problem) : done(records)
    },
    clusterIds: () => [...new Set([...known.values()].map(({ clusterId }) => clusterId))],
    readCounters: () =>
      [...known.values()].map((connector) => {
        const { bytes, records } = connector.written()
        const { clusterId, id, name } = connector
        return { clusterId, id, name, bytesOut: bytes, recordsOut: records }
      }),
    async stop() {
      await Promise.all([...known.values()].map((connector) => connector.stop()))
    },
  }
}

/** What Confluent answers, word for word. */
const notFound = 'resource not found'

function otherName(inConfig: string, name: string): string {
  return `Connector name configuration (${inConfig}) doesn't match connector name in the URL (${name})`
}

function secretKeysOf(plugin: ConnectorPlugin): ReadonlySet<string> {
  const secret = definitionsOf(plugin).filter(({ type }) => type === 'PASSWORD')
  return new Set(secret.map(({ name }) => name))
}

function freeId(taken: ReadonlyMap<string, unknown>): string {
  for (;;) {
    const id = newId('lcc')
    if (!taken.has(id)) return id
  }
}
