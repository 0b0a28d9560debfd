import type { Group, GroupState } from './group.ts'
import { metadataOf } from './protocols.ts'

/** A group as plain data, for DescribeGroups, ListGroups and metrics. */
export interface GroupView {
  readonly groupId: string
  readonly state: GroupState
  /** '' where nobody has ever joined. */
  readonly protocolType: string
  readonly protocolName: string | null
  readonly generation: number
  readonly members: readonly MemberView[]
}

export interface MemberView {
  readonly memberId: string
  readonly instanceId: string | null
  readonly clientId: string
  readonly clientHost: string
  readonly metadata: Uint8Array
  readonly assignment: Uint8Array
}

/** How much a coordinator holds at this moment. */
export interface GroupCounts {
  readonly groups: number
  readonly members: number
  readonly offsets: number
  readonly parkedRequests: number
  readonly timers: number
}

export function viewOf(group: Group): GroupView {
  return {
    groupId: group.groupId,
    state: group.state,
    protocolType: group.protocolType,
    protocolName: group.protocolName,
    generation: group.generation,
    members: [...group.members.values()].map((member) => ({
      memberId: member.memberId,
      instanceId: member.instanceId,
      clientId: member.clientId,
      clientHost: member.clientHost,
      metadata: metadataOf(member, group.protocolName),
      assignment: member.assignment,
    })),
  }
}
