import type { TopicPartitionName } from './consumer-groups.ts'

/**
 * The dry run of a reset: where each partition of a group would stand afterwards. What is carried
 * out commits these offsets and no others.
 */
export function planReset(
  partitions: readonly ResettablePartition[],
  target: ResetTarget,
): readonly PlannedOffset[] {
  return partitions.map((partition) => {
    const { topic, committed, end } = partition
    const { offset, note } = targetOf(partition, target)
    const difference = offset === null || committed === null ? null : offset - committed
    return { topic, partition: partition.partition, committed, offset, difference, end, note }
  })
}

export type ResetTarget =
  | { readonly to: 'earliest' }
  | { readonly to: 'latest' }
  | { readonly to: 'time'; readonly timeMs: number }
  | { readonly to: 'offset'; readonly offset: number }
  /** Negative goes back. */
  | { readonly to: 'shift'; readonly by: number }

export interface ResettablePartition extends TopicPartitionName {
  /** Null where the group has committed none. */
  readonly committed: number | null
  /** First offset and one past the last; null where the topic is gone or has no leader. */
  readonly start: number | null
  readonly end: number | null
  /** The first offset of the target's time or later; absent where every message is older. */
  readonly atTime?: number
}

export interface PlannedOffset extends TopicPartitionName {
  readonly committed: number | null
  /** Null: it is left as it is, and the note says why. */
  readonly offset: number | null
  /** Null where there is nothing to compare. */
  readonly difference: number | null
  /** One past the last message: what is between is read next. */
  readonly end: number | null
  readonly note: ResetNote | null
}

/** Why an offset is another one than was asked for. */
export const resetNotes = {
  'before-start': 'Deleted already: the first message that is left.',
  'after-end': 'Beyond the last message: the end.',
  'no-later-message': 'No message is as late as that: the end.',
  'nothing-to-shift': 'No committed offset to shift: left as it is.',
  'not-there': 'The topic is gone or has no leader: left as it is.',
} as const
export type ResetNote = keyof typeof resetNotes

/** What would be committed, of a plan: the rows that have an offset. */
export function offsetsOf(plan: readonly PlannedOffset[]): readonly OffsetToReset[] {
  return plan.flatMap(({ topic, partition, committed, offset }) =>
    offset === null ? [] : [{ topic, partition, committed, offset }],
  )
}

export interface OffsetToReset extends TopicPartitionName {
  /** What the dry run found committed. */
  readonly committed: number | null
  readonly offset: number
}

interface Found {
  readonly offset: number | null
  readonly note: ResetNote | null
}

function targetOf(partition: ResettablePartition, target: ResetTarget): Found {
  const { start, end, committed, atTime } = partition
  if (start === null || end === null) return { offset: null, note: 'not-there' }
  switch (target.to) {
    case 'earliest':
      return { offset: start, note: null }
    case 'latest':
      return { offset: end, note: null }
    case 'time':
      // As Kafka's own tool does: where no message is as late, the end.
      return atTime === undefined
        ? { offset: end, note: 'no-later-message' }
        : within({ start, end }, atTime)
    case 'offset':
      return within({ start, end }, target.offset)
    case 'shift':
      return committed === null
        ? { offset: null, note: 'nothing-to-shift' }
        : within({ start, end }, committed + target.by)
  }
}

function within({ start, end }: { start: number; end: number }, offset: number): Found {
  if (offset < start) return { offset: start, note: 'before-start' }
  if (offset > end) return { offset: end, note: 'after-end' }
  return { offset, note: null }
}
