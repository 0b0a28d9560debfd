/**
 * The sync phase: members wait for what the leader assigns them. The generation is stored before
 * anybody hears of its assignment, so that generations never go back.
 */
import type { GroupRules } from '../../rules/groups.ts'
import { type Effect, NO_BYTES, refusedSync, type SyncAnswer } from './effects.ts'
import type { SyncEvent } from './events.ts'
import { enterState, type Group } from './group.ts'
import { answerParked, armSession, checkMember, type Member, removeMember } from './members.ts'
import { membersRemoved, prepareRebalance } from './preparing-rebalance.ts'
import { assignmentFor } from './protocols.ts'

export function sync(group: Group, event: SyncEvent): Effect[] {
  const error = group.state === 'Dead' ? 'COORDINATOR_NOT_AVAILABLE' : checkMember(group, event)
  const member = group.members.get(event.memberId)
  if (error !== 'NONE' || member === undefined) return answer(event, refusedSync(error))
  if (event.generation !== group.generation) {
    return answer(event, refusedSync('ILLEGAL_GENERATION'))
  }
  if (
    (event.protocolType ?? group.protocolType) !== group.protocolType ||
    (event.protocolName ?? group.protocolName) !== group.protocolName
  ) {
    return answer(event, refusedSync('INCONSISTENT_GROUP_PROTOCOL'))
  }
  switch (group.state) {
    case 'CompletingRebalance':
      return awaitAssignment(group, member, event)
    case 'Stable':
      return [
        armSession(member),
        ...heardFrom(group, member),
        ...answer(event, assignmentOf(group, member)),
      ]
    default:
      return answer(event, refusedSync('REBALANCE_IN_PROGRESS'))
  }
}

function awaitAssignment(group: Group, member: Member, event: SyncEvent): Effect[] {
  const effects = [...answerParked(member, 'REBALANCE_IN_PROGRESS'), armSession(member)]
  member.parkedSync = event.replyTo
  effects.push(...heardFrom(group, member))
  if (group.leaderId === member.memberId && group.stagedAssignment === null) {
    group.stagedAssignment = event.assignments
    effects.push({ kind: 'store-generation', generation: group.generation })
  }
  return effects
}

/** The generation is stored: everybody gets its assignment, now or with a later SyncGroup. */
export function generationStored(group: Group, generation: number): Effect[] {
  const assignments = group.stagedAssignment
  if (assignments === null || generation !== group.generation) return []
  group.stagedAssignment = null
  enterState(group, 'Stable')
  const effects: Effect[] = []
  for (const member of group.members.values()) {
    member.assignment = assignmentFor(group, assignments.get(member.memberId))
    if (member.parkedSync === null) continue
    const given = assignmentOf(group, member)
    effects.push({ kind: 'answer-sync', to: member.parkedSync, answer: given })
    effects.push(armSession(member))
    member.parkedSync = null
  }
  return effects
}

/** The generation could not be stored: members are told to come back, and a rebalance begins. */
export function generationNotStored(group: Group, generation: number, rules: GroupRules): Effect[] {
  if (group.stagedAssignment === null || generation !== group.generation) return []
  const effects: Effect[] = []
  for (const member of group.members.values()) {
    member.assignment = NO_BYTES
    if (member.parkedSync === null) continue
    effects.push(...answerParked(member, 'COORDINATOR_NOT_AVAILABLE'), armSession(member))
  }
  return [...effects, ...prepareRebalance(group, rules)]
}

/** Members that never sent SyncGroup keep partitions that nobody reads: they are dropped. */
export function syncPhaseExpired(group: Group, rules: GroupRules): Effect[] {
  if (group.awaitedSyncs.size === 0) return []
  const effects: Effect[] = []
  for (const memberId of [...group.awaitedSyncs]) effects.push(...removeMember(group, memberId))
  return [...effects, ...membersRemoved(group, rules)]
}

function heardFrom(group: Group, member: Member): Effect[] {
  const wasLast = group.awaitedSyncs.delete(member.memberId) && group.awaitedSyncs.size === 0
  return wasLast ? [{ kind: 'disarm', timer: 'sync-phase' }] : []
}

function assignmentOf(group: Group, member: Member): SyncAnswer {
  return {
    error: 'NONE',
    protocolType: group.protocolType,
    protocolName: group.protocolName,
    assignment: member.assignment,
  }
}

function answer(event: SyncEvent, given: SyncAnswer): Effect[] {
  return [{ kind: 'answer-sync', to: event.replyTo, answer: given }]
}
