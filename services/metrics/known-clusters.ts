import type { CountersView } from '../../broker/rules/control.ts'
import { type ClusterFrame, noChange, packChanges, type TopicChange } from './frames.ts'

/** What the newest sample said of a cluster. */
export interface KnownCluster {
  readonly connections: number
  readonly storedBytes: number
  readonly partitions: number
  /** By name. */
  readonly topics: ReadonlyMap<string, KnownTopic>
}

type TopicCounters = CountersView['tenants'][string]['topics'][string]

export interface KnownTopic {
  readonly counters: TopicCounters
  /** Names its entries in frames; a topic that is created again gets another. */
  readonly series: number
  /** The slot of the first sample that had it. */
  readonly firstSlot: number
}

export interface KnownClusters {
  /** By id. */
  readonly clusters: ReadonlyMap<string, KnownCluster>
  /** What each of them changed since the sample before. */
  readonly changes: ReadonlyMap<string, ClusterFrame>
}

interface Advance {
  readonly before: ReadonlyMap<string, KnownCluster>
  readonly tenants: CountersView['tenants']
  readonly slot: number
  /** False after a restart of the broker: its counters began at 0 again, at a moment we do not know. */
  readonly isContinued: boolean
  nextSeries(): number
}

/** Brings what is known up to the newest counters. */
export function advanceClusters({ before, tenants, ...step }: Advance): KnownClusters {
  const clusters = new Map<string, KnownCluster>()
  const changes = new Map<string, ClusterFrame>()
  for (const [id, counters] of Object.entries(tenants)) {
    const advanced = advanceCluster(before.get(id), counters, step)
    clusters.set(id, advanced.known)
    changes.set(id, advanced.frame)
  }
  return { clusters, changes }
}

function advanceCluster(
  before: KnownCluster | undefined,
  { connections, topics: counted }: CountersView['tenants'][string],
  step: Pick<Advance, 'slot' | 'isContinued' | 'nextSeries'>,
): { known: KnownCluster; frame: ClusterFrame } {
  const topics = new Map<string, KnownTopic>()
  const changed: [number, TopicChange][] = []
  const total = { ...noChange }
  let storedBytes = 0
  let partitions = 0
  for (const [name, counters] of Object.entries(counted)) {
    const known = before?.topics.get(name)
    const same = known?.counters.id === counters.id ? known : undefined
    const { series, firstSlot } = same ?? { series: step.nextSeries(), firstSlot: step.slot }
    topics.set(name, { counters, series, firstSlot })
    storedBytes += counters.storedBytes
    partitions += counters.partitions
    const change = changeBetween(same?.counters, counters, step.isContinued)
    if (isNothing(change)) continue
    changed.push([series, change])
    total.bytesIn += change.bytesIn
    total.bytesOut += change.bytesOut
    total.recordsIn += change.recordsIn
    total.storedDeltaBytes += change.storedDeltaBytes
  }
  return {
    known: { connections, storedBytes, partitions, topics },
    frame: { changes: packChanges(changed), total, storedBytes },
  }
}

/** A topic that was not there before has counted from 0 since then. */
function changeBetween(
  before: TopicCounters | undefined,
  now: TopicCounters,
  isContinued: boolean,
): TopicChange {
  const storedDeltaBytes = before === undefined ? 0 : now.storedBytes - before.storedBytes
  if (!isContinued) return { ...noChange, storedDeltaBytes }
  return {
    bytesIn: now.bytesIn - (before?.bytesIn ?? 0),
    bytesOut: now.bytesOut - (before?.bytesOut ?? 0),
    recordsIn: now.recordsIn - (before?.recordsIn ?? 0),
    storedDeltaBytes,
  }
}

function isNothing(change: TopicChange): boolean {
  return (
    change.bytesIn === 0 &&
    change.bytesOut === 0 &&
    change.recordsIn === 0 &&
    change.storedDeltaBytes === 0
  )
}
