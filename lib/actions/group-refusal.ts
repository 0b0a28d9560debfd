import { failed } from '../errors.ts'
import type { ConsumerGroup } from '../format/consumer-groups.ts'
import { whyActive } from '../format/group-activity.ts'
import { formatCount } from '../format/numbers.ts'
import type { OffsetToReset } from '../format/offset-reset.ts'
import { asKafkaFailure } from '../kafka/failure.ts'
import type { ActionError } from './result.ts'

/** What a coordinator refused about a group, in words that name it: Kafka's own say only the rule. */
export function groupRefusal(error: unknown, groupId: string): { error: ActionError } {
  const kafka = asKafkaFailure(error)
  if (kafka === null) throw error
  const sentence = sentences[kafka.code]?.(groupId)
  return { error: { code: kafka.code, message: sentence ?? kafka.message } }
}

const hasMembers = (groupId: string) =>
  `${groupId} has members. Stop them first; nothing was changed.`
const isGone = (groupId: string) => `There is no consumer group ${groupId} any more.`

const sentences: Readonly<Record<string, (groupId: string) => string>> = {
  // How a coordinator refuses who commits as nobody while there is somebody.
  UNKNOWN_MEMBER_ID: hasMembers,
  ILLEGAL_GENERATION: hasMembers,
  REBALANCE_IN_PROGRESS: hasMembers,
  NON_EMPTY_GROUP: hasMembers,
  GROUP_SUBSCRIBED_TO_TOPIC: (groupId) =>
    `A member of ${groupId} is subscribed to this topic. Stop it first; nothing was changed.`,
  GROUP_ID_NOT_FOUND: isGone,
}

/** Why a dry run no longer holds, or null. */
export function movedSince({
  groupId,
  group,
  offsets,
}: {
  readonly groupId: string
  /** As it is now, with all partitions of the topics; null where it is gone. */
  readonly group: ConsumerGroup | null
  readonly offsets: readonly OffsetToReset[]
}): ActionError | null {
  if (group === null) return { code: 'GROUP_ID_NOT_FOUND', message: isGone(groupId) }
  const active = whyActive(group)
  if (active !== null) return { code: 'NON_EMPTY_GROUP', message: active }
  const now = new Map(group.partitions.map((one) => [`${one.topic} ${one.partition}`, one]))
  for (const { topic, partition, committed, offset } of offsets) {
    const at = now.get(`${topic} ${partition}`)
    const where = `Partition ${partition} of ${topic}`
    if (at === undefined || at.start === null || at.end === null) {
      return moved(`${where} is gone or has no leader.`)
    }
    if (at.committed !== committed) {
      return moved(`${where} is now at ${said(at.committed)}, not at ${said(committed)}.`)
    }
    if (offset < at.start) {
      return moved(
        `${where} now begins at ${formatCount(at.start)}, behind ${formatCount(offset)}.`,
      )
    }
    if (offset > at.end) {
      return moved(`${where} now ends at ${formatCount(at.end)}, before ${formatCount(offset)}.`)
    }
  }
  return null
}

function moved(what: string): ActionError {
  const { error } = failed('OFFSETS_MOVED')
  return { ...error, message: `${what} ${error.message}` }
}

function said(committed: number | null): string {
  return committed === null ? 'no offset' : formatCount(committed)
}
