/**
 * Committed offsets: checked, stored, and only then visible and acknowledged. A commit that could
 * not be stored leaves everything as it was, and the client is told to try again.
 *
 * Differs from Kafka: the retention time that OffsetCommit v2–v4 may carry is not kept (Confluent
 * Cloud and later versions know only the broker's); a commit to a group without members starts the
 * retention of that offset anew, so that a reset made by a tool is never lost the next minute.
 */
import type { Clock } from '../../clock.ts'
import type { KafkaErrorName } from '../../errors.ts'
import type { GroupRules } from '../../rules/groups.ts'
import type { CommittedOffset } from '../../storage/storage.ts'
import type { TopicLookup } from '../topic-lookup.ts'
import type { CatalogueWriter, Outcome } from './catalogue-writer.ts'
import { expiredOffsets } from './expiry.ts'
import type { Group } from './group.ts'
import type { OffsetTable } from './offsets.ts'
import { isSubscribedTo } from './protocols.ts'

export interface OffsetToCommit {
  readonly topic: string
  readonly partition: number
  readonly offset: number
  /** -1 where the client does not know it. */
  readonly leaderEpoch: number
  readonly metadata: string
}

export interface PartitionOffset {
  readonly partition: number
  /** -1 where nothing is committed: that is no error. */
  readonly offset: number
  readonly leaderEpoch: number
  readonly metadata: string
}

export interface TopicOffsets {
  readonly topic: string
  readonly partitions: readonly PartitionOffset[]
}

export interface OffsetStore {
  /** Answers for each offset, in the order given. */
  commit(groupId: string, offsets: readonly OffsetToCommit[]): Promise<KafkaErrorName[]>
  /** The offsets of these partitions, or all that the group has where `topics` is null. */
  fetch(groupId: string, topics: readonly TopicPartitions[] | null): TopicOffsets[]
  /** Answers for each partition, in the order given. */
  delete(group: Group, partitions: readonly TopicPartition[]): Promise<KafkaErrorName[]>
  /** Deletes what has been kept for its time (KIP-211). */
  expire(group: Group): void
  /** Whether the group has offsets, or some are being written. */
  isInUse(groupId: string): boolean
}

interface OffsetPlace {
  readonly topicId: string
  readonly partition: number
}

export interface TopicPartition {
  readonly topic: string
  readonly partition: number
}

export interface TopicPartitions {
  readonly topic: string
  readonly partitions: readonly number[]
}

export interface OffsetStoreParts {
  readonly tenantId: string
  readonly clock: Clock
  readonly topics: TopicLookup
  readonly rules: GroupRules
  readonly table: OffsetTable
  readonly writer: CatalogueWriter
  readonly log: (line: string) => void
}

export function createOffsetStore(parts: OffsetStoreParts): OffsetStore {
  const { tenantId, clock, topics, rules, table, writer, log } = parts
  /** How many writes of each group are queued or under way. */
  const writing = new Map<string, number>()

  /** Resolves with whether the write was stored; `show` makes it visible, in the order of writes. */
  function write(
    groupId: string,
    begin: (outcome: Outcome) => void,
    show: () => void,
  ): Promise<boolean> {
    writing.set(groupId, (writing.get(groupId) ?? 0) + 1)
    return new Promise((resolve) => {
      function end(isStored: boolean): void {
        const left = (writing.get(groupId) ?? 1) - 1
        if (left > 0) writing.set(groupId, left)
        else writing.delete(groupId)
        if (isStored) show()
        resolve(isStored)
      }
      begin({
        stored: () => end(true),
        failed(error) {
          log(`Offsets of group ${groupId} in ${tenantId} could not be written: ${error}`)
          end(false)
        },
      })
    })
  }

  function refusalOf({ topic, partition, metadata }: OffsetToCommit): KafkaErrorName {
    if (!topics.hasPartition(topic, partition)) return 'UNKNOWN_TOPIC_OR_PARTITION'
    return Buffer.byteLength(metadata) > rules.offsetMetadataMaxBytes
      ? 'OFFSET_METADATA_TOO_LARGE'
      : 'NONE'
  }

  function remove(groupId: string, keys: readonly OffsetPlace[]): Promise<boolean> {
    const full = keys.map(({ topicId, partition }) => ({ tenantId, groupId, topicId, partition }))
    return write(
      groupId,
      (outcome) => writer.deleteOffsets(full, outcome),
      () => {
        for (const { topicId, partition } of keys) table.remove(groupId, topicId, partition)
      },
    )
  }

  return {
    async commit(groupId, offsets) {
      const answers = offsets.map(refusalOf)
      const accepted = new Map<number, CommittedOffset>()
      for (const [index, { topic, ...rest }] of offsets.entries()) {
        const topicId = topics.idOf(topic)
        if (answers[index] !== 'NONE' || topicId === undefined) continue
        accepted.set(index, { tenantId, groupId, topicId, ...rest, committedMs: clock.nowMs() })
      }
      if (accepted.size === 0) return answers
      const isStored = await write(
        groupId,
        (outcome) => writer.putOffsets([...accepted.values()], outcome),
        () => {
          for (const [index, offset] of accepted) {
            // The topic may have been deleted meanwhile; storage has dropped its offsets then.
            if (topics.nameOf(offset.topicId) !== undefined) table.put(offset)
            else answers[index] = 'UNKNOWN_TOPIC_OR_PARTITION'
          }
        },
      )
      return isStored ? answers : answers.map(retriable)
    },

    fetch(groupId, asked) {
      if (asked === null) return offsetsByTopic(table.ofGroup(groupId), topics)
      return asked.map(({ topic, partitions }) => {
        const topicId = topics.idOf(topic) ?? ''
        const found = partitions.map((partition) => {
          const offset = table.get(groupId, topicId, partition)
          return offset ?? { partition, offset: -1, leaderEpoch: -1, metadata: '' }
        })
        return { topic, partitions: found }
      })
    },

    async delete(group, partitions) {
      const { groupId } = group
      const answers: KafkaErrorName[] = partitions.map(({ topic, partition }) => {
        if (!topics.hasPartition(topic, partition)) return 'UNKNOWN_TOPIC_OR_PARTITION'
        return isSubscribedTo(group, topic) ? 'GROUP_SUBSCRIBED_TO_TOPIC' : 'NONE'
      })
      const doomed = partitions.flatMap(({ topic, partition }, index) => {
        const topicId = topics.idOf(topic)
        return answers[index] === 'NONE' && topicId !== undefined ? [{ topicId, partition }] : []
      })
      if (doomed.length === 0) return answers
      return (await remove(groupId, doomed)) ? answers : answers.map(retriable)
    },

    expire(group) {
      const { groupId } = group
      // What is being written is not old, and deleting it would undo an acknowledged commit.
      if (writing.has(groupId)) return
      const expired = expiredOffsets(group, table.ofGroup(groupId), parts)
      if (expired.length > 0) void remove(groupId, expired)
    },

    isInUse: (groupId) => table.hasAny(groupId) || writing.has(groupId),
  }
}

/** What could not be stored may be tried again; what was refused stays refused. */
function retriable(answer: KafkaErrorName): KafkaErrorName {
  return answer === 'NONE' ? 'COORDINATOR_NOT_AVAILABLE' : answer
}

function offsetsByTopic(offsets: readonly CommittedOffset[], topics: TopicLookup): TopicOffsets[] {
  const byTopic = new Map<string, PartitionOffset[]>()
  for (const offset of offsets) {
    const topic = topics.nameOf(offset.topicId)
    if (topic === undefined) continue
    const partitions = byTopic.get(topic)
    if (partitions === undefined) byTopic.set(topic, [offset])
    else partitions.push(offset)
  }
  return [...byTopic].map(([topic, partitions]) => ({ topic, partitions }))
}
