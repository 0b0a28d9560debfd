/** How members stay and go: heartbeats and commits that keep a session, leaving, and silence. */
import type { KafkaErrorName } from '../../errors.ts'
import type { GroupRules } from '../../rules/groups.ts'
import type { Effect } from './effects.ts'
import type { CommitEvent, HeartbeatEvent, MemberIdentity } from './events.ts'
import { type Group, groupStates } from './group.ts'
import { armSession, checkMember, removeMember } from './members.ts'
import { completeJoinIfAllRejoined, membersRemoved } from './preparing-rebalance.ts'

/** An answer that needs no waiting, and what else follows. */
export interface Verdict {
  readonly error: KafkaErrorName
  readonly effects: readonly Effect[]
}

export function heartbeat(group: Group, event: HeartbeatEvent): Verdict {
  if (group.state === 'Dead') return refused(groupStates.Dead.heartbeat)
  return asMember(group, event, groupStates[group.state].heartbeat)
}

/**
 * Whether offsets may be committed. A group without members takes them from anybody who claims no
 * generation: consumers that assign partitions themselves, and tools that reset offsets.
 */
export function commit(group: Group, event: CommitEvent): Verdict {
  if (group.state === 'Dead') return refused(groupStates.Dead.commit)
  if (group.state === 'Empty' && event.generation < 0) return refused('NONE')
  return asMember(group, event, groupStates[group.state].commit)
}

function asMember(group: Group, event: HeartbeatEvent, allowed: KafkaErrorName): Verdict {
  const error = checkMember(group, event)
  const member = group.members.get(event.memberId)
  if (error !== 'NONE' || member === undefined) return refused(error)
  if (event.generation !== group.generation) return refused('ILLEGAL_GENERATION')
  return { error: allowed, effects: [armSession(member)] }
}

/**
 * A member leaves. Without a member id it is an administrator who removes a static member by its
 * instance id (KIP-345).
 */
export function leave(group: Group, identity: MemberIdentity, rules: GroupRules): Verdict {
  if (group.state === 'Dead') return refused('COORDINATOR_NOT_AVAILABLE')
  const { memberId, instanceId } = identity
  if (memberId === '') {
    const named = group.staticMembers.get(instanceId ?? '')
    return named === undefined ? refused('UNKNOWN_MEMBER_ID') : goes(group, named, rules)
  }
  if (group.pendingMembers.has(memberId)) {
    const effects = [...removeMember(group, memberId), ...completeJoinIfAllRejoined(group)]
    return { error: 'NONE', effects }
  }
  const error = checkMember(group, identity)
  return error === 'NONE' ? goes(group, memberId, rules) : refused(error)
}

/** A member, or the owner of a pending id, has been silent for its session timeout. */
export function sessionExpired(group: Group, memberId: string, rules: GroupRules): Effect[] {
  const member = group.members.get(memberId)
  if (member === undefined) {
    return group.pendingMembers.delete(memberId) ? completeJoinIfAllRejoined(group) : []
  }
  // Whoever waits for our answer is not silent; its session starts anew with that answer. Only a
  // member that has never had one is dropped: its client may be gone without a trace.
  const waits = member.parkedSync !== null || (member.parkedJoin !== null && !member.isNew)
  return waits ? [] : [...removeMember(group, memberId), ...membersRemoved(group, rules)]
}

function goes(group: Group, memberId: string, rules: GroupRules): Verdict {
  return {
    error: 'NONE',
    effects: [...removeMember(group, memberId), ...membersRemoved(group, rules)],
  }
}

function refused(error: KafkaErrorName): Verdict {
  return { error, effects: [] }
}
