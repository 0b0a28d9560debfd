import { DescribeGroups } from '../../broker/protocol/messages/describe-groups.ts'
import { ListGroups } from '../../broker/protocol/messages/list-groups.ts'
import { Metadata } from '../../broker/protocol/messages/metadata.ts'
import { OffsetFetch } from '../../broker/protocol/messages/offset-fetch.ts'
import type {
  ConsumerGroup,
  GroupPartition,
  TopicPartitionName,
} from '../format/consumer-groups.ts'
import type { NodeAddress } from './cluster-address.ts'
import type { Connection } from './connection.ts'
import { failureOfCode } from './failure.ts'
import { describedGroup } from './group-members.ts'
import { type PartitionEnds, readEnds } from './group-offsets.ts'
import type { Nodes } from './nodes.ts'

/**
 * Groups of a cluster with their lag. Each node speaks for the groups that it coordinates, so all of
 * them are asked. Ends are read after the commits: a consumer that reads meanwhile is then shown a
 * little behind, never ahead of the end.
 */
export interface GroupReader {
  /** Every group, by id. Rejects with a `KafkaFailure`. */
  list(): Promise<readonly ListedGroup[]>
  /**
   * These groups with members and offsets; those that are gone are left out. Of `topics`, every
   * partition is among the group's, committed or not.
   */
  describe(
    groups: readonly ListedGroup[],
    topics?: readonly string[],
  ): Promise<readonly ConsumerGroup[]>
  /** The same without offsets, which takes one request to each coordinator. */
  members(groups: readonly ListedGroup[]): Promise<readonly GroupMembership[]>
}

export type GroupMembership = Omit<ConsumerGroup, 'partitions'>

export interface ListedGroup {
  readonly groupId: string
  /** Its coordinator. */
  readonly node: NodeAddress
  /** Empty where nobody ever joined it: offsets were committed to a name. */
  readonly protocolType: string
}

/** What consumers call theirs; Kafka Connect's workers, for one, have another. */
const consumerProtocol = new Set(['consumer', ''])

const unknownGroup = 69

export function createGroupReader(nodes: Nodes): GroupReader {
  return {
    async list() {
      const listed = await Promise.all(
        (await nodes.ask(listNodes)).map((node) =>
          nodes.withConnection(node, (connection) => listGroups(connection, node)),
        ),
      )
      return listed.flat().sort((a, b) => (a.groupId < b.groupId ? -1 : 1))
    },
    async describe(groups, topics = []) {
      const found = await atCoordinators(nodes, groups, readGroups)
      const ends = await readEnds(nodes, new Set([...found.flatMap(topicsOf), ...topics]))
      const whole = [...ends.values()].filter(({ topic }) => topics.includes(topic))
      return found
        .map((group) => withPartitions(group, ends, whole))
        .sort((a, b) => (a.groupId < b.groupId ? -1 : 1))
    },
    members: (groups) => atCoordinators(nodes, groups, readMembers),
  }
}

/** Asks each coordinator about its groups. */
async function atCoordinators<Value>(
  nodes: Nodes,
  groups: readonly ListedGroup[],
  ask: (connection: Connection, groupIds: readonly string[]) => Promise<readonly Value[]>,
): Promise<readonly Value[]> {
  const read = await Promise.all(
    [...byCoordinator(groups).values()].map(([node, groupIds]) =>
      nodes.withConnection(node, (connection) => ask(connection, groupIds)),
    ),
  )
  return read.flat()
}

async function listNodes(connection: Connection): Promise<readonly NodeAddress[]> {
  const { brokers } = await connection.call(Metadata, {
    topics: [],
    allowAutoTopicCreation: false,
  })
  return brokers.map(({ host, port }) => ({ host, port }))
}

async function listGroups(connection: Connection, node: NodeAddress): Promise<ListedGroup[]> {
  const { errorCode, groups } = await connection.call(ListGroups, {
    statesFilter: [],
    typesFilter: [],
  })
  if (errorCode !== 0) throw failureOfCode(errorCode)
  return groups
    .filter(({ protocolType }) => consumerProtocol.has(protocolType))
    .map(({ groupId, protocolType }) => ({ groupId, node, protocolType }))
}

function byCoordinator(groups: readonly ListedGroup[]) {
  const found = new Map<string, [NodeAddress, string[]]>()
  for (const { groupId, node } of groups) {
    const key = `${node.host}:${node.port}`
    const [, groupIds] = found.get(key) ?? [node, []]
    groupIds.push(groupId)
    found.set(key, [node, groupIds])
  }
  return found
}

interface ReadGroup extends GroupMembership {
  readonly committed: readonly (TopicPartitionName & { readonly offset: number })[]
}

async function readGroups(
  connection: Connection,
  groupIds: readonly string[],
): Promise<readonly ReadGroup[]> {
  const groups = await readMembers(connection, groupIds)
  const committed = await readCommits(
    connection,
    groups.map(({ groupId }) => groupId),
  )
  return groups.map((group) => ({ ...group, committed: committed.get(group.groupId) ?? [] }))
}

async function readMembers(
  connection: Connection,
  groupIds: readonly string[],
): Promise<readonly GroupMembership[]> {
  const { groups } = await connection.call(DescribeGroups, {
    groups: [...groupIds],
    includeAuthorizedOperations: false,
  })
  const there = groups.filter(({ errorCode }) => errorCode !== unknownGroup)
  const refused = there.find(({ errorCode }) => errorCode !== 0)
  if (refused !== undefined) throw failureOfCode(refused.errorCode, refused.errorMessage)
  return there.map(describedGroup)
}

/** What groups have committed; a partition without a commit is left out. */
async function readCommits(connection: Connection, groupIds: readonly string[]) {
  if (groupIds.length === 0) return new Map<string, ReadGroup['committed']>()
  // Null topics ask for all that was committed; several groups in one request since KIP-709.
  const { groups } = await connection.call(OffsetFetch, {
    groups: groupIds.map((groupId) => ({ groupId, topics: null })),
  })
  return new Map(
    groups.map(({ groupId, errorCode, topics }) => {
      if (errorCode !== 0) throw failureOfCode(errorCode)
      const offsets = topics.flatMap(({ name, partitions }) =>
        partitions
          .filter((partition) => partition.errorCode === 0 && partition.committedOffset >= 0)
          .map(({ partitionIndex, committedOffset }) => ({
            topic: name,
            partition: partitionIndex,
            offset: committedOffset,
          })),
      )
      return [groupId, offsets]
    }),
  )
}

function topicsOf({ members, committed }: ReadGroup): string[] {
  const assigned = members.flatMap((member) => member.assigned ?? [])
  return [...committed, ...assigned].map(({ topic }) => topic)
}

function withPartitions(
  { committed, ...group }: ReadGroup,
  ends: PartitionEnds,
  whole: readonly TopicPartitionName[],
): ConsumerGroup {
  const partitions = new Map<string, GroupPartition>()
  const put = ({ topic, partition }: TopicPartitionName, part: Partial<GroupPartition>) => {
    const key = `${topic} ${partition}`
    const { start = null, end = null } = ends.get(key) ?? {}
    const before = partitions.get(key) ?? {
      ...{ topic, partition, start, end },
      ...{ committed: null, memberId: null },
    }
    partitions.set(key, { ...before, ...part })
  }
  for (const at of whole) put(at, {})
  for (const { offset, ...at } of committed) put(at, { committed: offset })
  for (const { memberId, assigned } of group.members) {
    for (const at of assigned ?? []) put(at, { memberId })
  }
  return { ...group, partitions: [...partitions.values()].sort(byPlace) }
}

function byPlace(a: TopicPartitionName, b: TopicPartitionName): number {
  if (a.topic === b.topic) return a.partition - b.partition
  return a.topic < b.topic ? -1 : 1
}
