import type { ClusterAddress, NodeAddress } from './cluster-address.ts'
import type { Watch } from './cluster-client.ts'
import { type Connection, openConnection } from './connection.ts'
import type { Nodes } from './nodes.ts'
import { byNode, fetchOnce, readOffsets } from './partition-reads.ts'

/**
 * How long a fetch waits at the broker for something new. Longer saves nothing: an idle topic costs
 * one small request per node in that time.
 */
const waitMs = 25_000

/** Small answers: a busy topic must not keep the console's event loop decoding. */
const bytesMax = 64 * 1024

/** A follower that is further behind than this jumps to the newest records and says how many it left out. */
const behindMax = 1000
const newestKept = 200

/** Errors after which the leader is looked up again: it moved, or its node went away. */
const retried = new Set([
  'NOT_LEADER_OR_FOLLOWER',
  'LEADER_NOT_AVAILABLE',
  'FENCED_LEADER_EPOCH',
  'UNKNOWN_LEADER_EPOCH',
  'BROKER_UNREACHABLE',
  // Retention has overtaken the position.
  'OFFSET_OUT_OF_RANGE',
])
const retryMs = 500
const retriesMax = 20

/**
 * Follows a topic until `signal` aborts: one connection per node that leads any of its partitions,
 * each with one fetch parked. The connections are not shared, so that closing them ends the fetches
 * at the broker too.
 */
export async function watchTopic(
  cluster: ClusterAddress,
  nodes: Nodes,
  watch: Watch,
): Promise<void> {
  const positions = new Map(watch.from)
  for (let retries = 0; !watch.signal.aborted; ) {
    const round = new AbortController()
    const signal = AbortSignal.any([watch.signal, round.signal])
    try {
      const leaders = await nodes.findLeaders(watch.topic)
      const groups = [...byNode(new Map([...leaders].filter(([p]) => positions.has(p)))).values()]
      await Promise.all(
        groups.map((group) =>
          followNode({
            cluster,
            watch,
            positions,
            signal,
            onProgress: () => (retries = 0),
            ...group,
          }),
        ),
      )
    } catch (error) {
      const code = error instanceof Error && 'code' in error ? String(error.code) : ''
      if (watch.signal.aborted) return
      if (!retried.has(code) || ++retries > retriesMax) throw error
      if (code === 'OFFSET_OUT_OF_RANGE') await moveIntoRange(nodes, watch.topic, positions)
      else await pause(retryMs, watch.signal)
    } finally {
      round.abort()
    }
  }
}

interface NodeToFollow {
  readonly cluster: ClusterAddress
  readonly watch: Watch
  /** Next offset by partition; moved on here. */
  readonly positions: Map<number, number>
  readonly signal: AbortSignal
  readonly node: NodeAddress
  readonly partitions: readonly number[]
  readonly onProgress: () => void
}

async function followNode(follow: NodeToFollow): Promise<void> {
  const { watch, positions, signal } = follow
  const connection: Connection = await openConnection(follow.cluster, follow.node, signal)
  try {
    while (!signal.aborted) {
      const from = new Map(follow.partitions.map((p) => [p, positions.get(p) ?? 0]))
      const fetched = await fetchOnce(connection, { topic: watch.topic, from, waitMs, bytesMax })
      follow.onProgress()
      for (const { partition, nextOffset, offsets } of fetched) {
        const isBehind = offsets.end - nextOffset > behindMax
        const position = isBehind ? offsets.end - newestKept : nextOffset
        positions.set(partition, position)
        watch.onOffsets?.(offsets)
        if (isBehind) watch.onSkipped?.(position - nextOffset)
      }
      const records = fetched.flatMap((partition) => partition.records)
      if (records.length > 0 && !signal.aborted) await watch.onRecords(records)
    }
  } finally {
    connection.close()
  }
}

async function moveIntoRange(nodes: Nodes, topic: string, positions: Map<number, number>) {
  for (const { partition, start, end } of await readOffsets(nodes, topic)) {
    const position = positions.get(partition)
    if (position !== undefined) positions.set(partition, Math.min(Math.max(position, start), end))
  }
}

function pause(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const timer = setTimeout(resolve, ms)
    signal.addEventListener('abort', () => {
      clearTimeout(timer)
      resolve()
    })
  })
}
