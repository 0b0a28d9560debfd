import type { KafkaErrorName } from '../../errors.ts'
import {
  type Effect,
  type JoinedMember,
  NO_BYTES,
  type ReplyId,
  refusedJoin,
  refusedSync,
  sessionOf,
} from './effects.ts'
import type { JoinEvent, MemberIdentity } from './events.ts'
import type { Group } from './group.ts'
import { metadataOf, type Protocol } from './protocols.ts'

/** One client in a group, by the id that the coordinator gave it. */
export interface Member {
  readonly memberId: string
  /** Set by the user; the member keeps its place under it while it restarts (KIP-345). */
  readonly instanceId: string | null
  readonly clientId: string
  readonly clientHost: string
  sessionTimeoutMs: number
  rebalanceTimeoutMs: number
  protocols: readonly Protocol[]
  assignment: Uint8Array
  /** Its JoinGroup that waits for the join phase to end. */
  parkedJoin: ReplyId | null
  /** Its SyncGroup that waits for the leader's. */
  parkedSync: ReplyId | null
  /** Joined, and not told yet: it cannot send heartbeats. */
  isNew: boolean
}

/** Lets a member in. The first of a group decides its protocol type and leads. */
export function addMember(group: Group, memberId: string, join: JoinEvent): void {
  if (group.members.size === 0) group.protocolType = join.protocolType
  group.members.set(memberId, {
    memberId,
    instanceId: join.instanceId,
    clientId: join.clientId,
    clientHost: join.clientHost,
    sessionTimeoutMs: join.sessionTimeoutMs,
    rebalanceTimeoutMs: join.rebalanceTimeoutMs,
    protocols: join.protocols,
    assignment: NO_BYTES,
    parkedJoin: join.replyTo,
    parkedSync: null,
    isNew: true,
  })
  if (join.instanceId !== null) group.staticMembers.set(join.instanceId, memberId)
  group.pendingMembers.delete(memberId)
  group.leaderId ??= memberId
}

/** Takes what a member says when it joins again, and parks its new request. */
export function updateMember(member: Member, join: JoinEvent): Effect[] {
  const superseded = answerParked(member, 'REBALANCE_IN_PROGRESS')
  member.protocols = join.protocols
  member.sessionTimeoutMs = join.sessionTimeoutMs
  member.rebalanceTimeoutMs = join.rebalanceTimeoutMs
  member.parkedJoin = join.replyTo
  return superseded
}

/**
 * Takes a member out, with all that is known of it. The client hears UNKNOWN_MEMBER_ID if it waits
 * for something, so that it joins anew if it still lives.
 */
export function removeMember(group: Group, memberId: string): Effect[] {
  const effects: Effect[] = [{ kind: 'disarm', timer: sessionOf(memberId) }]
  group.pendingMembers.delete(memberId)
  group.awaitedSyncs.delete(memberId)
  const member = group.members.get(memberId)
  if (member === undefined) return effects
  group.members.delete(memberId)
  if (member.instanceId !== null && group.staticMembers.get(member.instanceId) === memberId) {
    group.staticMembers.delete(member.instanceId)
  }
  if (group.leaderId === memberId) group.leaderId = firstKey(group.members)
  effects.push(...answerParked(member, 'UNKNOWN_MEMBER_ID', ''))
  return effects
}

/**
 * Gives a static member's place to the client that now comes with its instance id. Whoever waits
 * under the old member id hears that it has been fenced off.
 */
export function replaceStaticMember(group: Group, old: Member, join: JoinEvent): Effect[] {
  const effects: Effect[] = [
    { kind: 'disarm', timer: sessionOf(old.memberId) },
    ...answerParked(old, 'FENCED_INSTANCE_ID'),
  ]
  const member: Member = {
    ...old,
    memberId: join.newMemberId,
    clientId: join.clientId,
    clientHost: join.clientHost,
    protocols: join.protocols,
    sessionTimeoutMs: join.sessionTimeoutMs,
    rebalanceTimeoutMs: join.rebalanceTimeoutMs,
    parkedJoin: join.replyTo,
    isNew: false,
  }
  group.members.delete(old.memberId)
  group.members.set(member.memberId, member)
  if (old.instanceId !== null) group.staticMembers.set(old.instanceId, member.memberId)
  if (group.leaderId === old.memberId) group.leaderId = member.memberId
  if (group.awaitedSyncs.delete(old.memberId)) group.awaitedSyncs.add(member.memberId)
  return [...effects, armSession(member)]
}

/**
 * Why this client is not, or not any more, the member it says it is; NONE where it is. Somebody else
 * may have taken over its instance id meanwhile.
 */
export function checkMember(
  group: Group,
  { memberId, instanceId }: MemberIdentity,
): KafkaErrorName {
  if (instanceId !== null) {
    const owner = group.staticMembers.get(instanceId)
    if (owner === undefined) return 'UNKNOWN_MEMBER_ID'
    if (owner !== memberId) return 'FENCED_INSTANCE_ID'
  }
  return group.members.has(memberId) ? 'NONE' : 'UNKNOWN_MEMBER_ID'
}

/** Starts the member's session timeout anew: it has just been heard of. */
export function armSession(member: Member): Effect {
  return { kind: 'arm', timer: sessionOf(member.memberId), delayMs: member.sessionTimeoutMs }
}

/** Answers whatever the member has parked with an error. */
export function answerParked(
  member: Member,
  error: KafkaErrorName,
  memberId = member.memberId,
): Effect[] {
  const effects: Effect[] = []
  if (member.parkedJoin !== null) {
    const answer = refusedJoin(error, memberId)
    effects.push({ kind: 'answer-join', to: member.parkedJoin, answer })
    member.parkedJoin = null
  }
  if (member.parkedSync !== null) {
    effects.push({ kind: 'answer-sync', to: member.parkedSync, answer: refusedSync(error) })
    member.parkedSync = null
  }
  return effects
}

/** The longest time that any member may take to rejoin. */
export function rebalanceTimeoutMs(group: Group): number {
  let longestMs = 0
  for (const member of group.members.values()) {
    longestMs = Math.max(longestMs, member.rebalanceTimeoutMs)
  }
  return longestMs
}

export function countRejoined(group: Group): number {
  let count = 0
  for (const member of group.members.values()) if (member.parkedJoin !== null) count++
  return count
}

/** The members as the leader is shown them. */
export function membersForLeader(group: Group): JoinedMember[] {
  return [...group.members.values()].map((member) => ({
    memberId: member.memberId,
    instanceId: member.instanceId,
    metadata: metadataOf(member, group.protocolName),
  }))
}

function firstKey(members: ReadonlyMap<string, Member>): string | null {
  for (const memberId of members.keys()) return memberId
  return null
}
