// One hour of samples, in frames: what one sample of the counters changed.
//
// Only series that changed have entries, so 10,000 idle topics cost nothing and a busy one 44 bytes
// a sample. Entries are bounded altogether, at 70 MB: where thousands of topics are busy all the
// time, the oldest frames go first and the series of 5 s become shorter than an hour.

/** Distance of samples; slot `n` is the one taken at `n * stepMs`, and ends the step before it. */
export const stepMs = 5000
export const slotsPerMinute = 60_000 / stepMs
export const slotsKept = 60 * slotsPerMinute
/** 44 bytes each. */
const entriesMax = 1_600_000
/** What a cluster takes in a frame beside its series, in entries. */
const clusterEntries = 8

export interface Frame {
  readonly slot: number
  /** What lies between this sample and the one before; null where no rate can be told from it. */
  readonly intervalMs: number | null
  readonly clusters: ReadonlyMap<string, ClusterFrame>
}

export interface ClusterFrame {
  /** Of its topics, clients and connectors. */
  readonly changes: Changes
  /** Of all topics together. */
  readonly total: Change
  readonly gauges: Gauges
}

/** What counters of a series grew by. What was received was produced; what was sent, consumed. */
export interface Change {
  readonly receivedBytes: number
  readonly sentBytes: number
  readonly receivedRecords: number
  readonly sentRecords: number
  /** Negative where retention deleted. */
  readonly retainedDeltaBytes: number
}

/** What is so at a moment. Only clusters have the last two. */
export interface Gauges {
  readonly retainedBytes: number
  readonly connections: number
  readonly partitions: number
}

export const noGauges: Gauges = { retainedBytes: 0, connections: 0, partitions: 0 }
export const noChange: Change = {
  receivedBytes: 0,
  sentBytes: 0,
  receivedRecords: 0,
  sentRecords: 0,
  retainedDeltaBytes: 0,
}

export function isNoChange(change: Change): boolean {
  return (
    change.receivedBytes === 0 &&
    change.sentBytes === 0 &&
    change.receivedRecords === 0 &&
    change.sentRecords === 0 &&
    change.retainedDeltaBytes === 0
  )
}

/** Two changes of one series, one after the other, or of two at once. */
export function addChanges(a: Change, b: Change): Change {
  return {
    receivedBytes: a.receivedBytes + b.receivedBytes,
    sentBytes: a.sentBytes + b.sentBytes,
    receivedRecords: a.receivedRecords + b.receivedRecords,
    sentRecords: a.sentRecords + b.sentRecords,
    retainedDeltaBytes: a.retainedDeltaBytes + b.retainedDeltaBytes,
  }
}

/** Changes by series number, ascending; five values each. */
export interface Changes {
  readonly series: Uint32Array
  readonly values: Float64Array
}

const valuesEach = 5

export function packChanges(changes: readonly (readonly [number, Change])[]): Changes {
  const sorted = [...changes].sort(([a], [b]) => a - b)
  const series = new Uint32Array(sorted.length)
  const values = new Float64Array(sorted.length * valuesEach)
  for (const [index, [number, change]] of sorted.entries()) {
    const { receivedBytes, sentBytes, receivedRecords, sentRecords, retainedDeltaBytes } = change
    const packed = [receivedBytes, sentBytes, receivedRecords, sentRecords, retainedDeltaBytes]
    series[index] = number
    values.set(packed, index * valuesEach)
  }
  return { series, values }
}

/** What changed of one series; `noChange` where it has no entry. */
export function changeOf({ series, values }: Changes, number: number): Change {
  let low = 0
  let high = series.length
  while (low < high) {
    const middle = (low + high) >>> 1
    if ((series[middle] ?? 0) < number) low = middle + 1
    else high = middle
  }
  return series[low] === number ? changeAt(values, low * valuesEach) : noChange
}

function changeAt(values: Float64Array, at: number): Change {
  return {
    receivedBytes: values[at] ?? 0,
    sentBytes: values[at + 1] ?? 0,
    receivedRecords: values[at + 2] ?? 0,
    sentRecords: values[at + 3] ?? 0,
    retainedDeltaBytes: values[at + 4] ?? 0,
  }
}

/** The measured frame of a slot together with one of the same slot that tells no rate. */
function joined(measured: Frame, later: Frame): Frame {
  const clusters = new Map(measured.clusters)
  for (const [id, cluster] of later.clusters) {
    const earlier = measured.clusters.get(id)
    if (earlier === undefined) {
      clusters.set(id, cluster)
      continue
    }
    const numbers = new Set([...earlier.changes.series, ...cluster.changes.series])
    const changes = [...numbers].map((number) => {
      const sum = addChanges(changeOf(earlier.changes, number), changeOf(cluster.changes, number))
      return [number, sum] as const
    })
    const total = addChanges(earlier.total, cluster.total)
    clusters.set(id, { changes: packChanges(changes), total, gauges: cluster.gauges })
  }
  return { ...measured, clusters }
}

export interface Frames {
  /**
   * A slot that was measured stays so: whoever starts again within the step has seen its end, but
   * tells no rate of it.
   */
  add(frame: Frame): void
  at(slot: number): Frame | undefined
  /** The slot of the oldest frame; null where there is none. */
  readonly oldestSlot: number | null
}

/** Keeps the frames of the last hour, or fewer where they hold more than `entries`. */
export function createFrames(entries = entriesMax): Frames {
  // Insertion order is slot order.
  const bySlot = new Map<number, Frame>()
  let kept = 0
  return {
    add(added) {
      const replaced = bySlot.get(added.slot)
      const isJoined = replaced !== undefined && replaced.intervalMs !== null
      const frame = isJoined && added.intervalMs === null ? joined(replaced, added) : added
      bySlot.set(frame.slot, frame)
      kept += sizeOf(frame) - (replaced === undefined ? 0 : sizeOf(replaced))
      for (const [slot, oldest] of bySlot) {
        if (slot > frame.slot - slotsKept && (kept <= entries || slot === frame.slot)) break
        bySlot.delete(slot)
        kept -= sizeOf(oldest)
      }
    },
    at: (slot) => bySlot.get(slot),
    get oldestSlot() {
      return bySlot.keys().next().value ?? null
    },
  }
}

function sizeOf({ clusters }: Frame): number {
  let size = 0
  for (const { changes } of clusters.values()) size += clusterEntries + changes.series.length
  return size
}
