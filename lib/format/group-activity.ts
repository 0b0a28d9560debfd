import { type ConsumerGroup, type GroupState, hasNoMembers } from './consumer-groups.ts'

type Activity = Pick<ConsumerGroup, 'groupId' | 'state' | 'members'>

/**
 * Why Kafka lets nobody touch the offsets of a group, in a sentence that names who is in the way;
 * null where the group has no members.
 */
export function whyActive(group: Activity): string | null {
  if (hasNoMembers(group)) return null
  const { groupId, state, members } = group
  const count = members.length
  if (count === 0) return `${groupId} is ${stateWords[state]}. Wait until its members have stopped.`
  const them = count === 1 ? 'its member' : `its ${count} members`
  return `${groupId} is ${stateWords[state]}. Stop ${them} first: ${namesOf(group)}.`
}

const stateWords: Readonly<Record<GroupState, string>> = {
  Stable: 'stable',
  PreparingRebalance: 'rebalancing',
  CompletingRebalance: 'rebalancing',
  Empty: 'empty',
  Dead: 'dead',
}

const namesMax = 3

/** `till at 10.0.0.4, till at 10.0.0.5 and 3 more`. */
export function namesOf({ members }: Pick<ConsumerGroup, 'members'>): string {
  const named = members
    .slice(0, namesMax)
    .map(
      ({ clientId, host }) => `${clientId === '' ? 'a client without an ID' : clientId} at ${host}`,
    )
  const more = members.length - named.length
  return more > 0 ? `${named.join(', ')} and ${more} more` : named.join(', ')
}
