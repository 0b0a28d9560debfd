import type { ConsumerGroup, GroupPartition } from '../../lib/format/consumer-groups.ts'
import { formatCount } from '../../lib/format/numbers.ts'

/**
 * What can only be told from several looks at a group: how fast offsets move. A pure reducer over
 * what each look brought.
 */
export interface GroupPace {
  readonly groupId: string
  readonly looks: readonly Look[]
}

interface Look {
  readonly takenMs: number
  readonly offsets: ReadonlyMap<string, Offsets>
}

interface Offsets {
  readonly committed: number | null
  readonly end: number | null
}

/** Commits come in jumps (every 5 s by default), so that a shorter time would say nothing or too much. */
const paceMs = 20_000

export function addLook(
  before: GroupPace | null,
  { takenMs, group }: { takenMs: number; group: ConsumerGroup },
): GroupPace {
  const looks = before?.groupId === group.groupId ? before.looks : []
  const last = looks.at(-1)
  if (last !== undefined && last.takenMs >= takenMs) return { groupId: group.groupId, looks }
  const offsets = new Map(group.partitions.map((one) => [keyOf(one), one]))
  const recent = looks.filter((look) => look.takenMs >= takenMs - paceMs)
  return { groupId: group.groupId, looks: [...recent, { takenMs, offsets }] }
}

/** Messages per second over the last looks; null where one look is all there is. */
export interface Pace {
  readonly written: number | null
  readonly read: number | null
}

export function paceOf(pace: GroupPace | null, partition: GroupPartition): Pace {
  const looks = pace?.looks ?? []
  const first = looks[0]
  const last = looks.at(-1)
  if (first === undefined || last === undefined || first === last) {
    return { written: null, read: null }
  }
  const [from, to] = [first, last].map(({ offsets }) => offsets.get(keyOf(partition)))
  const perSecond = (name: keyof Offsets) => {
    const [start, end] = [from?.[name] ?? null, to?.[name] ?? null]
    if (start === null || end === null) return null
    return (Math.max(0, end - start) * 1000) / (last.takenMs - first.takenMs)
  }
  return { written: perSecond('end'), read: perSecond('committed') }
}

function keyOf({ topic, partition }: Pick<GroupPartition, 'topic' | 'partition'>): string {
  return `${topic} ${partition}`
}

/** `1.1 msg/s`, `12,346 msg/s`. */
export function formatPace(messagesPerSecond: number): string {
  const isWhole = messagesPerSecond >= 100 || Number.isInteger(messagesPerSecond)
  const text = isWhole ? formatCount(Math.round(messagesPerSecond)) : messagesPerSecond.toFixed(1)
  return `${text} msg/s`
}
