// One hour of samples, in frames: what one sample of the broker's counters changed.
//
// Only topics that changed have entries, so 10,000 idle topics cost nothing and a busy one 36 bytes
// a sample. Entries are bounded altogether: where thousands of topics are busy all the time, the
// oldest frames go first and the series become shorter than an hour.

/** Distance of samples; slot `n` is the one taken at `n * stepMs`. */
export const stepMs = 5000
export const slotsKept = 720
/** 36 bytes each. */
const entriesMax = 2_000_000
/** What a cluster takes in a frame beside its topics, in entries. */
const clusterEntries = 8

export interface Frame {
  readonly slot: number
  /** What lies between this sample and the one before; null where no rate can be told from it. */
  readonly intervalMs: number | null
  readonly clusters: ReadonlyMap<string, ClusterFrame>
}

export interface ClusterFrame {
  readonly changes: Changes
  /** Of all topics together. */
  readonly total: TopicChange
  /** At the end of the step, not a change. */
  readonly storedBytes: number
}

/** What a topic's counters grew by in one step. */
export interface TopicChange {
  readonly bytesIn: number
  readonly bytesOut: number
  readonly recordsIn: number
  /** Negative where retention deleted. */
  readonly storedDeltaBytes: number
}

export const noChange: TopicChange = { bytesIn: 0, bytesOut: 0, recordsIn: 0, storedDeltaBytes: 0 }

/** Changes by series number, ascending; four values each. */
export interface Changes {
  readonly series: Uint32Array
  readonly values: Float64Array
}

export function packChanges(changes: readonly (readonly [number, TopicChange])[]): Changes {
  const sorted = [...changes].sort(([a], [b]) => a - b)
  const series = new Uint32Array(sorted.length)
  const values = new Float64Array(sorted.length * 4)
  for (const [index, [number, change]] of sorted.entries()) {
    series[index] = number
    const { bytesIn, bytesOut, recordsIn, storedDeltaBytes } = change
    values.set([bytesIn, bytesOut, recordsIn, storedDeltaBytes], index * 4)
  }
  return { series, values }
}

/** What changed of one series; `noChange` where it has no entry. */
export function changeOf({ series, values }: Changes, number: number): TopicChange {
  let low = 0
  let high = series.length
  while (low < high) {
    const middle = (low + high) >>> 1
    if ((series[middle] ?? 0) < number) low = middle + 1
    else high = middle
  }
  return series[low] === number ? changeAt(values, low) : noChange
}

function changeAt(values: Float64Array, index: number): TopicChange {
  const [bytesIn = 0, bytesOut = 0, recordsIn = 0, storedDeltaBytes = 0] = values.subarray(
    index * 4,
    index * 4 + 4,
  )
  return { bytesIn, bytesOut, recordsIn, storedDeltaBytes }
}

export interface Frames {
  add(frame: Frame): void
  at(slot: number): Frame | undefined
}

/** Keeps the frames of the last hour, or fewer where they hold more than `entries`. */
export function createFrames(entries = entriesMax): Frames {
  // Insertion order is slot order.
  const bySlot = new Map<number, Frame>()
  let kept = 0
  return {
    add(frame) {
      bySlot.set(frame.slot, frame)
      kept += sizeOf(frame)
      for (const [slot, oldest] of bySlot) {
        if (slot > frame.slot - slotsKept && (kept <= entries || slot === frame.slot)) break
        bySlot.delete(slot)
        kept -= sizeOf(oldest)
      }
    },
    at: (slot) => bySlot.get(slot),
  }
}

function sizeOf({ clusters }: Frame): number {
  let size = 0
  for (const { changes } of clusters.values()) size += clusterEntries + changes.series.length
  return size
}
