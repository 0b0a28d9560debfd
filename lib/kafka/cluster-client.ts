import type { KafkaRecord, RecordHeader } from '../../broker/protocol/records.ts'
import type { GroupChanger } from './group-changes.ts'
import type { GroupReader } from './groups.ts'

/**
 * What the console asks of a cluster, by the Kafka protocol alone: the same for a tenant of our
 * broker and, later, for any Apache Kafka cluster with a bootstrap address and a key.
 *
 * Every method rejects with a `KafkaFailure`. Offsets are exact numbers below 2^53.
 */
export interface ClusterClient {
  readonly admin: ClusterAdmin
  readonly groups: GroupReader
  readonly groupChanges: GroupChanger
  produce(record: RecordToProduce): Promise<ProducedAt>
  /** Writes them in one request per node, all or, where a node refuses, only a part. */
  produceAll(records: readonly RecordToProduce[]): Promise<readonly ProducedAt[]>
  /** Start and end of each partition, in order; rejects with `UNKNOWN_TOPIC_OR_PARTITION`. */
  readOffsets(topic: string): Promise<readonly PartitionOffsets[]>
  /** By partition, the first offset of this time or later; absent where every record is older. */
  readOffsetsAtTime(topic: string, timestampMs: number): Promise<ReadonlyMap<number, number>>
  /** Records of one partition from `fromOffset` on, oldest first, without joining a group. */
  readPartitionRange(range: PartitionRange): Promise<readonly PartitionRecord[]>
  /**
   * Follows partitions from given offsets: fetches wait at the broker until there is something.
   * Resolves when `signal` aborts, which closes the connections that the fetches are parked on.
   */
  watch(watch: Watch): Promise<void>
  /** Ends every connection. */
  close(): Promise<void>
}

export interface ClusterAdmin {
  /** Every topic, internal ones too, by name. */
  listTopics(): Promise<readonly TopicSummary[]>
  /** Null where there is no such topic. */
  describeTopic(name: string): Promise<TopicDescription | null>
  createTopic(topic: TopicToCreate): Promise<void>
  deleteTopic(name: string): Promise<void>
  /** Sets what has a value and takes back what is null; configs that are not named stay (KIP-339). */
  alterTopicConfigs(name: string, changes: Readonly<Record<string, string | null>>): Promise<void>
  /** Gives a topic more partitions, `count` in all; there is no way to have fewer. */
  createPartitions(name: string, count: number): Promise<void>
  /** Deletes every record written so far; offsets go on where they are. */
  deleteAllRecords(name: string): Promise<void>
}

export interface TopicSummary {
  readonly name: string
  readonly partitionCount: number
  /** Kafka's own, such as `__consumer_offsets`. */
  readonly isInternal: boolean
}

export interface TopicDescription extends TopicSummary {
  readonly replicaCount: number
  /** True where every replica of every partition is in sync. */
  readonly isInSync: boolean
  /** In order of their numbers. */
  readonly partitions: readonly TopicPartition[]
  readonly configs: readonly TopicConfigEntry[]
}

export interface TopicPartition {
  readonly partition: number
  /** Null where it has no leader just now. */
  readonly leader: number | null
  readonly replicas: readonly number[]
  readonly inSync: readonly number[]
}

export interface TopicConfigEntry {
  readonly name: string
  readonly value: string | null
  /** Set on this topic, not inherited. */
  readonly isOverride: boolean
  readonly isReadOnly: boolean
  /** What holds where the topic sets nothing, and where that comes from. */
  readonly inherited: { readonly value: string | null; readonly source: InheritedSource }
  /** What the cluster says about it; null where it says nothing. */
  readonly documentation: string | null
}

export type InheritedSource = 'cluster' | 'kafka'

export interface TopicToCreate {
  readonly name: string
  readonly partitionCount: number
  readonly configs: Readonly<Record<string, string>>
}

export interface RecordToProduce {
  readonly topic: string
  /** Absent: chosen from the key as Java's default partitioner does. */
  readonly partition?: number | undefined
  readonly key: Uint8Array | null
  readonly value: Uint8Array | null
  readonly headers: readonly RecordHeader[]
}

export interface ProducedAt {
  readonly partition: number
  readonly offset: number
}

export interface PartitionOffsets {
  readonly partition: number
  /** The first offset that can be read. */
  readonly start: number
  /** One past the last record: the high watermark. */
  readonly end: number
}

export interface PartitionRange {
  readonly topic: string
  readonly partition: number
  readonly fromOffset: number
  /** Exclusive. */
  readonly toOffset: number
  /** Which records stay where all of them together would be too large; the newest where absent. */
  readonly keep?: 'newest' | 'oldest'
  /** Reading ends with this many; offsets may be missing where the topic is compacted. */
  readonly recordsMax?: number
  readonly signal?: AbortSignal
}

/** A record with the partition that it was read from. */
export interface PartitionRecord extends KafkaRecord {
  readonly partition: number
  readonly timestampType: 'CreateTime' | 'LogAppendTime'
  /** Why it and what follows in its batch cannot be read; then `value` holds the batch's bytes. */
  readonly problem?: string
}

export interface Watch {
  readonly topic: string
  /** Next offset by partition; partitions that are absent are not followed. */
  readonly from: ReadonlyMap<number, number>
  readonly signal: AbortSignal
  /** Records as they arrive, in offset order within a partition; awaited before fetching on. */
  readonly onRecords: (records: readonly PartitionRecord[]) => void | Promise<void>
  /** Start and end of a partition, as the broker said with each answer. */
  readonly onOffsets?: (offsets: PartitionOffsets) => void
  /** Records left out because the follower was too far behind. */
  readonly onSkipped?: (count: number) => void
}
