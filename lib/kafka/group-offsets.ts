import { ListOffsets } from '../../broker/protocol/messages/list-offsets.ts'
import { Metadata } from '../../broker/protocol/messages/metadata.ts'
import type { TopicPartitionName } from '../format/consumer-groups.ts'
import type { NodeAddress } from './cluster-address.ts'
import type { Connection } from './connection.ts'
import type { Nodes } from './nodes.ts'

/** Where partitions start and end now, by `topic partition`; those without a leader are absent. */
export type PartitionEnds = ReadonlyMap<
  string,
  TopicPartitionName & { readonly start: number; readonly end: number }
>

/** Version 7 is the last before ListOffsets knew tiers; none of it matters here. */
const listOffsetsVersionMax = 7
/** Version 9 names topics; later ones may answer with ids alone. */
const metadataVersionMax = 9
const readUncommitted = 0
const earliest = -2
const latest = -1

/** All partitions of many topics, with one request for where they are and two to each leader. */
export async function readEnds(nodes: Nodes, topics: ReadonlySet<string>): Promise<PartitionEnds> {
  if (topics.size === 0) return new Map()
  const led = await nodes.ask((connection) => findLed(connection, topics))
  const read = await Promise.all(
    led.map(({ node, byTopic }) =>
      nodes.withConnection(node, async (connection) => {
        const [starts, ends] = [
          await listOffsets(connection, byTopic, earliest),
          await listOffsets(connection, byTopic, latest),
        ]
        return [...ends].map(([key, { offset: end, ...at }]) => {
          const start = starts.get(key)?.offset ?? end
          return [key, { ...at, start, end }] as const
        })
      }),
    ),
  )
  return new Map(read.flat())
}

interface Led {
  readonly node: NodeAddress
  readonly byTopic: Map<string, number[]>
}

/** Which node leads which partitions. Topics that are gone are left out. */
async function findLed(connection: Connection, names: ReadonlySet<string>): Promise<Led[]> {
  const { brokers, topics } = await connection.call(
    Metadata,
    { topics: [...names].map((name) => ({ name })), allowAutoTopicCreation: false },
    { versionMax: metadataVersionMax },
  )
  const led = new Map<number, Led>(
    brokers.map(({ nodeId, host, port }) => [nodeId, { node: { host, port }, byTopic: new Map() }]),
  )
  for (const { name, errorCode, partitions } of topics) {
    if (errorCode !== 0 || name === null) continue
    for (const { leaderId, partitionIndex } of partitions) {
      const byTopic = led.get(leaderId)?.byTopic
      const known = byTopic?.get(name)
      if (known === undefined) byTopic?.set(name, [partitionIndex])
      else known.push(partitionIndex)
    }
  }
  return [...led.values()].filter(({ byTopic }) => byTopic.size > 0)
}

async function listOffsets(
  connection: Connection,
  byTopic: ReadonlyMap<string, readonly number[]>,
  timestamp: number,
): Promise<ReadonlyMap<string, TopicPartitionName & { readonly offset: number }>> {
  const { topics } = await connection.call(
    ListOffsets,
    {
      replicaId: -1,
      isolationLevel: readUncommitted,
      topics: [...byTopic].map(([name, partitions]) => ({
        name,
        partitions: partitions.map((partitionIndex) => ({ partitionIndex, timestamp })),
      })),
    },
    { versionMax: listOffsetsVersionMax },
  )
  return new Map(
    topics.flatMap(({ name, partitions }) =>
      partitions
        // A partition that has just been deleted has no end any more.
        .filter(({ errorCode, offset }) => errorCode === 0 && offset >= 0)
        .map(({ partitionIndex: partition, offset }) => {
          return [`${name} ${partition}`, { topic: name, partition, offset }] as const
        }),
    ),
  )
}
