import type { ClientCountersView, CountersView } from '../../broker/rules/control.ts'
import type { ConnectorCounters } from './connector-counters.ts'
import {
  addChanges,
  type Change,
  type ClusterFrame,
  isNoChange,
  noChange,
  packChanges,
} from './frames.ts'
import type { Series, SeriesRegistry } from './series-registry.ts'

/** What the newest sample said of a cluster. */
export interface KnownCluster {
  readonly series: Series
  readonly connections: number
  readonly storedBytes: number
  readonly partitions: number
  /** By name. */
  readonly topics: ReadonlyMap<string, KnownTopic>
  /** By client id. */
  readonly clients: ReadonlyMap<string, KnownClient>
  /** By `lcc-…`. */
  readonly connectors: ReadonlyMap<string, KnownConnector>
}

type TenantCounters = CountersView['tenants'][string]
type TopicCounters = TenantCounters['topics'][string]

export interface KnownTopic {
  readonly counters: TopicCounters
  readonly series: Series
}

export interface KnownClient {
  readonly counters: ClientCountersView
  /** Null until it moved anything: who is only connected has no series. */
  readonly series: Series | null
}

export interface KnownConnector {
  readonly counters: ConnectorCounters
  readonly series: Series
}

export interface KnownClusters {
  /** By id. */
  readonly clusters: ReadonlyMap<string, KnownCluster>
  /** What each of them changed since the sample before. */
  readonly frames: ReadonlyMap<string, ClusterFrame>
  /** The same, for each series that changed. */
  readonly changes: readonly SeriesChange[]
}

export type SeriesChange = readonly [Series, Change]

interface Step {
  readonly nowMs: number
  /** False after a restart of the broker: its counters began at 0 again, at a moment we do not know. */
  readonly isContinued: boolean
  readonly registry: SeriesRegistry
}

interface Advance extends Step {
  readonly before: ReadonlyMap<string, KnownCluster>
  readonly tenants: CountersView['tenants']
  readonly connectors: readonly ConnectorCounters[]
}

/** Brings what is known up to the newest counters, and drops what the broker no longer has. */
export function advanceClusters({ before, tenants, connectors, ...step }: Advance): KnownClusters {
  const clusters = new Map<string, KnownCluster>()
  const frames = new Map<string, ClusterFrame>()
  const changes: SeriesChange[] = []
  for (const [id, counted] of Object.entries(tenants)) {
    const own = connectors.filter(({ clusterId }) => clusterId === id)
    const cluster = advanceCluster({ id, before: before.get(id), counted, connectors: own, step })
    clusters.set(id, cluster.known)
    frames.set(id, cluster.frame)
    for (const change of cluster.changes) changes.push(change)
  }
  for (const id of step.registry.clusterIds()) {
    if (!clusters.has(id)) step.registry.dropCluster(id)
  }
  return { clusters, frames, changes }
}

interface AdvanceOne {
  readonly id: string
  readonly before: KnownCluster | undefined
  readonly counted: TenantCounters
  readonly connectors: readonly ConnectorCounters[]
  readonly step: Step
}

function advanceCluster({ id, before, counted, connectors: counters, step }: AdvanceOne): {
  known: KnownCluster
  frame: ClusterFrame
  changes: readonly SeriesChange[]
} {
  const { registry, nowMs } = step
  const topics = advanceTopics(id, before?.topics, counted, step)
  const clients = advanceClients(id, before?.clients, counted, step)
  const connectors = advanceConnectors(id, before?.connectors, counters, step)
  const { storedBytes, partitions, total } = topics
  const { connections } = counted
  const series = registry.take({ clusterId: id, kind: 'cluster', resourceId: '' }, id, nowMs)
  series.gauges = { retainedBytes: storedBytes, connections, partitions }
  const changes = [...topics.changes, ...clients.changes, ...connectors.changes]
  return {
    known: {
      ...{ series, connections, storedBytes, partitions },
      topics: topics.known,
      clients: clients.known,
      connectors: connectors.known,
    },
    frame: {
      changes: packChanges(changes.map(([{ number }, change]) => [number, change])),
      total,
      gauges: series.gauges,
    },
    changes: isNoChange(total) ? changes : [...changes, [series, total]],
  }
}

function advanceTopics(
  clusterId: string,
  before: KnownCluster['topics'] | undefined,
  { topics }: TenantCounters,
  { registry, nowMs, isContinued }: Step,
) {
  const known = new Map<string, KnownTopic>()
  const changes: SeriesChange[] = []
  let total = noChange
  let storedBytes = 0
  let partitions = 0
  for (const [name, counters] of Object.entries(topics)) {
    const earlier = before?.get(name)
    const same = earlier?.counters.id === counters.id ? earlier : undefined
    const key = { clusterId, kind: 'topic', resourceId: counters.id } as const
    const series = same?.series ?? registry.take(key, name, nowMs)
    // A topic that was not there before has counted from 0 since then.
    const change = {
      ...(isContinued ? changeBetween(same?.counters, counters) : noChange),
      retainedDeltaBytes: counters.storedBytes - series.gauges.retainedBytes,
    }
    series.gauges = { retainedBytes: counters.storedBytes, connections: 0, partitions: 0 }
    known.set(name, { counters, series })
    storedBytes += counters.storedBytes
    partitions += counters.partitions
    if (isNoChange(change)) continue
    changes.push([series, change])
    total = addChanges(total, change)
  }
  for (const series of [...registry.ofCluster(clusterId)]) {
    if (series.kind === 'topic' && known.get(series.name)?.series !== series) registry.drop(series)
  }
  return { known, changes, total, storedBytes, partitions }
}

function advanceClients(
  clusterId: string,
  before: KnownCluster['clients'] | undefined,
  { clients }: TenantCounters,
  { registry, nowMs, isContinued }: Step,
) {
  const known = new Map<string, KnownClient>()
  const changes: SeriesChange[] = []
  for (const counters of clients) {
    const { clientId } = counters
    const change = isContinued ? changeBetween(before?.get(clientId)?.counters, counters) : noChange
    const key = { clusterId, kind: 'client', resourceId: clientId } as const
    const series = isNoChange(change)
      ? (registry.find(key) ?? null)
      : registry.take(key, clientId, nowMs)
    known.set(clientId, { counters, series })
    if (series !== null && !isNoChange(change)) changes.push([series, change])
  }
  return { known, changes }
}

/** Connectors run in this process: their counters began at 0 with it. */
function advanceConnectors(
  clusterId: string,
  before: KnownCluster['connectors'] | undefined,
  connectors: readonly ConnectorCounters[],
  { registry, nowMs, isContinued }: Step,
) {
  const known = new Map<string, KnownConnector>()
  const changes: SeriesChange[] = []
  for (const counters of connectors) {
    const { id, name, bytesOut, recordsOut } = counters
    const series = registry.take({ clusterId, kind: 'connector', resourceId: id }, name, nowMs)
    const earlier = before?.get(id)?.counters
    // A copy: whoever counts may go on in the same object.
    known.set(id, { counters: { ...counters }, series })
    const change = changeBetween(earlier && trafficOf(earlier), trafficOf({ bytesOut, recordsOut }))
    if (isContinued && !isNoChange(change)) changes.push([series, change])
  }
  return { known, changes }
}

function trafficOf({
  bytesOut,
  recordsOut,
}: Pick<ConnectorCounters, 'bytesOut' | 'recordsOut'>): Traffic {
  return { bytesIn: 0, bytesOut, recordsIn: 0, recordsOut }
}

type Traffic = Pick<ClientCountersView, 'bytesIn' | 'bytesOut' | 'recordsIn' | 'recordsOut'>

/** Counters that are lower than before began at 0 in between. */
function changeBetween(before: Traffic | undefined, now: Traffic): Change {
  const isSame =
    before !== undefined && before.bytesIn <= now.bytesIn && before.bytesOut <= now.bytesOut
  const since = isSame ? before : { bytesIn: 0, bytesOut: 0, recordsIn: 0, recordsOut: 0 }
  return {
    receivedBytes: now.bytesIn - since.bytesIn,
    sentBytes: now.bytesOut - since.bytesOut,
    receivedRecords: now.recordsIn - since.recordsIn,
    sentRecords: now.recordsOut - since.recordsOut,
    retainedDeltaBytes: 0,
  }
}
