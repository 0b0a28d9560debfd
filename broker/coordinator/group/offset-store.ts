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
import type { CatalogueWriter, Ended } from './catalogue-writer.ts'
import { expiredOffsets } from './expiry.ts'
import type { Group } from './group.ts'
import { type OffsetTable, weightOfOffset } from './offsets.ts'
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
}

export class OffsetStore {
  readonly #parts: OffsetStoreParts
  /** How many writes of each group are queued or under way. */
  readonly #writing = new Map<string, number>()
  /** What commits that are not stored yet will take. */
  #comingBytes = 0

  constructor(parts: OffsetStoreParts) {
    this.#parts = parts
  }

  /** Answers for each offset, in the order given. */
  async commit(groupId: string, offsets: readonly OffsetToCommit[]): Promise<KafkaErrorName[]> {
    const { tenantId, topics, clock, table, writer } = this.#parts
    const answers = this.#refusalsOf(groupId, offsets)
    const accepted = new Map<number, CommittedOffset>()
    for (const [index, { topic, ...rest }] of offsets.entries()) {
      const topicId = topics.idOf(topic)
      if (answers[index] !== 'NONE' || topicId === undefined) continue
      accepted.set(index, { tenantId, groupId, topicId, ...rest, committedMs: clock.nowMs() })
    }
    if (accepted.size === 0) return answers
    const comingBytes = [...accepted.values()].reduce((sum, one) => sum + weightOfOffset(one), 0)
    this.#comingBytes += comingBytes
    const isStored = await this.#write(
      groupId,
      (ended) => writer.putOffsets([...accepted.values()], ended),
      () => {
        for (const [index, offset] of accepted) {
          // The topic may have been deleted meanwhile; storage has dropped its offsets then.
          if (topics.nameOf(offset.topicId) !== undefined) table.put(offset)
          else answers[index] = 'UNKNOWN_TOPIC_OR_PARTITION'
        }
      },
    )
    this.#comingBytes -= comingBytes
    return isStored ? answers : answers.map(retriable)
  }

  /** The offsets of these partitions, or all that the group has where `asked` is null. */
  fetch(groupId: string, asked: readonly TopicPartitions[] | null): TopicOffsets[] {
    const { topics, table } = this.#parts
    if (asked === null) return offsetsByTopic(table.ofGroup(groupId), topics)
    return asked.map(({ topic, partitions }) => {
      const topicId = topics.idOf(topic) ?? ''
      const found = partitions.map((partition) => {
        const offset = table.get(groupId, topicId, partition)
        return offset ?? { partition, offset: -1, leaderEpoch: -1, metadata: '' }
      })
      return { topic, partitions: found }
    })
  }

  /** Answers for each partition, in the order given. */
  async delete(group: Group, partitions: readonly TopicPartition[]): Promise<KafkaErrorName[]> {
    const { topics } = this.#parts
    const answers: KafkaErrorName[] = partitions.map(({ topic, partition }) => {
      if (!topics.hasPartition(topic, partition)) return 'UNKNOWN_TOPIC_OR_PARTITION'
      return isSubscribedTo(group, topic) ? 'GROUP_SUBSCRIBED_TO_TOPIC' : 'NONE'
    })
    const doomed = partitions.flatMap(({ topic, partition }, index) => {
      const topicId = topics.idOf(topic)
      return answers[index] === 'NONE' && topicId !== undefined ? [{ topicId, partition }] : []
    })
    if (doomed.length === 0) return answers
    return (await this.#remove(group.groupId, doomed)) ? answers : answers.map(retriable)
  }

  /** Deletes what has been kept for its time (KIP-211). */
  expire(group: Group): void {
    const { groupId } = group
    // What is being written is not old, and deleting it would undo an acknowledged commit.
    if (this.#writing.has(groupId)) return
    const expired = expiredOffsets(group, this.#parts.table.ofGroup(groupId), this.#parts)
    if (expired.length > 0) void this.#remove(groupId, expired)
  }

  /** Whether the group has offsets, or some are being written. */
  isInUse(groupId: string): boolean {
    return this.#parts.table.hasAny(groupId) || this.#writing.has(groupId)
  }

  /** What is wrong with each; NONE where it may be committed. Others may be where there is no more room. */
  #refusalsOf(groupId: string, offsets: readonly OffsetToCommit[]): KafkaErrorName[] {
    const { table, topics, rules } = this.#parts
    let roomBytes = rules.offsetBytesMax - table.sizeBytes - this.#comingBytes
    return offsets.map((offset) => {
      const refusal = this.#refusalOf(offset)
      if (refusal !== 'NONE') return refusal
      const known = table.get(groupId, topics.idOf(offset.topic) ?? '', offset.partition)
      const addedBytes = weightOfOffset({ groupId, ...offset }) - weightOfOffset(known)
      // What is there may always go on, as long as it takes no more than before.
      if (addedBytes > 0 && addedBytes > roomBytes) return 'INVALID_COMMIT_OFFSET_SIZE'
      roomBytes -= addedBytes
      return 'NONE'
    })
  }

  #refusalOf({ topic, partition, metadata }: OffsetToCommit): KafkaErrorName {
    const { topics, rules } = this.#parts
    if (!topics.hasPartition(topic, partition)) return 'UNKNOWN_TOPIC_OR_PARTITION'
    return Buffer.byteLength(metadata) > rules.offsetMetadataMaxBytes
      ? 'OFFSET_METADATA_TOO_LARGE'
      : 'NONE'
  }

  #remove(groupId: string, places: readonly OffsetPlace[]): Promise<boolean> {
    const { tenantId, table, writer } = this.#parts
    const keys = places.map(({ topicId, partition }) => ({
      tenantId,
      groupId,
      topicId,
      partition,
    }))
    return this.#write(
      groupId,
      (ended) => writer.deleteOffsets(keys, ended),
      () => {
        for (const { topicId, partition } of keys) table.remove(groupId, topicId, partition)
      },
    )
  }

  /** Resolves with whether the write was stored; `show` makes it visible, in the order of writes. */
  #write(groupId: string, begin: (ended: Ended) => void, show: () => void): Promise<boolean> {
    this.#writing.set(groupId, (this.#writing.get(groupId) ?? 0) + 1)
    return new Promise((resolve) => {
      begin((isStored) => {
        const left = (this.#writing.get(groupId) ?? 1) - 1
        if (left > 0) this.#writing.set(groupId, left)
        else this.#writing.delete(groupId)
        if (isStored) show()
        resolve(isStored)
      })
    })
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
