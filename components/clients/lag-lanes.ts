import {
  type ConsumerGroup,
  type GroupMember,
  type GroupPartition,
  idleMembers,
  messagesBehind,
} from '../../lib/format/consumer-groups.ts'

/** What the drawing of a topic's lag shows, without drawing it. */
export interface TopicLanes {
  readonly topic: string
  /** Every lane shows this many messages at most, the newest at its right end. */
  readonly messagesShown: number
  /** Lanes side by side with who reads them; those that nobody reads come last. */
  readonly blocks: readonly LaneBlock[]
  /** Partitions that the drawing leaves to the table. */
  readonly leftOut: number
}

export interface LaneBlock {
  /** Null: no member reads these. */
  readonly member: GroupMember | null
  /** The member's place in the group, which gives it its colour. */
  readonly memberIndex: number
  readonly lanes: readonly Lane[]
}

export interface Lane {
  readonly at: GroupPartition
  readonly behind: number | null
  /** Where messages begin and where the group stands, from 0 at the left to 1 at the end. */
  readonly startShare: number
  /** Null where nothing was committed, or the end is not known. */
  readonly currentShare: number | null
}

const messagesShownMax = 400
const lanesMax = 60

export function topicLanes(group: ConsumerGroup): readonly TopicLanes[] {
  const topics = [...new Set(group.partitions.map(({ topic }) => topic))]
  return topics.map((topic) => {
    const all = group.partitions.filter((partition) => partition.topic === topic)
    const drawn = furthestBehind(all)
    const messagesShown = Math.min(messagesShownMax, Math.max(1, ...drawn.map(kept)))
    const lanes = drawn.map((at) => laneOf(at, messagesShown))
    const blocks = [...group.members.entries(), [0, null] as const].map(
      ([memberIndex, member]) => ({
        member,
        memberIndex,
        lanes: lanes.filter(({ at }) => at.memberId === (member?.memberId ?? null)),
      }),
    )
    return {
      topic,
      messagesShown,
      blocks: blocks.filter(({ lanes: own }) => own.length > 0),
      leftOut: all.length - drawn.length,
    }
  })
}

/** In order of their numbers, but where there are too many, those that matter. */
function furthestBehind(partitions: readonly GroupPartition[]): readonly GroupPartition[] {
  if (partitions.length <= lanesMax) return partitions
  const chosen = new Set(
    [...partitions]
      .sort((a, b) => (messagesBehind(b) ?? -1) - (messagesBehind(a) ?? -1))
      .slice(0, lanesMax),
  )
  return partitions.filter((partition) => chosen.has(partition))
}

function kept({ start, end }: GroupPartition): number {
  return start === null || end === null ? 0 : end - start
}

function laneOf(at: GroupPartition, messagesShown: number): Lane {
  const { start, committed, end } = at
  const share = (offset: number) =>
    end === null ? 0 : Math.min(1, Math.max(0, 1 - (end - offset) / messagesShown))
  return {
    at,
    behind: messagesBehind(at),
    startShare: start === null ? 0 : share(start),
    currentShare: committed === null || end === null ? null : share(committed),
  }
}

/** `2 partitions, 3 consumers: one has nothing to read`; null where everybody has something. */
export function idleSentence(group: ConsumerGroup): string | null {
  const idle = idleMembers(group).length
  if (idle === 0) return null
  const partitions = group.partitions.filter(({ memberId }) => memberId !== null).length
  const shared = `${counted(partitions, 'partition')}, ${counted(group.members.length, 'consumer')}`
  return `${shared}: ${idle === 1 ? 'one has' : `${idle} have`} nothing to read`
}

function counted(count: number, word: string): string {
  return `${count} ${word}${count === 1 ? '' : 's'}`
}
