/**
 * A consumer group as pages show it. Two kinds of nothing are kept apart from zero: no offset has been
 * committed, and what a member reads is not known while its group rebalances.
 */
export interface ConsumerGroup {
  readonly groupId: string
  readonly state: GroupState
  /** How partitions are shared out, e.g. `range`; empty while that is being settled. */
  readonly assignor: string
  readonly members: readonly GroupMember[]
  /** Those with a committed offset and those that a member reads, by topic and number. */
  readonly partitions: readonly GroupPartition[]
}

/** As DescribeGroups names them. */
export const groupStates = [
  'Stable',
  'PreparingRebalance',
  'CompletingRebalance',
  'Empty',
  'Dead',
] as const
export type GroupState = (typeof groupStates)[number]

export interface GroupMember {
  readonly memberId: string
  /** Of a static member, which keeps its partitions through a restart (KIP-345); null of others. */
  readonly instanceId: string | null
  readonly clientId: string
  /** Without the slash that Kafka puts before it. */
  readonly host: string
  /** Null while the group rebalances, or where its assignor keeps this to itself. */
  readonly assigned: readonly TopicPartitionName[] | null
}

export interface TopicPartitionName {
  readonly topic: string
  readonly partition: number
}

export interface GroupPartition extends TopicPartitionName {
  /** The next offset that the group reads; null where it has committed none. */
  readonly committed: number | null
  /** First offset and one past the last; null where the topic is gone or has no leader. */
  readonly start: number | null
  readonly end: number | null
  /** Who reads it now. */
  readonly memberId: string | null
}

/**
 * How many messages the group has yet to read; null where that cannot be said. Never negative: the
 * end is read after the commit, but a topic that was deleted and made again ends before it.
 */
export function messagesBehind({ committed, end }: GroupPartition): number | null {
  return committed === null || end === null ? null : Math.max(0, end - committed)
}

/** Over all partitions of which it can be said; null where there is none. */
export function totalBehind(partitions: readonly GroupPartition[]): number | null {
  const known = partitions.map(messagesBehind).filter((count) => count !== null)
  return known.length === 0 ? null : known.reduce((sum, count) => sum + count, 0)
}

/** A group in a list. */
export interface GroupSummary {
  readonly groupId: string
  readonly state: GroupState
  readonly memberCount: number
  readonly behind: number | null
}

export function summaryOf({ groupId, state, members, partitions }: ConsumerGroup): GroupSummary {
  return { groupId, state, memberCount: members.length, behind: totalBehind(partitions) }
}

/** Nobody is in the group: its offsets may be reset, and it may be deleted. */
export function hasNoMembers({ state }: Pick<ConsumerGroup, 'state'>): boolean {
  return state === 'Empty' || state === 'Dead'
}

/** Members that were given nothing to read. */
export function idleMembers({ members }: ConsumerGroup): readonly GroupMember[] {
  return members.filter(({ assigned }) => assigned !== null && assigned.length === 0)
}
