import { ListOffsets } from '../../broker/protocol/messages/list-offsets.ts'
import type { Connection } from './connection.ts'
import { failureOfCode } from './failure.ts'
import type { Nodes } from './nodes.ts'
import { byNode } from './partition-reads.ts'

/** Version 7 is the last before ListOffsets knew tiers; none of it matters here. */
const versionMax = 7
const readCommitted = 1

/**
 * By partition, the first offset whose record has this timestamp or a later one; partitions without
 * such a record are absent. Rejects with `UNKNOWN_TOPIC_OR_PARTITION`.
 */
export async function readOffsetsAtTime(
  nodes: Nodes,
  topic: string,
  timestampMs: number,
): Promise<ReadonlyMap<number, number>> {
  const groups = [...byNode(await nodes.findLeaders(topic)).values()]
  const answers = await Promise.all(
    groups.map(({ node, partitions }) =>
      nodes.withConnection(node, (connection) =>
        offsetsAtTime(connection, topic, partitions, timestampMs),
      ),
    ),
  )
  return new Map(answers.flat())
}

async function offsetsAtTime(
  connection: Connection,
  name: string,
  partitions: readonly number[],
  timestamp: number,
): Promise<[number, number][]> {
  const asked = partitions.map((partitionIndex) => ({ partitionIndex, timestamp }))
  const answer = await connection.call(
    ListOffsets,
    { replicaId: -1, isolationLevel: readCommitted, topics: [{ name, partitions: asked }] },
    { versionMax },
  )
  return (answer.topics[0]?.partitions ?? []).flatMap(({ partitionIndex, errorCode, offset }) => {
    if (errorCode !== 0) throw failureOfCode(errorCode)
    // -1: every record is older.
    return offset < 0 ? [] : [[partitionIndex, offset] as [number, number]]
  })
}
