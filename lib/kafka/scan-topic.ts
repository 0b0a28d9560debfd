import { Fetch } from '../../broker/protocol/messages/fetch.ts'
import type { ClusterAddress, NodeAddress } from './cluster-address.ts'
import { type Connection, openConnection } from './connection.ts'
import { failureOfCode } from './failure.ts'
import { type FetchedBatch, fetchedBatches } from './fetched-batches.ts'
import type { Nodes } from './nodes.ts'
import { byNode, readOffsets } from './partition-reads.ts'

/**
 * Reads whole ranges of partitions as fast as they come: one connection per node, each with the next
 * answer on its way while the last is looked at. At most two answers per node are in memory.
 */
export interface TopicScan {
  readonly topic: string
  /** Next offset by partition. `onBatches` moves them on; reading begins there after a failure. */
  readonly positions: Map<number, number>
  /** Exclusive, by partition. */
  readonly ends: ReadonlyMap<number, number>
  /** Closes the connections at once. */
  readonly signal: AbortSignal
  /**
   * Batches of one partition, in order; the first may begin before the position, the last end behind
   * the end. Awaited before more of the same node is handed over.
   */
  onBatches(partition: number, batches: readonly FetchedBatch[]): Promise<void>
}

const partitionBytesMax = 1024 * 1024
const answerBytesMax = 4 * 1024 * 1024
/** There is always something at once, except where compaction left nothing up to the end. */
const waitMs = 500
/** Version 12 is the last that names topics by name; ids would cost a lookup and gain nothing. */
const versionMax = 12
const readCommitted = 1
const corruptMessage = 2

/** Errors after which the leader is looked up again: it moved, or its node went away. */
const retried = new Set([
  'NOT_LEADER_OR_FOLLOWER',
  'LEADER_NOT_AVAILABLE',
  'FENCED_LEADER_EPOCH',
  'UNKNOWN_LEADER_EPOCH',
  'BROKER_UNREACHABLE',
])
/** Retention has overtaken the position. */
const overtaken = 'OFFSET_OUT_OF_RANGE'
const retryMs = 500
/** In a row, without a batch between them: a restart of the broker takes seconds. */
const retriesMax = 20

/** Resolves when every position has reached its end, or when `signal` aborts. */
export async function scanTopic(
  cluster: ClusterAddress,
  nodes: Nodes,
  scan: TopicScan,
): Promise<void> {
  for (let retries = 0; !scan.signal.aborted; ) {
    const round = new AbortController()
    const signal = AbortSignal.any([scan.signal, round.signal])
    try {
      const leaders = await nodes.findLeaders(scan.topic)
      const left = [...leaders].filter(([partition]) => isLeft(scan, scan.positions, partition))
      const onProgress = () => {
        retries = 0
      }
      await Promise.all(
        [...byNode(new Map(left)).values()].map(({ node, partitions }) =>
          scanNode(cluster, node, { scan, partitions, signal, onProgress }),
        ),
      )
      return
    } catch (error) {
      if (scan.signal.aborted) return
      const code = error instanceof Error && 'code' in error ? error.code : null
      if (code === overtaken && (await moveIntoRange(nodes, scan))) continue
      if (!retried.has(String(code)) || ++retries > retriesMax) throw error
      await pause(retryMs, scan.signal)
    } finally {
      round.abort()
    }
  }
}

interface NodeScan {
  readonly scan: TopicScan
  readonly partitions: readonly number[]
  readonly signal: AbortSignal
  onProgress(): void
}

async function scanNode(cluster: ClusterAddress, node: NodeAddress, work: NodeScan): Promise<void> {
  const { scan, partitions, signal } = work
  const connection = await openConnection(cluster, node, signal)
  /** Ahead of the scan's positions by what is still being looked at. */
  const ahead = new Map(
    partitions.map((partition) => [partition, scan.positions.get(partition) ?? 0]),
  )
  try {
    let answer = fetchAhead(connection, scan, ahead)
    while (answer !== null && !signal.aborted) {
      const fetched = await answer
      moveAhead(ahead, scan, fetched)
      answer = fetchAhead(connection, scan, ahead)
      // Whatever happens meanwhile, its failure is found when it is awaited.
      answer?.catch(() => {})
      for (const [partition, batches] of fetched) {
        if (signal.aborted) return
        work.onProgress()
        await scan.onBatches(partition, batches)
      }
    }
  } finally {
    connection.close()
  }
}

/** By partition, only those that brought anything. */
type Fetched = ReadonlyMap<number, readonly FetchedBatch[]>

/** Asks for what is left; null where nothing is. */
function fetchAhead(
  connection: Connection,
  scan: TopicScan,
  ahead: Map<number, number>,
): Promise<Fetched> | null {
  const left = [...ahead].filter(([partition]) => isLeft(scan, ahead, partition))
  return left.length === 0 ? null : fetchBatches(connection, scan.topic, left)
}

async function fetchBatches(
  connection: Connection,
  topic: string,
  positions: readonly (readonly [number, number])[],
): Promise<Fetched> {
  const partitions = positions.map(([partition, fetchOffset]) => ({
    partition,
    fetchOffset,
    partitionMaxBytes: partitionBytesMax,
  }))
  const answer = await connection.call(
    Fetch,
    {
      maxWaitMs: waitMs,
      minBytes: 1,
      maxBytes: answerBytesMax,
      isolationLevel: readCommitted,
      topics: [{ topic, partitions }],
    },
    { versionMax, waitMs },
  )
  if (answer.errorCode !== 0) throw failureOfCode(answer.errorCode)
  const fetched = new Map<number, readonly FetchedBatch[]>()
  for (const { partitionIndex, errorCode, records } of answer.responses.flatMap(
    (response) => response.partitions,
  )) {
    if (errorCode !== 0) throw failureOfCode(errorCode)
    const pieces = (records ?? []).filter((bytes) => bytes.length > 0)
    const batches = pieces.flatMap((bytes) => fetchedBatches(partitionIndex, bytes))
    if (pieces.length > 0 && batches.length === 0) throw failureOfCode(corruptMessage)
    if (batches.length > 0) fetched.set(partitionIndex, batches)
  }
  return fetched
}

/** Partitions that were served go to the end of the next request, so that all get their turn. */
function moveAhead(ahead: Map<number, number>, scan: TopicScan, fetched: Fetched): void {
  for (const [partition, batches] of fetched) {
    ahead.delete(partition)
    ahead.set(partition, batches.at(-1)?.nextOffset ?? 0)
  }
  if (fetched.size > 0) return
  // An answer without a batch: compaction left nothing between the positions and the ends.
  for (const [partition] of ahead) {
    const end = scan.ends.get(partition) ?? 0
    ahead.set(partition, end)
    if ((scan.positions.get(partition) ?? 0) < end) scan.positions.set(partition, end)
  }
}

function isLeft({ ends }: TopicScan, positions: ReadonlyMap<number, number>, partition: number) {
  const position = positions.get(partition)
  return position !== undefined && position < (ends.get(partition) ?? 0)
}

/** Resolves with whether any position had to move. */
async function moveIntoRange(nodes: Nodes, { topic, positions }: TopicScan): Promise<boolean> {
  let hasMoved = false
  for (const { partition, start } of await readOffsets(nodes, topic)) {
    const position = positions.get(partition)
    if (position === undefined || position >= start) continue
    positions.set(partition, start)
    hasMoved = true
  }
  return hasMoved
}

function pause(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const done = () => {
      clearTimeout(timer)
      signal.removeEventListener('abort', done)
      resolve()
    }
    const timer = setTimeout(done, ms)
    signal.addEventListener('abort', done)
  })
}
