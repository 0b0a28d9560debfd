/**
 * JoinGroup: lets a client in, or takes a member back.
 *
 * Who comes without a member id is new: a dynamic member is given an id and joins again with it
 * (v4+, KIP-394), a static member takes the place that its instance id has (KIP-345). Who comes with
 * one is a member, or is told to forget it. Only what changes the assignment causes a rebalance;
 * a wrong answer here makes a group rebalance without end.
 */
import type { GroupRules } from '../../rules/groups.ts'
import { type Effect, type JoinAnswer, refusedJoin, sessionOf } from './effects.ts'
import type { JoinEvent } from './events.ts'
import type { Group } from './group.ts'
import {
  addMember,
  checkMember,
  countRejoined,
  type Member,
  removeMember,
  replaceStaticMember,
  updateMember,
} from './members.ts'
import {
  completeJoinIfAllRejoined,
  currentGeneration,
  membersRemoved,
  prepareRebalance,
} from './preparing-rebalance.ts'
import { sameProtocols, selectProtocol, supportsProtocols } from './protocols.ts'

export function join(group: Group, event: JoinEvent, rules: GroupRules): Effect[] {
  const { memberId } = event
  if (group.state === 'Dead') {
    return refuse(event, refusedJoin('COORDINATOR_NOT_AVAILABLE', memberId))
  }
  if (!hasRoomFor(group, event, rules)) {
    return [
      ...refuse(event, refusedJoin('GROUP_MAX_SIZE_REACHED', '')),
      ...dropForLackOfRoom(group, memberId, rules),
    ]
  }
  if (!supportsProtocols(group, event.protocolType, event.protocols)) {
    return refuse(event, refusedJoin('INCONSISTENT_GROUP_PROTOCOL', memberId))
  }
  if (memberId === '') return joinAnew(group, event, rules)
  if (group.pendingMembers.has(memberId) && event.instanceId === null) {
    return letIn(group, memberId, event, rules)
  }
  const error = checkMember(group, event)
  const member = group.members.get(memberId)
  if (error !== 'NONE' || member === undefined) {
    return refuse(event, refusedJoin(error, memberId))
  }
  return rejoin(group, member, event, rules)
}

function joinAnew(group: Group, event: JoinEvent, rules: GroupRules): Effect[] {
  const { instanceId, newMemberId } = event
  const place = group.members.get(placeOf(group, event))
  if (place !== undefined) return takeOver(group, place, event, rules)
  if (instanceId !== null || !event.requiresMemberId) {
    return letIn(group, newMemberId, event, rules)
  }
  // Ids cost nothing to ask for, and each is kept until its session ends.
  if (group.pendingMembers.size >= rules.membersMax) {
    return refuse(event, refusedJoin('GROUP_MAX_SIZE_REACHED', ''))
  }
  group.pendingMembers.add(newMemberId)
  return [
    { kind: 'arm', timer: sessionOf(newMemberId), delayMs: event.sessionTimeoutMs },
    ...refuse(event, refusedJoin('MEMBER_ID_REQUIRED', newMemberId)),
  ]
}

function letIn(group: Group, memberId: string, event: JoinEvent, rules: GroupRules): Effect[] {
  addMember(group, memberId, event)
  if (group.gathering !== null) group.gathering.memberAdded = true
  return [
    { kind: 'arm', timer: sessionOf(memberId), delayMs: rules.newMemberJoinTimeoutMs },
    ...rebalance(group, rules),
  ]
}

/** A member joins again: to answer a rebalance, to ask for one, or because an answer got lost. */
function rejoin(group: Group, member: Member, event: JoinEvent, rules: GroupRules): Effect[] {
  const isLeader = group.leaderId === member.memberId
  const unchanged = sameProtocols(member.protocols, event.protocols)
  // In a stable group the leader asks for a rebalance by joining, for what only it sees: a topic has
  // more partitions, say. While it owes an assignment, the same JoinGroup is a retry.
  const isRetry =
    unchanged && (group.state === 'CompletingRebalance' || (group.state === 'Stable' && !isLeader))
  if (!isRetry) return [...updateMember(member, event), ...rebalance(group, rules)]
  const withMembers = isLeader
  return [
    { kind: 'arm', timer: sessionOf(member.memberId), delayMs: member.sessionTimeoutMs },
    ...refuse(event, currentGeneration(group, member, { withMembers })),
  ]
}

/**
 * A restarted static member comes back under its instance id. A stable group goes on without a
 * rebalance unless the vote for the protocol now ends differently. Between JoinGroup and SyncGroup
 * it must rebalance: the leader may already be assigning to the old member id.
 */
function takeOver(group: Group, place: Member, event: JoinEvent, rules: GroupRules): Effect[] {
  const formerLeaderId = group.leaderId
  const effects = replaceStaticMember(group, place, event)
  const member = group.members.get(event.newMemberId)
  if (member === undefined) throw new Error('A static member was replaced by nobody.')
  if (group.state !== 'Stable' || selectProtocol(group) !== group.protocolName) {
    return [...effects, ...rebalance(group, rules)]
  }
  member.parkedJoin = null
  const isLeader = group.leaderId === member.memberId
  const answer = currentGeneration(group, member, {
    withMembers: isLeader && event.canSkipAssignment,
  })
  // A leader that knows nothing of KIP-814 would assign anew, in a group that takes no assignment
  // now. So it is told that its own former id leads, and waits as a follower.
  const leaderId = event.canSkipAssignment ? answer.leaderId : (formerLeaderId ?? '')
  return [
    ...effects,
    ...refuse(event, {
      ...answer,
      leaderId,
      skipAssignment: isLeader && event.canSkipAssignment,
    }),
  ]
}

function rebalance(group: Group, rules: GroupRules): Effect[] {
  return group.state === 'PreparingRebalance'
    ? completeJoinIfAllRejoined(group)
    : prepareRebalance(group, rules)
}

/** The member id under which an instance id is known; '' where it is not. */
function placeOf(group: Group, { instanceId }: JoinEvent): string {
  return instanceId === null ? '' : (group.staticMembers.get(instanceId) ?? '')
}

/**
 * While a rebalance gathers members, those that have rejoined count, so that a group which is over
 * its limit sheds whoever comes last.
 */
function hasRoomFor(group: Group, event: JoinEvent, rules: GroupRules): boolean {
  const known = group.members.get(event.memberId || placeOf(group, event))
  if (group.state === 'Empty') return true
  if (group.state !== 'PreparingRebalance') {
    return known !== undefined || group.members.size < rules.membersMax
  }
  const hasRejoined = known !== undefined && known.parkedJoin !== null
  return hasRejoined || countRejoined(group) < rules.membersMax
}

function dropForLackOfRoom(group: Group, memberId: string, rules: GroupRules): Effect[] {
  const wasMember = group.members.has(memberId)
  const effects = removeMember(group, memberId)
  return wasMember
    ? [...effects, ...membersRemoved(group, rules)]
    : [...effects, ...completeJoinIfAllRejoined(group)]
}

function refuse(event: JoinEvent, answer: JoinAnswer): Effect[] {
  return [{ kind: 'answer-join', to: event.replyTo, answer }]
}
