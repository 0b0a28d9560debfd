/**
 * One incremental fetch session (KIP-227): the partitions that a consumer reads, as it last asked for
 * them, and what it was last told, so that neither side has to repeat what has not changed.
 *
 * The partitions stand in the order in which they are read. One that had records goes to the end, so
 * that a busy one cannot starve the others of an answer's bytes.
 */
export class FetchSession {
  readonly id: number
  /** Whether its requests name topics by id (Fetch v13+) or by name; a session never mixes them. */
  readonly usesTopicIds: boolean
  /** Of the connection that opened it; others may go on with it. */
  readonly connectionId: number
  /** What the next request has to say. */
  expectedEpoch = FIRST_EPOCH
  lastUsedMs: number
  readonly #partitions = new Map<string, SessionPartition>()

  constructor(options: FetchSessionOptions) {
    this.id = options.id
    this.usesTopicIds = options.usesTopicIds
    this.connectionId = options.connectionId
    this.lastUsedMs = options.nowMs
  }

  get partitionCount(): number {
    return this.#partitions.size
  }

  /** In the order in which they are to be read. */
  partitions(): readonly AskedPartition[] {
    return [...this.#partitions.values()].map(({ asked }) => asked)
  }

  /** How many partitions there would be with these ones too. */
  countWith(asked: readonly AskedPartition[]): number {
    const added = new Set(
      asked.map((each) => this.#key(each)).filter((key) => !this.#partitions.has(key)),
    )
    return this.#partitions.size + added.size
  }

  /** Adds partitions, or takes over what is asked of those that are there: their new offsets. */
  ask(asked: readonly AskedPartition[]): void {
    for (const each of asked) {
      const known = this.#partitions.get(this.#key(each))
      if (known === undefined) this.#partitions.set(this.#key(each), { asked: each, told: null })
      else known.asked = each
    }
  }

  forget(partition: PartitionName): void {
    this.#partitions.delete(this.#key(partition))
  }

  /**
   * Takes note of what the answer says of a partition; gives back whether it has to say it. It need
   * not where there are no records and nothing differs from what was told before. An error is told
   * every time, and so is what comes after it.
   */
  tell(name: PartitionName, news: PartitionNews): boolean {
    const key = this.#key(name)
    const partition = this.#partitions.get(key)
    if (partition === undefined) return true
    const { told } = partition
    partition.told = news.errorCode === 0 ? news : null
    if (news.sizeBytes > 0) {
      this.#partitions.delete(key)
      this.#partitions.set(key, partition)
    }
    return (
      news.sizeBytes > 0 ||
      told === null ||
      news.errorCode !== 0 ||
      told.highWatermark !== news.highWatermark ||
      told.logStartOffset !== news.logStartOffset
    )
  }

  /** A number has no slash in it, so that no two partitions can share a key, whatever their topics are called. */
  #key({ topic, topicId, partition }: PartitionName): string {
    return `${this.usesTopicIds ? topicId : topic}/${partition}`
  }
}

export interface FetchSessionOptions {
  readonly id: number
  readonly usesTopicIds: boolean
  readonly connectionId: number
  readonly nowMs: number
}

/** Epoch 0 opens a session; after 2^31-1 comes 1 again. */
export function epochAfter(epoch: number): number {
  return epoch === EPOCH_MAX ? FIRST_EPOCH : epoch + 1
}

export interface PartitionName {
  /** Empty where the session goes by ids. */
  readonly topic: string
  readonly topicId: string
  readonly partition: number
}

/** A partition as a client asks for it. */
export interface AskedPartition extends PartitionName {
  readonly fetchOffset: number
  readonly currentLeaderEpoch: number
  readonly partitionMaxBytes: number
}

/** What an answer says of a partition. */
export interface PartitionNews {
  readonly errorCode: number
  readonly highWatermark: number
  readonly logStartOffset: number
  /** Of the records. */
  readonly sizeBytes: number
}

interface SessionPartition {
  asked: AskedPartition
  /** Null where the next answer has to say everything. */
  told: PartitionNews | null
}

const FIRST_EPOCH = 1
const EPOCH_MAX = 0x7fffffff
