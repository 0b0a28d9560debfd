import { decodeMessage } from '../../broker/protocol/codec.ts'
import { ConsumerProtocolAssignment } from '../../broker/protocol/messages/consumer-protocol-assignment.ts'
import type { DescribeGroups } from '../../broker/protocol/messages/describe-groups.ts'
import type { ResponseReceived } from '../../broker/protocol/schema.ts'
import {
  type ConsumerGroup,
  type GroupMember,
  type GroupState,
  groupStates,
  type TopicPartitionName,
} from '../format/consumer-groups.ts'

type Described = ResponseReceived<typeof DescribeGroups>['groups'][number]

/** What DescribeGroups says of a group, with its members' assignments read. */
export function describedGroup(described: Described): Omit<ConsumerGroup, 'partitions'> {
  const state = stateOf(described.groupState)
  return {
    groupId: described.groupId,
    state,
    assignor: described.protocolData,
    members: described.members
      .map((member) => ({
        memberId: member.memberId,
        instanceId: member.groupInstanceId,
        clientId: member.clientId,
        host: member.clientHost.replace(/^\//, ''),
        assigned: state === 'Stable' ? readAssignment(member.memberAssignment) : null,
      }))
      .sort(byClient),
  }
}

/** The same order at every look, so that nothing jumps on the page. */
function byClient(a: GroupMember, b: GroupMember): number {
  return a.clientId.localeCompare(b.clientId) || a.memberId.localeCompare(b.memberId)
}

function stateOf(name: string): GroupState {
  return groupStates.find((state) => state === name) ?? 'Dead'
}

/**
 * The bytes are between the members of a group: an int16 version, then the assignment. A program with
 * a protocol of its own may put anything there, which is then not known.
 */
function readAssignment(bytes: Uint8Array): readonly TopicPartitionName[] | null {
  if (bytes.length === 0) return []
  const frame = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  try {
    // Newer versions only add to the end.
    const version = Math.min(frame.readInt16BE(0), ConsumerProtocolAssignment.versions.max)
    const { assignedPartitions } = decodeMessage(ConsumerProtocolAssignment, version, frame, 2)
    return assignedPartitions.flatMap(({ topic, partitions }) =>
      [...partitions].sort((a, b) => a - b).map((partition) => ({ topic, partition })),
    )
  } catch {
    return null
  }
}
