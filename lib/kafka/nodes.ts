import { Metadata } from '../../broker/protocol/messages/metadata.ts'
import type { ClusterAddress, NodeAddress } from './cluster-address.ts'
import { type Connection, openConnection } from './connection.ts'
import { failureOfCode, unreachable } from './failure.ts'

/**
 * A cluster's nodes: who leads what, and connections to them that are kept for the next reader and
 * closed after half a minute without one.
 */
export interface Nodes {
  /** Where each partition's leader is; rejects with `UNKNOWN_TOPIC_OR_PARTITION`. */
  findLeaders(topic: string): Promise<ReadonlyMap<number, Leader>>
  /** Runs `use` on a connection to whichever node answers: for what any of them can say. */
  ask<Value>(use: (connection: Connection) => Promise<Value>): Promise<Value>
  /** Runs `use` on a kept or new connection to the node; a connection on which it failed is closed. */
  withConnection<Value>(
    node: NodeAddress,
    use: (connection: Connection) => Promise<Value>,
    signal?: AbortSignal,
  ): Promise<Value>
  close(): void
}

export interface Leader {
  readonly node: NodeAddress
  readonly epoch: number
}

const idleMsMax = 30_000

export function createNodes(cluster: ClusterAddress): Nodes {
  const asked = new Map<string, Promise<ReadonlyMap<number, Leader>>>()
  const idle = new Map<string, { connection: Connection; timer: NodeJS.Timeout }[]>()

  function take(key: string): Connection | undefined {
    const kept = idle.get(key)?.pop()
    clearTimeout(kept?.timer)
    return kept === undefined || kept.connection.isOpen() ? kept?.connection : take(key)
  }

  function keep(key: string, connection: Connection) {
    const list = idle.get(key) ?? []
    const entry = {
      connection,
      timer: setTimeout(() => {
        list.splice(list.indexOf(entry), 1)
        connection.close()
      }, idleMsMax).unref(),
    }
    list.push(entry)
    idle.set(key, list)
  }

  async function useOne<Value>(
    connection: Connection,
    key: string,
    use: (connection: Connection) => Promise<Value>,
    signal: AbortSignal | undefined,
  ): Promise<Value> {
    // Whoever aborts no longer wants the answer that the connection is waiting for.
    const abort = () => connection.close()
    signal?.addEventListener('abort', abort)
    try {
      const value = await use(connection)
      keep(key, connection)
      return value
    } catch (error) {
      connection.close()
      throw error
    } finally {
      signal?.removeEventListener('abort', abort)
    }
  }

  async function withConnection<Value>(
    node: NodeAddress,
    use: (connection: Connection) => Promise<Value>,
    signal?: AbortSignal,
  ): Promise<Value> {
    const key = `${node.host}:${node.port}`
    const kept = take(key)
    try {
      if (kept !== undefined) return await useOne(kept, key, use, signal)
    } catch (error) {
      // The node may have restarted since: whether it is up, only a new connection tells.
      if (!isUnreachable(error) || signal?.aborted) throw error
    }
    return useOne(await openConnection(cluster, node), key, use, signal)
  }

  const ask: Nodes['ask'] = (use) =>
    withAnyNode(cluster, (node) => withConnection(node, (connection) => use(connection)))

  return {
    withConnection,
    ask,
    findLeaders(topic) {
      // A page reads many partitions of a topic at once: one answer serves them all.
      const leaders =
        asked.get(topic) ??
        ask((connection) => findLeaders(connection, topic)).finally(() => asked.delete(topic))
      asked.set(topic, leaders)
      return leaders
    },
    close() {
      for (const { connection, timer } of [...idle.values()].flat()) {
        clearTimeout(timer)
        connection.close()
      }
      idle.clear()
    },
  }
}

async function findLeaders(
  connection: Connection,
  name: string,
): Promise<ReadonlyMap<number, Leader>> {
  // Version 9 names topics; later ones may answer with ids alone.
  const answer = await connection.call(
    Metadata,
    { topics: [{ name }], allowAutoTopicCreation: false },
    { versionMax: 9 },
  )
  const topic = answer.topics[0]
  if (topic === undefined || topic.errorCode !== 0) throw failureOfCode(topic?.errorCode ?? 3)
  const nodes = new Map(answer.brokers.map((broker) => [broker.nodeId, broker]))
  return new Map(
    topic.partitions.flatMap(({ partitionIndex, leaderId, leaderEpoch }) => {
      const node = nodes.get(leaderId)
      return node === undefined ? [] : [[partitionIndex, { node, epoch: leaderEpoch }] as const]
    }),
  )
}

/** Tries the bootstrap addresses in turn, as any one of them will do. */
async function withAnyNode<Value>(
  cluster: ClusterAddress,
  use: (node: NodeAddress) => Promise<Value>,
): Promise<Value> {
  let failure: unknown = unreachable()
  for (const node of cluster.bootstrap) {
    try {
      return await use(node)
    } catch (error) {
      const isDown =
        error instanceof Error && 'code' in error && error.code === 'BROKER_UNREACHABLE'
      if (!isDown) throw error
      failure = error
    }
  }
  throw failure
}

function isUnreachable(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'BROKER_UNREACHABLE'
}
