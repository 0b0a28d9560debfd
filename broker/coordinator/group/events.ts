import type { ReplyId } from './effects.ts'
import type { Protocol } from './protocols.ts'

/** A member as it names itself in Heartbeat, SyncGroup, OffsetCommit and LeaveGroup. */
export interface MemberIdentity {
  readonly memberId: string
  readonly instanceId: string | null
}

export interface JoinEvent extends MemberIdentity {
  readonly replyTo: ReplyId
  /** The id that this member gets if it has none yet. */
  readonly newMemberId: string
  readonly clientId: string
  readonly clientHost: string
  readonly sessionTimeoutMs: number
  readonly rebalanceTimeoutMs: number
  readonly protocolType: string
  /** In the member's order of preference. */
  readonly protocols: readonly Protocol[]
  /** JoinGroup v4+: a dynamic member is given an id first and joins with it (KIP-394). */
  readonly requiresMemberId: boolean
  /** JoinGroup v9+: a leader may be told to keep the assignment (KIP-814). */
  readonly canSkipAssignment: boolean
}

export interface SyncEvent extends MemberIdentity {
  readonly replyTo: ReplyId
  readonly generation: number
  /** SyncGroup v5+ repeats what JoinGroup answered (KIP-559); null before. */
  readonly protocolType: string | null
  readonly protocolName: string | null
  /** By member id; empty from everybody but the leader. */
  readonly assignments: ReadonlyMap<string, Uint8Array>
}

export interface HeartbeatEvent extends MemberIdentity {
  readonly generation: number
}

/** Generation -1 with no member id: whoever keeps offsets without being a member. */
export type CommitEvent = HeartbeatEvent
