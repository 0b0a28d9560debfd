/**
 * What a cluster holds, read by the suite itself: a second witness of what clients report. It speaks the
 * protocol of `broker/protocol`, whose declarations are checked against Apache Kafka's.
 */
import type { KafkaClient } from '../../broker/protocol/client.ts'
import { decodeMessage } from '../../broker/protocol/codec.ts'
import { ConsumerProtocolAssignment } from '../../broker/protocol/messages/consumer-protocol-assignment.ts'
import { DescribeConfigs } from '../../broker/protocol/messages/describe-configs.ts'
import { DescribeGroups } from '../../broker/protocol/messages/describe-groups.ts'
import { Fetch } from '../../broker/protocol/messages/fetch.ts'
import { ListGroups } from '../../broker/protocol/messages/list-groups.ts'
import { ListOffsets } from '../../broker/protocol/messages/list-offsets.ts'
import { Metadata } from '../../broker/protocol/messages/metadata.ts'
import { OffsetFetch } from '../../broker/protocol/messages/offset-fetch.ts'
import { batchesIn, type Compression } from '../../broker/protocol/record-batch.ts'
import { asBuffer } from '../../broker/protocol/wire.ts'
import { connectKafka } from '../support/kafka-connection.ts'
import type { KeyFile } from '../support/key-file.ts'

export interface ClusterReader {
  nodes(): Promise<readonly { id: number; host: string; port: number }[]>
  topics(): Promise<readonly string[]>
  partitions(topic: string): Promise<readonly ReadPartition[]>
  configs(topic: string): Promise<Readonly<Record<string, string | null>>>
  /** Of every partition; -2 is the earliest time, -1 the latest. */
  offsets(topic: string, timestampMs: number): Promise<readonly number[]>
  /** How what is stored is compressed, batch after batch. */
  compressions(topic: string): Promise<readonly Compression[]>
  groups(): Promise<readonly string[]>
  group(group: string): Promise<ReadGroup>
  /** -1 where nothing was committed. */
  committed(group: string, topic: string, partitions: number): Promise<readonly number[]>
  close(): void
}

export interface ReadPartition {
  readonly partition: number
  readonly leader: number
  readonly replicas: readonly number[]
  readonly isr: readonly number[]
}

export interface ReadGroup {
  readonly state: string
  readonly members: readonly { clientId: string; partitions: readonly number[] }[]
}

export async function openClusterReader({ key, secret, bootstrapServer }: KeyFile) {
  const first = await connectKafka({ port: Number(bootstrapServer.split(':')[1]), key, secret })
  const metadata = (topics: { name: string }[] | null) =>
    first.send(Metadata, 9, { topics, allowAutoTopicCreation: false })
  const { brokers } = await metadata([])
  const nodes = new Map<number, KafkaClient>()
  for (const { nodeId, port } of brokers) {
    nodes.set(nodeId, await connectKafka({ port, key, secret }))
  }
  const node = (id: number): KafkaClient => {
    const found = nodes.get(id)
    if (found === undefined) throw new Error(`There is no node ${id}`)
    return found
  }
  const partitions = async (name: string) => {
    const { topics } = await metadata([{ name }])
    return (topics[0]?.partitions ?? [])
      .map((each) => ({
        partition: each.partitionIndex,
        leader: each.leaderId,
        replicas: each.replicaNodes,
        isr: each.isrNodes,
      }))
      .sort((a, b) => a.partition - b.partition)
  }
  const each = async <Value>(topic: string, read: (at: ReadPartition) => Promise<Value>) => {
    const values: Value[] = []
    for (const at of await partitions(topic)) values.push(await read(at))
    return values
  }
  const reader: ClusterReader = {
    nodes: async () => brokers.map(({ nodeId: id, host, port }) => ({ id, host, port })),
    topics: async () => (await metadata(null)).topics.map(({ name }) => name ?? ''),
    partitions,
    configs: (topic) => readConfigs(first, topic),
    offsets: (topic, timestampMs) =>
      each(topic, (at) => readOffset(node(at.leader), topic, at.partition, timestampMs)),
    compressions: async (topic) =>
      (await each(topic, (at) => readCompressions(node(at.leader), topic, at.partition))).flat(),
    async groups() {
      const lists = await Promise.all([...nodes.values()].map((one) => listGroups(one)))
      return lists.flat()
    },
    group: (group) => firstOf(nodes, (one) => readGroup(one, group)),
    committed: (group, topic, count) =>
      firstOf(nodes, (one) => readCommitted(one, { group, topic, count })),
    close() {
      for (const one of [first, ...nodes.values()]) one.close()
    },
  }
  return reader
}

/** What the first node says that does not say that another is responsible. */
async function firstOf<Value>(
  nodes: ReadonlyMap<number, KafkaClient>,
  read: (node: KafkaClient) => Promise<Value | null>,
): Promise<Value> {
  for (const node of nodes.values()) {
    const value = await read(node)
    if (value !== null) return value
  }
  throw new Error('No node is responsible for the group')
}

async function readConfigs(node: KafkaClient, topic: string) {
  const resources = [{ resourceType: 2, resourceName: topic, configurationKeys: null }]
  const { results } = await node.send(DescribeConfigs, 4, { resources })
  return Object.fromEntries((results[0]?.configs ?? []).map(({ name, value }) => [name, value]))
}

async function readOffset(
  node: KafkaClient,
  topic: string,
  partition: number,
  timestampMs: number,
): Promise<number> {
  const partitions = [{ partitionIndex: partition, timestamp: timestampMs }]
  const asked = { replicaId: -1, isolationLevel: 0, topics: [{ name: topic, partitions }] }
  const { topics } = await node.send(ListOffsets, 6, asked)
  const found = topics[0]?.partitions[0]
  if (found?.errorCode !== 0) throw new Error(`Offsets of ${topic}: error ${found?.errorCode}`)
  return found.offset
}

async function readCompressions(
  node: KafkaClient,
  topic: string,
  partition: number,
): Promise<Compression[]> {
  const found: Compression[] = []
  for (let offset = 0; ; ) {
    const partitions = [{ partition, fetchOffset: offset, partitionMaxBytes: 1 << 20 }]
    const asked = { maxWaitMs: 0, minBytes: 0, topics: [{ topic, partitions }] }
    const { responses } = await node.send(Fetch, 11, asked)
    const { errorCode, records } = responses[0]?.partitions[0] ?? {}
    if (errorCode !== 0) throw new Error(`Batches of ${topic}: error ${errorCode}`)
    const batches = [records ?? []].flat().flatMap((bytes) => [...batchesIn(asBuffer(bytes))])
    const last = batches.at(-1)
    if (last === undefined) return found
    found.push(...batches.map(({ compression }) => compression))
    offset = last.baseOffset + last.lastOffsetDelta + 1
  }
}

async function listGroups(node: KafkaClient): Promise<string[]> {
  const { groups } = await node.send(ListGroups, 4, { statesFilter: [] })
  return groups.map(({ groupId }) => groupId)
}

const notCoordinator = 16

async function readGroup(node: KafkaClient, group: string): Promise<ReadGroup | null> {
  const { groups } = await node.send(DescribeGroups, 4, { groups: [group] })
  const [found] = groups
  if (found === undefined || found.errorCode === notCoordinator) return null
  const members = found.members.map(({ clientId, memberAssignment }) => {
    const bytes = asBuffer(memberAssignment)
    if (bytes.length === 0) return { clientId, partitions: [] }
    const version = Math.min(bytes.readInt16BE(0), ConsumerProtocolAssignment.versions.max)
    const { assignedPartitions } = decodeMessage(ConsumerProtocolAssignment, version, bytes, 2)
    return { clientId, partitions: assignedPartitions.flatMap(({ partitions }) => partitions) }
  })
  return { state: found.groupState, members }
}

async function readCommitted(
  node: KafkaClient,
  { group, topic, count }: { group: string; topic: string; count: number },
): Promise<number[] | null> {
  const partitionIndexes = Array.from({ length: count }, (_, partition) => partition)
  const topics = [{ name: topic, partitionIndexes }]
  const found = await node.send(OffsetFetch, 5, { groupId: group, topics })
  if (found.errorCode === notCoordinator) return null
  const committed = found.topics[0]?.partitions ?? []
  return partitionIndexes.map(
    (partition) =>
      committed.find(({ partitionIndex }) => partitionIndex === partition)?.committedOffset ?? -1,
  )
}
