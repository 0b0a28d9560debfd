import { DeleteGroups } from '../../broker/protocol/messages/delete-groups.ts'
import { FindCoordinator } from '../../broker/protocol/messages/find-coordinator.ts'
import { OffsetCommit } from '../../broker/protocol/messages/offset-commit.ts'
import { OffsetDelete } from '../../broker/protocol/messages/offset-delete.ts'
import type { TopicPartitionName } from '../format/consumer-groups.ts'
import type { NodeAddress } from './cluster-address.ts'
import type { Connection } from './connection.ts'
import { failureOfCode } from './failure.ts'
import type { Nodes } from './nodes.ts'

/** What is done to groups, at their coordinators. Each rejects with a `KafkaFailure`. */
export interface GroupChanger {
  /**
   * Commits as Kafka's admin client does (`alterConsumerGroupOffsets`): without membership, which the
   * coordinator takes only while the group has no members (else `UNKNOWN_MEMBER_ID`).
   */
  commitOffsets(groupId: string, offsets: readonly OffsetToCommit[]): Promise<void>
  /** `GROUP_SUBSCRIBED_TO_TOPIC` where a member is subscribed to one of the topics (KIP-496). */
  deleteOffsets(groupId: string, partitions: readonly TopicPartitionName[]): Promise<void>
  /** `NON_EMPTY_GROUP` while it has members. */
  deleteGroup(groupId: string): Promise<void>
}

export interface OffsetToCommit extends TopicPartitionName {
  readonly offset: number
}

/** Version 3 is the last that asks for one group; every broker has it. */
const findCoordinatorVersionMax = 3

/** Version 9 is the last that names topics; later ones have ids. */
const offsetCommitVersionMax = 9

export function createGroupChanger(nodes: Nodes): GroupChanger {
  async function atCoordinator<Value>(
    groupId: string,
    use: (connection: Connection) => Promise<Value>,
  ): Promise<Value> {
    const node = await nodes.ask((connection) => findCoordinator(connection, groupId))
    return nodes.withConnection(node, use)
  }
  return {
    async commitOffsets(groupId, offsets) {
      const topics = byTopic(offsets).map(([name, ofTopic]) => ({
        name,
        partitions: ofTopic.map(({ partition, offset }) => ({
          partitionIndex: partition,
          committedOffset: offset,
          committedMetadata: '',
        })),
      }))
      const request = { groupId, memberId: '', generationIdOrMemberEpoch: -1, topics }
      const answer = await atCoordinator(groupId, (connection) =>
        connection.call(OffsetCommit, request, { versionMax: offsetCommitVersionMax }),
      )
      throwFirst(answer.topics.flatMap(({ partitions }) => partitions))
    },
    async deleteOffsets(groupId, partitions) {
      const topics = byTopic(partitions).map(([name, ofTopic]) => ({
        name,
        partitions: ofTopic.map(({ partition }) => ({ partitionIndex: partition })),
      }))
      const answer = await atCoordinator(groupId, (connection) =>
        connection.call(OffsetDelete, { groupId, topics }),
      )
      throwFirst([answer, ...answer.topics.flatMap((topic) => topic.partitions)])
    },
    async deleteGroup(groupId) {
      const answer = await atCoordinator(groupId, (connection) =>
        connection.call(DeleteGroups, { groupsNames: [groupId] }),
      )
      throwFirst(answer.results)
    },
  }
}

async function findCoordinator(connection: Connection, groupId: string): Promise<NodeAddress> {
  const { errorCode, errorMessage, host, port } = await connection.call(
    FindCoordinator,
    { key: groupId, keyType: 0 },
    { versionMax: findCoordinatorVersionMax },
  )
  if (errorCode !== 0) throw failureOfCode(errorCode, errorMessage)
  return { host, port }
}

function throwFirst(answers: readonly { readonly errorCode: number }[]): void {
  const refused = answers.find(({ errorCode }) => errorCode !== 0)
  if (refused !== undefined) throw failureOfCode(refused.errorCode)
}

function byTopic<Partition extends TopicPartitionName>(
  partitions: readonly Partition[],
): readonly (readonly [string, readonly Partition[]])[] {
  const topics = [...new Set(partitions.map(({ topic }) => topic))]
  return topics.map((topic) => [topic, partitions.filter((one) => one.topic === topic)] as const)
}
