/** Messages as pages show them: plain data that server and browser share. */
export interface MessageRow {
  readonly partition: number
  readonly offset: number
  readonly timestampMs: number
  readonly timestampType: 'CreateTime' | 'LogAppendTime'
  /** Null where the record has none. */
  readonly key: Payload | null
  readonly value: Payload | null
  readonly headers: readonly { readonly name: string; readonly value: Payload | null }[]
  /** All of them, where `headers` holds only the first. */
  readonly headerCount?: number
  /** Why this record and those after it in its batch cannot be read; `value` holds the batch's bytes. */
  readonly problem?: string
}

/** Bytes as text where they are UTF-8, as hexadecimal digits where they are not. */
export interface Payload {
  readonly form: 'text' | 'hex'
  readonly text: string
  /** Of the whole, whatever `text` holds of it. */
  readonly sizeBytes: number
  /** False where `text` is only the beginning. */
  readonly isWhole: boolean
}

export interface OffsetRange {
  readonly partition: number
  readonly start: number
  /** One past the last record. */
  readonly end: number
}

/** What the feed brings at once. */
export interface MessageBatch {
  /** Newest first; within a partition always by falling offset. */
  readonly rows: readonly MessageRow[]
  /** Records between the last batch and this one that are not in `rows`. */
  readonly skipped: number
  /** Where to go on, by partition, as `0:17,1:4`. */
  readonly next: string
  readonly offsets: readonly OffsetRange[]
}

export interface Positioned {
  readonly partition: number
  readonly offset: number
  readonly timestampMs: number
}

/**
 * Merges messages of several partitions, newest first. Timestamps decide between partitions only:
 * inside one, a later offset always comes first, even where a producer's clock went back. Partitions
 * with equal timestamps (a batch has one) take turns. Stops after `limit`: a busy topic brings
 * thousands of which a page shows a few.
 */
export function newestFirst<Row extends Positioned>(
  rows: readonly Row[],
  limit = rows.length,
): Row[] {
  const queues = new Map<number, { readonly rows: Row[]; taken: number }>()
  for (const row of rows) {
    const queue = queues.get(row.partition) ?? { rows: [], taken: 0 }
    queue.rows.push(row)
    queues.set(row.partition, queue)
  }
  for (const queue of queues.values()) queue.rows.sort((a, b) => a.offset - b.offset)
  const merged: Row[] = []
  while (merged.length < limit) {
    const [next] = [...queues.values()]
      .filter((queue) => queue.rows.length > 0)
      .sort((a, b) => newestIn(b) - newestIn(a) || a.taken - b.taken)
    const row = next?.rows.pop()
    if (next === undefined || row === undefined) break
    next.taken += 1
    merged.push(row)
  }
  return merged
}

function newestIn(queue: { readonly rows: readonly Positioned[] }): number {
  return queue.rows.at(-1)?.timestampMs ?? Number.NEGATIVE_INFINITY
}

/** As `newestFirst`, the other way round: oldest first, as when reading from a place on. */
export function oldestFirst<Row extends Positioned>(
  rows: readonly Row[],
  limit = rows.length,
): Row[] {
  const mirrored = rows.map((row) => ({
    partition: row.partition,
    offset: -row.offset,
    timestampMs: -row.timestampMs,
    row,
  }))
  return newestFirst(mirrored, limit).map(({ row }) => row)
}

/** What identifies a record within a topic. */
export function placeOf(row: Pick<Positioned, 'partition' | 'offset'>): string {
  return `${row.partition}:${row.offset}`
}

export function formatPositions(positions: ReadonlyMap<number, number>): string {
  return [...positions].map(([partition, offset]) => `${partition}:${offset}`).join(',')
}

/** Reads `0:17,1:4`; null where it is anything else. */
export function parsePositions(text: string): Map<number, number> | null {
  if (!/^\d{1,7}:\d{1,16}(,\d{1,7}:\d{1,16})*$/.test(text)) return null
  const pairs = text.split(',').map((pair) => pair.split(':').map(Number))
  const positions = new Map(pairs.map(([partition = 0, offset = 0]) => [partition, offset]))
  return [...positions.values()].every(Number.isSafeInteger) ? positions : null
}

/** Records now in the topic, over all partitions. */
export function totalOf(offsets: readonly OffsetRange[]): number {
  return offsets.reduce((sum, { start, end }) => sum + (end - start), 0)
}

/** Places as runs of offsets, `0:17-20,1:4`, in any order. */
export function formatPlaces(rows: readonly Pick<Positioned, 'partition' | 'offset'>[]): string {
  const sorted = [...rows].sort((a, b) => a.partition - b.partition || a.offset - b.offset)
  const runs: { partition: number; first: number; last: number }[] = []
  for (const { partition, offset } of sorted) {
    const run = runs.at(-1)
    if (run?.partition === partition && offset <= run.last + 1) run.last = offset
    else runs.push({ partition, first: offset, last: offset })
  }
  return runs
    .map(({ partition, first, last }) =>
      first === last ? `${partition}:${first}` : `${partition}:${first}-${last}`,
    )
    .join(',')
}

export interface PlaceRun {
  readonly partition: number
  readonly first: number
  /** Inclusive. */
  readonly last: number
}

/** Reads `0:17-20,1:4`; null where it is anything else. */
export function parsePlaces(text: string): readonly PlaceRun[] | null {
  if (!/^\d{1,7}:\d{1,15}(-\d{1,15})?(,\d{1,7}:\d{1,15}(-\d{1,15})?)*$/.test(text)) return null
  const runs = text.split(',').map((run) => {
    const [partition = 0, first = 0, last = first] = run.split(/[:-]/).map(Number)
    return { partition, first, last }
  })
  return runs.every(({ first, last }) => first <= last) ? runs : null
}
