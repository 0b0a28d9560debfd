import type { KafkaErrorName } from '../../errors.ts'
import type { Member } from './members.ts'

/**
 * A classic group: the data that transitions read and change. It knows no clock, no socket and no
 * storage; every transition is a synchronous function `(group, event) → effects`.
 *
 * Invariants
 * - `leaderId` names a member, and is null exactly where there are no members.
 * - An instance id belongs to at most one member, and `staticMembers` says to which.
 * - Each member has its session timer armed, or a JoinGroup or SyncGroup parked.
 */
export interface Group {
  readonly groupId: string
  state: GroupState
  /** `consumer` for consumers, `connect` for workers; '' until somebody has joined. */
  protocolType: string
  /** The assignor that the members voted for; null while there is no generation. */
  protocolName: string | null
  /** Bumped once for each completed join phase; 0 before the first. */
  generation: number
  leaderId: string | null
  readonly members: Map<string, Member>
  /** Instance id → member id (KIP-345). */
  readonly staticMembers: Map<string, string>
  /** Ids handed out with MEMBER_ID_REQUIRED whose owners have not joined yet (KIP-394). */
  readonly pendingMembers: Set<string>
  /** Members of this generation that have not sent SyncGroup. */
  readonly awaitedSyncs: Set<string>
  /** The leader's assignment while the generation is being stored. */
  stagedAssignment: ReadonlyMap<string, Uint8Array> | null
  /** When the last member left, or when the broker started after it; noted by the coordinator. */
  emptySinceMs: number | null
  /** Set while the first members of an empty group are being gathered. */
  gathering: Gathering | null
}

/** The wait before the first join phase of an empty group. */
export interface Gathering {
  /** How much longer the wait may be extended. */
  remainingMs: number
  /** Whether somebody joined since it was last armed. */
  memberAdded: boolean
}

export type GroupState = 'Empty' | 'PreparingRebalance' | 'CompletingRebalance' | 'Stable' | 'Dead'

interface StateRules {
  /** The states from which this one is entered. */
  readonly from: readonly GroupState[]
  /** What a member with the current generation hears when it sends a heartbeat. */
  readonly heartbeat: KafkaErrorName
  /** What a member with the current generation hears when it commits. */
  readonly commit: KafkaErrorName
}

/**
 * What each state allows. A member learns of a rebalance by its heartbeat; it may still commit then,
 * because it must finish what it was given. Between its JoinGroup and its SyncGroup it owns nothing
 * that it could commit.
 */
export const groupStates: Readonly<Record<GroupState, StateRules>> = {
  Empty: {
    from: ['PreparingRebalance', 'Dead'],
    heartbeat: 'UNKNOWN_MEMBER_ID',
    commit: 'UNKNOWN_MEMBER_ID',
  },
  PreparingRebalance: {
    from: ['Empty', 'CompletingRebalance', 'Stable'],
    heartbeat: 'REBALANCE_IN_PROGRESS',
    commit: 'NONE',
  },
  CompletingRebalance: {
    from: ['PreparingRebalance'],
    heartbeat: 'NONE',
    commit: 'REBALANCE_IN_PROGRESS',
  },
  Stable: { from: ['CompletingRebalance'], heartbeat: 'NONE', commit: 'NONE' },
  // A group is dead while its deletion is being stored; a client finds a live one when it retries.
  Dead: {
    from: ['Empty'],
    heartbeat: 'COORDINATOR_NOT_AVAILABLE',
    commit: 'COORDINATOR_NOT_AVAILABLE',
  },
}

/** A group without members. Its generation goes on from where it was. */
export function createGroup(groupId: string, protocolType = '', generation = 0): Group {
  return {
    groupId,
    state: 'Empty',
    protocolType,
    protocolName: null,
    generation,
    leaderId: null,
    members: new Map(),
    staticMembers: new Map(),
    pendingMembers: new Set(),
    awaitedSyncs: new Set(),
    stagedAssignment: null,
    emptySinceMs: null,
    gathering: null,
  }
}

export function enterState(group: Group, state: GroupState): void {
  if (!groupStates[state].from.includes(group.state)) {
    throw new Error(`A group went from ${group.state} to ${state}.`)
  }
  group.state = state
}
