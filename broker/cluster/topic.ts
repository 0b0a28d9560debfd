import type { LogConfig } from '../log/log-config.ts'
import type { PartitionLog } from '../log/partition-log.ts'
import type { PartitionLogs } from '../log/partition-logs.ts'
import { createTrafficCounters, type TrafficCounters } from '../metrics/counters.ts'
import type { TopicRecord } from '../storage/storage.ts'
import { logConfigOf } from './log-config.ts'

/**
 * One topic of one tenant: its identity, its configs and the logs of its partitions.
 *
 * Only `Topics` changes it, and only after the change has been stored.
 */
export class Topic {
  /** 16 bytes as 22 characters of URL-safe base64. A topic created again has another. */
  readonly id: string
  readonly name: string
  readonly createdMs: number
  readonly counters: TrafficCounters = createTrafficCounters()
  /** Kafka marks the topics that it keeps for itself; none of ours is one. */
  readonly internal = false

  readonly #tenantId: string
  readonly #logs: PartitionLogs
  readonly #nodeIds: readonly number[]
  readonly #partitions: PartitionLog[] = []
  readonly #partitionIds: number[] = []
  #config: Readonly<Record<string, string>> = {}
  #logConfig: LogConfig

  constructor(record: TopicRecord, logs: PartitionLogs, nodeIds: readonly number[]) {
    this.id = record.id
    this.name = record.name
    this.createdMs = record.createdMs
    this.#tenantId = record.tenantId
    this.#logs = logs
    this.#nodeIds = nodeIds
    this.#config = record.config
    this.#logConfig = logConfigOf(record.config)
    this.addPartitions(record.partitionIds)
  }

  /** What was set on this topic; `rules/topic-configs.ts` says what holds beside it. */
  get config(): Readonly<Record<string, string>> {
    return this.#config
  }

  /** The configs that hold, as the partitions' logs obey them. */
  get logConfig(): LogConfig {
    return this.#logConfig
  }

  /** The index is Kafka's partition number. */
  get partitions(): readonly PartitionLog[] {
    return this.#partitions
  }

  /** What storage calls the partitions, in the same order. */
  get partitionIds(): readonly number[] {
    return this.#partitionIds
  }

  /** The node that leads a partition: the partitions of a topic go round the nodes. */
  leaderOf(partition: number): number {
    return this.#nodeAt(partition)
  }

  /**
   * The nodes that hold a partition, its leader first, as Kafka lists the preferred leader. All of
   * them do: they share one store.
   */
  replicasOf(partition: number): readonly number[] {
    return this.#nodeIds.map((_, i) => this.#nodeAt(partition + i))
  }

  /** Takes over configs that have been stored; the logs obey them from now on. */
  setConfig(config: Readonly<Record<string, string>>): void {
    this.#config = config
    this.#logConfig = logConfigOf(config)
  }

  /** Opens the logs of partitions that have been stored. */
  addPartitions(partitionIds: readonly number[]): void {
    for (const partitionId of partitionIds) {
      this.#partitionIds.push(partitionId)
      const partition = this.#partitions.length
      const config = () => this.#logConfig
      const describe = () => `${this.#tenantId} ${this.name}-${partition}`
      this.#partitions.push(this.#logs.open(partitionId, config, describe))
    }
  }

  #nodeAt(position: number): number {
    // Surrogate ids run on from topic to topic, so that topics of one partition are spread too, and
    // a topic keeps its leaders over a restart.
    const first = this.#partitionIds[0] ?? 0
    const node = this.#nodeIds[(first + position) % this.#nodeIds.length]
    if (node === undefined) throw new Error('A broker has at least one node.')
    return node
  }
}
