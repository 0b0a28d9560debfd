import type { Clock } from '../../clock.ts'
import type { GroupRules } from '../../rules/groups.ts'
import type { CommittedOffset } from '../../storage/storage.ts'
import type { TopicLookup } from '../topic-lookup.ts'
import type { Group } from './group.ts'
import { subscribedTopics } from './protocols.ts'

/**
 * KIP-211: while a group has members, offsets of the topics that they read are kept. Without
 * members, time counts from when the last one left; for who never joins (KIP-211 calls such a
 * consumer standalone) and for topics that nobody reads any more, from the commit.
 */
export function expiredOffsets(
  group: Group,
  offsets: readonly CommittedOffset[],
  { clock, rules, topics }: ExpiryParts,
): CommittedOffset[] {
  const before = clock.nowMs() - rules.offsetsRetentionMs
  const old = offsets.filter(({ committedMs }) => committedMs <= before)
  if (group.protocolType === '') return old
  if (group.state === 'Empty') {
    return group.emptySinceMs !== null && group.emptySinceMs <= before ? old : []
  }
  const subscribed = group.state === 'Stable' ? subscribedTopics(group) : null
  if (subscribed === null) return []
  return old.filter(({ topicId }) => !subscribed.has(topics.nameOf(topicId) ?? ''))
}

interface ExpiryParts {
  readonly clock: Clock
  readonly rules: GroupRules
  readonly topics: TopicLookup
}
