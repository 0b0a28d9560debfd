/**
 * The join phase: a rebalance waits until every member has sent JoinGroup, or until the longest
 * rebalance timeout among them has passed, and then begins the next generation.
 *
 * - The first members of an empty group are gathered for a moment before the phase ends
 *   (`rules/groups.ts` says for how long and why).
 * - Whoever has not rejoined in time is dropped, except static members: those may be restarting,
 *   and only their session timeout drops them.
 */
import type { GroupRules } from '../../rules/groups.ts'
import type { Effect, JoinAnswer } from './effects.ts'
import { enterState, type Group } from './group.ts'
import {
  answerParked,
  armSession,
  countRejoined,
  type Member,
  membersForLeader,
  rebalanceTimeoutMs,
  removeMember,
} from './members.ts'
import { selectProtocol } from './protocols.ts'

/** Begins a rebalance: from now on, heartbeats tell members to rejoin. */
export function prepareRebalance(group: Group, rules: GroupRules): Effect[] {
  const effects: Effect[] = [{ kind: 'disarm', timer: 'sync-phase' }]
  if (group.state === 'CompletingRebalance') {
    for (const member of group.members.values()) {
      if (member.parkedSync === null) continue
      effects.push(...answerParked(member, 'REBALANCE_IN_PROGRESS'), armSession(member))
    }
  }
  group.stagedAssignment = null
  group.awaitedSyncs.clear()
  const wasEmpty = group.state === 'Empty'
  enterState(group, 'PreparingRebalance')
  const timeoutMs = rebalanceTimeoutMs(group)
  if (wasEmpty) {
    const delayMs = Math.min(rules.initialRebalanceDelayMs, timeoutMs)
    group.gathering = { remainingMs: timeoutMs - delayMs, memberAdded: false }
    return [...effects, { kind: 'arm', timer: 'join-phase', delayMs }]
  }
  effects.push({ kind: 'arm', timer: 'join-phase', delayMs: timeoutMs })
  return [...effects, ...completeJoinIfAllRejoined(group)]
}

/** Ends the join phase early if nobody is missing. */
export function completeJoinIfAllRejoined(group: Group): Effect[] {
  const waits =
    group.state !== 'PreparingRebalance' ||
    group.gathering !== null ||
    group.pendingMembers.size > 0 ||
    countRejoined(group) < group.members.size
  return waits ? [] : completeJoin(group)
}

/** The time for rejoining, or for gathering, has passed. */
export function joinPhaseExpired(group: Group, rules: GroupRules): Effect[] {
  if (group.state !== 'PreparingRebalance') return []
  const { gathering } = group
  if (gathering?.memberAdded === true && gathering.remainingMs > 0) {
    const delayMs = Math.min(rules.initialRebalanceDelayMs, gathering.remainingMs)
    group.gathering = { remainingMs: gathering.remainingMs - delayMs, memberAdded: false }
    return [{ kind: 'arm', timer: 'join-phase', delayMs }]
  }
  return completeJoin(group)
}

function completeJoin(group: Group): Effect[] {
  const effects: Effect[] = [{ kind: 'disarm', timer: 'join-phase' }]
  group.gathering = null
  for (const member of [...group.members.values()]) {
    if (member.parkedJoin === null && member.instanceId === null) {
      effects.push(...removeMember(group, member.memberId))
    }
  }
  if (group.members.size === 0) return [...effects, ...becomeEmpty(group)]
  const leader = electLeader(group)
  if (leader === null) {
    // Static members alone are left, and all of them absent: wait for their sessions to end.
    const delayMs = rebalanceTimeoutMs(group)
    return [...effects, { kind: 'arm', timer: 'join-phase', delayMs }]
  }
  return [...effects, ...beginGeneration(group, leader)]
}

function becomeEmpty(group: Group): Effect[] {
  enterState(group, 'Empty')
  group.generation += 1
  group.protocolName = null
  return [{ kind: 'became-empty' }]
}

/** The leader stays if it rejoined: it knows best who had what. */
function electLeader(group: Group): Member | null {
  const current = group.members.get(group.leaderId ?? '')
  if (current !== undefined && current.parkedJoin !== null) return current
  for (const member of group.members.values()) {
    if (member.parkedJoin !== null) {
      group.leaderId = member.memberId
      return member
    }
  }
  return null
}

function beginGeneration(group: Group, leader: Member): Effect[] {
  enterState(group, 'CompletingRebalance')
  group.generation += 1
  group.protocolName = selectProtocol(group)
  const effects: Effect[] = [
    { kind: 'arm', timer: 'sync-phase', delayMs: rebalanceTimeoutMs(group) },
  ]
  for (const member of group.members.values()) {
    if (member.parkedJoin !== null) {
      const answer = currentGeneration(group, member, { withMembers: member === leader })
      effects.push({ kind: 'answer-join', to: member.parkedJoin, answer })
      member.parkedJoin = null
    }
    member.isNew = false
    group.awaitedSyncs.add(member.memberId)
    effects.push(armSession(member))
  }
  return effects
}

/** The generation that the group has, as its JoinGroup tells a member. */
export function currentGeneration(
  group: Group,
  member: Member,
  { withMembers }: { withMembers: boolean },
): JoinAnswer {
  return {
    error: 'NONE',
    memberId: member.memberId,
    generation: group.generation,
    protocolType: group.protocolType,
    protocolName: group.protocolName,
    leaderId: group.leaderId ?? '',
    skipAssignment: false,
    members: withMembers ? membersForLeader(group) : [],
  }
}

/** Goes on after members were removed: the rest must share anew what those had. */
export function membersRemoved(group: Group, rules: GroupRules): Effect[] {
  if (group.state === 'Stable' || group.state === 'CompletingRebalance') {
    return prepareRebalance(group, rules)
  }
  return completeJoinIfAllRejoined(group)
}
