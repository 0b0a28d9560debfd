/**
 * The broker's front door: `startBroker()` runs a whole broker in this process, ready in
 * milliseconds on free ports with memory storage, or on files where it is given a data folder.
 *
 * Start order reads as prose in `startBroker`; stopping is the reverse: no new connection, what is
 * being answered finishes, what was appended is stored, storage closes. Each step is bounded.
 *
 * Over 300 lines: options, what is handed out and the order of starting are read together.
 */
import { randomBytes } from 'node:crypto'
import { setTimeout as delay } from 'node:timers/promises'
import { createDispatch } from './api/dispatch.ts'
import { createApiTable } from './api/table.ts'
import { type Clock, hurriedClock, systemClock } from './clock.ts'
import { applyPreset, PresetError } from './cluster/apply-preset.ts'
import { createProducerIds } from './cluster/producer-ids.ts'
import { Tenants } from './cluster/tenants.ts'
import { createGroupsByTenant, type GroupsByTenant } from './groups-by-tenant.ts'
import { openCleanerThread } from './log/compaction/cleaner-thread.ts'
import { openPartitionLogs, type PartitionLogs } from './log/partition-logs.ts'
import { describeListenFailure } from './network/listeners.ts'
import { createRateLimitedLog, type Log } from './network/log-lines.ts'
import { type Network, openNetwork } from './network/network.ts'
import { createOpenListeners, type OpenListeners } from './network/open-listeners.ts'
import { isWildcardHost, openCertificates } from './open-certificates.ts'
import { type KafkaRelease, kafkaReleases, parseKafkaRelease } from './rules/kafka-versions.ts'
import { ANONYMOUS } from './rules/open-listener.ts'
import { type BrokerClusterInput, parseBrokerClusters } from './rules/preset.ts'
import { type SecurityProtocol, securityProtocols } from './rules/security-protocols.ts'
import { type ControlOptions, ControlProblem, serveControl } from './serve-control.ts'
import { storageFailureCode } from './storage/failure.ts'
import { openMemoryStorage } from './storage/memory/storage.ts'
import { createSpaceReport, diskSpaceOf, withSpaceReserve } from './storage/space-reserve.ts'
import type { CatalogueSnapshot, Storage } from './storage/storage.ts'
import { CertificateProblem, type CertificateSource } from './tls/certificate-source.ts'

export interface BrokerOptions {
  /** Address to listen on; loopback (127.0.0.1 and ::1) where absent. */
  readonly host?: string
  /** Node 1's port, the next nodes follow; 0 (the default) takes free ones. */
  readonly port?: number
  /** Each node's port; wins over `port` and `brokers`. */
  readonly ports?: readonly number[]
  /** Advertised nodes, 1 to 3; 3 where absent. */
  readonly brokers?: number
  /** Host name that clients are told; the address that they dialled where absent. */
  readonly advertisedHost?: string
  /** Ports that belong to the program around the broker: no cluster may open one of them. */
  readonly reservedPorts?: readonly number[]
  /** What the ports accept; both, told apart by the first byte, where absent. */
  readonly securityProtocols?: readonly SecurityProtocol[]
  /** Names and addresses for the server certificate, beside loopback, `host` and `advertisedHost`. */
  readonly tlsNames?: readonly string[]
  /** Where data lives; in memory where absent. Storage that is given is closed with the broker. */
  readonly storage?: 'memory' | FileStorage | Storage
  /** Clusters, API keys and topics to create where they are absent. */
  readonly clusters?: readonly BrokerClusterInput[]
  /** Serves the control interface on a loopback port; 0 takes a free one. */
  readonly control?: ControlOptions
  /** 32 bytes under which internal principals sign in; without it there are none. */
  readonly internalKey?: Uint8Array
  /** Look like an older Kafka, such as `2.8`. */
  readonly maxKafkaVersion?: string
  readonly clock?: Clock
  /** How many times as often as by default retention, compaction and the like look for work. */
  readonly upkeepTimes?: number
  /** Takes one line at a time; standard error where absent. */
  readonly log?: Log
  /** Storage is lost for good: nothing can be acknowledged any more. */
  readonly onFatal?: (reason: string) => void
}

export interface FileStorage {
  readonly dataDir: string
  readonly synchronous?: 'NORMAL' | 'FULL'
}

export interface RunningBroker {
  /** Node 1 first. */
  readonly ports: readonly number[]
  /** Such as `localhost:9092`. */
  readonly bootstrapServers: string
  /** Null where no control interface was asked for. */
  readonly controlUrl: string | null
  /** Made anew at every start. */
  readonly startId: string
  readonly tenants: Tenants
  /** The ports without a key, on loopback alone: `tenants.get(id).openListener` says which. */
  readonly openListeners: OpenListeners
  /**
   * What clients have to trust to connect by TLS: the authority's certificate, PEM. With a data folder
   * it is kept there; in memory one is made when this is asked, or the first TLS client comes.
   */
  certificateAuthority(): Promise<string>
  /** Stops in the order described above. Calling it again waits for the same stop. */
  close(): Promise<void>
}

/** Why the broker did not start, in one sentence for whoever started it. */
export class BrokerStartError extends Error {
  override readonly name = 'BrokerStartError'
}

/** Starts a broker. Rejects with a BrokerStartError for what the caller can put right. */
export async function startBroker(options: BrokerOptions = {}): Promise<RunningBroker> {
  const { clock = systemClock, log = (line) => console.error(line) } = options
  const settings = checkSettings(options)
  const undo: Step[] = []
  try {
    const storage = await openStorage(options, log)
    undo.push(() => storage.close())
    const certificates = await openCertificates(options, { clock, log })
    undo.push(() => certificates.stop())
    const core = await openCore(storage, settings, { ...options, clock, log })
    undo.push(() => core.logs.close())
    undo.push(() => core.groups.close())
    await applyPreset(core.tenants, settings.clusters, log)
    const network = await openSockets(core, settings, { ...options, clock, log, certificates })
    undo.push(() => network.close(GRACE_MS))
    const openListeners = openListenersOf(core, network, { ...options, log })
    endConnectionsOfDeleted(core, network, openListeners)
    await openListeners.start()
    const startId = randomBytes(9).toString('base64url')
    const parts = { ...core, network, openListeners, startId, clock, log }
    const control = await serveControl(options.control, parts)
    undo.push(() => control?.close())
    let closing: Promise<void> | null = null
    return {
      ports: network.ports,
      bootstrapServers: `${options.advertisedHost ?? hostFor(options.host)}:${network.ports[0]}`,
      controlUrl: control?.url ?? null,
      startId,
      tenants: core.tenants,
      openListeners,
      certificateAuthority: async () => (await certificates.current()).authority,
      close() {
        closing ??= runInReverse(undo)
        return closing
      },
    }
  } catch (error) {
    await runInReverse(undo)
    const isForCaller =
      error instanceof PresetError ||
      error instanceof CertificateProblem ||
      error instanceof ControlProblem
    throw isForCaller ? new BrokerStartError(error.message) : error
  }
}

/** How long answers that are under way may take when the broker stops. */
const GRACE_MS = 2000

/** How long any other step of stopping may take: a disk that has stalled must not hold it up for ever. */
const STEP_MS = 5000

type Step = () => Promise<void> | void

async function runInReverse(undo: readonly Step[]): Promise<void> {
  for (const step of [...undo].reverse()) {
    const giveUp = new AbortController()
    const patience = delay(STEP_MS, undefined, { signal: giveUp.signal, ref: false })
    await Promise.race([step(), patience.catch(() => {})])
    giveUp.abort()
  }
}

interface Settings {
  readonly ports: readonly number[]
  readonly release: KafkaRelease | null
  readonly clusters: Parameters<typeof applyPreset>[1]
}

function checkSettings(options: BrokerOptions): Settings {
  const { brokers = 3, port = 0, maxKafkaVersion } = options
  const ports =
    options.ports ?? Array.from({ length: brokers }, (_, i) => (port === 0 ? 0 : port + i))
  if (ports.length < 1 || ports.length > 3) {
    throw new BrokerStartError(`A broker has 1 to 3 nodes, not ${ports.length}.`)
  }
  const release = maxKafkaVersion === undefined ? null : parseKafkaRelease(maxKafkaVersion)
  if (maxKafkaVersion !== undefined && release === null) {
    throw new BrokerStartError(
      `maxKafkaVersion ${maxKafkaVersion} is not one of ${kafkaReleases.join(', ')}.`,
    )
  }
  const clusters = parseBrokerClusters(options.clusters ?? [])
  if (!clusters.ok) {
    throw new BrokerStartError(`The clusters to create are not valid: ${clusters.message}`)
  }
  return { ports, release, clusters: clusters.value }
}

async function openStorage(options: BrokerOptions, log: Log): Promise<Storage> {
  const { storage = 'memory' } = options
  if (storage === 'memory') {
    return openMemoryStorage()
  }
  if ('catalogue' in storage) {
    return storage
  }
  // Only here is Prisma loaded: without it a broker is ready in milliseconds.
  const { openPrismaStorage } = await import('./storage/prisma/storage.ts')
  const onFiles = await openPrismaStorage({
    ...storage,
    onFatal(failure) {
      log(`Storage is lost: ${failure.code}: ${failure.message}`)
      options.onFatal?.(failure.message)
    },
  })
  const folder = storage.dataDir
  const report = createSpaceReport({ log, clock: options.clock ?? systemClock, folder })
  const diskSpace = () => diskSpaceOf(folder)
  return { ...onFiles, log: withSpaceReserve(onFiles.log, { diskSpace, report }) }
}

/** In memory there is little to compact, and no thread to be bundled for. */
function isOnFiles(storage: BrokerOptions['storage']): boolean {
  return typeof storage === 'object' && 'dataDir' in storage
}

interface Core {
  readonly storage: Storage
  readonly logs: PartitionLogs
  readonly tenants: Tenants
  readonly groups: GroupsByTenant
}

type Surroundings = BrokerOptions & { readonly clock: Clock; readonly log: Log }

/** Everything that has no socket: tenants, topics, logs, groups, as storage has them. */
async function openCore(storage: Storage, settings: Settings, around: Surroundings): Promise<Core> {
  const { clock, log, internalKey } = around
  const { catalogue } = storage
  const snapshot = await catalogue.load()
  // Producers try again at once, and a line for each failure would fill the disk that is full.
  const limitedLog = createRateLimitedLog(log, clock)
  const rareLog = createRateLimitedLog(log, clock, { limit: 3, windowMs: 600_000 })
  const reportFailure = (error: unknown, place?: string) => {
    const code = storageFailureCode(error)
    // That has a line where it begins and one where it ends.
    if (code === 'DISK_FULL' && isOnFiles(around.storage)) return
    const line = `Storage failed${place === undefined ? '' : ` for ${place}`}: ${error}`
    // Consumers come back for what cannot be read for as long as they live.
    if (code === 'CORRUPT') rareLog('damaged file', line)
    else limitedLog('storage', line)
  }
  const logs = await openPartitionLogs({
    storage,
    clock: hurriedClock(clock, around.upkeepTimes ?? 1),
    reportFailure,
    // Each damaged chunk has one line, so there is nothing to limit.
    reportDamage: log,
    ...(isOnFiles(around.storage) ? { openCleaner: openCleanerThread } : {}),
  })
  const tenants = new Tenants(snapshot, {
    catalogue,
    logs,
    clock,
    nodeIds: settings.ports.map((_, index) => index + 1),
    ...(internalKey === undefined ? {} : { internalKey }),
  })
  logs.startMaintenance()
  const groups = createGroupsByTenant({ snapshot, catalogue, clock, log })
  // Each now, so that committed offsets expire whether or not anybody signs in.
  for (const tenant of tenantsWithGroups(tenants, snapshot)) {
    groups.of(tenant)
  }
  return { storage, logs, tenants, groups }
}

function tenantsWithGroups(tenants: Tenants, { groups, offsets }: CatalogueSnapshot) {
  const ids = new Set([...groups, ...offsets].map(({ tenantId }) => tenantId))
  return [...ids].flatMap((id) => tenants.get(id) ?? [])
}

async function openSockets(
  core: Core,
  settings: Settings,
  around: Surroundings & { readonly certificates: CertificateSource },
): Promise<Network> {
  const { clock, log, certificates } = around
  const { tenants, groups, logs, storage } = core
  const result = await openNetwork({
    host: around.host ?? null,
    ports: settings.ports,
    advertisedHost: around.advertisedHost ?? null,
    protocols: around.securityProtocols ?? securityProtocols,
    certificates,
    clock,
    log,
    authenticate({ username, password, local }) {
      const who = tenants.authenticate(username, password)
      if (who === null || (who.internal && !local)) {
        return null
      }
      return { ...who, groups: groups.of(who.tenant), anonymous: false }
    },
    keyTenantId: (key) => tenants.apiKeyTenantId(key),
    hasTenant: (tenantId) => tenants.get(tenantId) !== undefined,
    connectionsMax: ({ tenant }) => tenant.limits.connections,
    dispatch: createDispatch({
      table: createApiTable(settings.release),
      clock,
      nextProducerId: createProducerIds(storage.catalogue),
    }),
    pressure: logs,
  })
  if (!result.ok) {
    throw new BrokerStartError(describeListenFailure(result.failure))
  }
  return result.network
}

function openListenersOf(
  { tenants, groups }: Core,
  network: Network,
  { log, reservedPorts = [] }: Pick<BrokerOptions, 'reservedPorts'> & { readonly log: Log },
): OpenListeners {
  return createOpenListeners({
    tenants,
    log,
    openPort: network.openWithoutKey,
    ownPorts: [...network.ports, ...reservedPorts],
    identityOf: (tenant) => ({
      tenant,
      groups: groups.of(tenant),
      principal: `User:${ANONYMOUS}`,
      username: ANONYMOUS,
      internal: false,
      anonymous: true,
    }),
  })
}

/** What is deleted is gone for the connections that use it too, at once. */
function endConnectionsOfDeleted(
  { tenants, groups }: Core,
  network: Network,
  openListeners: OpenListeners,
): void {
  tenants.listen({
    onTopicDeleted: (tenantId, topic) => groups.topicDeleted(tenantId, topic.id),
    onApiKeyDeleted: (tenantId, key) => network.closeKey(tenantId, key),
    onTenantDeleted(tenantId) {
      network.closeTenant(tenantId)
      openListeners.tenantDeleted(tenantId)
      groups.tenantDeleted(tenantId)
    },
  })
}

/** The name under which a client on this machine, or beyond it, reaches the broker. */
function hostFor(host: string | undefined): string {
  if (host === undefined || isWildcardHost(host)) {
    return 'localhost'
  }
  return host.includes(':') ? `[${host}]` : host
}
