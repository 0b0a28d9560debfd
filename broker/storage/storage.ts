import type { OpenListenerSettings } from '../rules/open-listener.ts'

/**
 * What the broker asks of its storage: chunks, ranges and small keyed records, in plain data.
 *
 * Invariants
 * - Knows no Kafka response, error code or Prisma type. Kafka's semantics live in `broker/log`.
 * - Every method is asynchronous, and its arguments and results survive `structuredClone`:
 *   the Prisma implementation runs in a worker thread.
 * - A resolved promise of a writing method means that the write survives `kill -9`.
 * - Calls are carried out in the order in which they are made, also where none was waited for.
 * - A call that cannot be carried out rejects with a `StorageFailure` (`failure.ts`) and changes
 *   nothing. One that contradicts what is stored (a taken name, an absent owner) is a CONSTRAINT.
 * - Bytes that were written or read are not to be changed afterwards: memory storage keeps them.
 * - Offsets, sizes and times are integers below 2^53. Times are milliseconds since the epoch.
 * - A partition id is given out by `createTopics` / `addPartitions` and never used again.
 */
export interface Storage {
  readonly catalogue: CatalogueStore
  readonly log: LogStore
  /** Finishes what was begun, then releases files and threads. */
  close(): Promise<void>
}

// ─── Catalogue: which tenants, keys, topics, partitions, groups and offsets exist ───────────

export interface TenantRecord {
  /** `lkc-…`, chosen by the caller. */
  readonly id: string
  /** `BASIC` or `STANDARD`; decides the limits that `rules/limits.ts` enforces. */
  readonly type: string
  /** Limits raised or lowered for this tenant by a preset, by name. */
  readonly limits: Readonly<Record<string, number>>
  readonly createdMs: number
}

export interface ApiKeyRecord {
  /** 16 characters, unique in the whole installation. */
  readonly key: string
  readonly tenantId: string
  /** SHA-256 of the secret, 32 bytes. */
  readonly secretHash: Uint8Array
  readonly createdMs: number
}

/** Whether and how programs on this machine reach a tenant without a key. A tenant has at most one. */
export interface OpenListenerRecord extends OpenListenerSettings {
  readonly tenantId: string
}

export interface TopicRecord {
  /** Kafka's topic id: 16 random bytes as 22 characters of URL-safe base64. */
  readonly id: string
  readonly tenantId: string
  readonly name: string
  /** Only what was set on this topic; defaults are `rules/topic-configs.ts`. */
  readonly config: Readonly<Record<string, string>>
  readonly createdMs: number
  /** Surrogate partition ids; the index is Kafka's partition number. */
  readonly partitionIds: readonly number[]
}

export interface NewTopic extends Omit<TopicRecord, 'partitionIds'> {
  readonly partitionCount: number
}

export interface GroupRecord {
  readonly tenantId: string
  readonly groupId: string
  readonly protocolType: string
  /** Generation of the last completed rebalance, so that it never goes back. */
  readonly generation: number
  /** When the last member left; null while there are members. Offsets expire from here (KIP-211). */
  readonly emptySinceMs: number | null
}

export interface CommittedOffset {
  readonly tenantId: string
  readonly groupId: string
  readonly topicId: string
  readonly partition: number
  readonly offset: number
  readonly leaderEpoch: number
  readonly metadata: string
  readonly committedMs: number
}

/** Names committed offsets to delete; every one of the topic's partitions where `partition` is absent. */
export interface OffsetKey {
  readonly tenantId: string
  readonly groupId: string
  readonly topicId: string
  readonly partition?: number
}

export interface CatalogueSnapshot {
  readonly tenants: readonly TenantRecord[]
  readonly apiKeys: readonly ApiKeyRecord[]
  readonly openListeners: readonly OpenListenerRecord[]
  readonly topics: readonly TopicRecord[]
  readonly groups: readonly GroupRecord[]
  readonly offsets: readonly CommittedOffset[]
}

/** Each method is one commit. Putting what is there replaces it; deleting what is absent is no error. */
export interface CatalogueStore {
  load(): Promise<CatalogueSnapshot>
  putTenant(tenant: TenantRecord): Promise<void>
  /** Its keys, open listener, topics, groups and offsets go in the same commit. */
  deleteTenant(tenantId: string): Promise<void>
  putApiKey(apiKey: ApiKeyRecord): Promise<void>
  deleteApiKey(key: string): Promise<void>
  putOpenListener(listener: OpenListenerRecord): Promise<void>
  /** All or none. Resolves with the records in the order given, partition ids filled in. */
  createTopics(topics: readonly NewTopic[]): Promise<readonly TopicRecord[]>
  /** Resolves with the surrogate ids of the added partitions, in order. */
  addPartitions(topicId: string, count: number): Promise<readonly number[]>
  /** Their partitions and committed offsets go in the same commit; chunks are swept later. */
  deleteTopics(topicIds: readonly string[]): Promise<void>
  /** Replaces the whole set of overrides. */
  putTopicConfig(topicId: string, config: Readonly<Record<string, string>>): Promise<void>
  /** Those of tenants deleted meanwhile are left out, as if the deletion had come later. */
  putGroups(groups: readonly GroupRecord[]): Promise<void>
  /** Their committed offsets go in the same commit. */
  deleteGroups(tenantId: string, groupIds: readonly string[]): Promise<void>
  /**
   * Commits of many groups at once: what arrived while the last call was being written. Offsets of
   * topics deleted meanwhile are left out; a group need not have a row.
   */
  putOffsets(offsets: readonly CommittedOffset[]): Promise<void>
  deleteOffsets(keys: readonly OffsetKey[]): Promise<void>
  /** Reserves `count` producer ids; resolves with the first. Never hands one out twice. */
  reserveProducerIds(count: number): Promise<number>
}

// ─── Log: what is in the partitions ─────────────────────────────────────────────────────────

/** Consecutive record batches of one partition, stored and read as one row. At most about 1 MiB. */
export interface Chunk extends ChunkInfo {
  /** Record batches as Kafka lays them out, one after another, offsets assigned. */
  readonly bytes: Uint8Array
}

export interface ChunkInfo {
  readonly partitionId: number
  readonly baseOffset: number
  /** One past the last offset of the chunk. */
  readonly nextOffset: number
  /** Largest record timestamp in this chunk. */
  readonly maxTimestampMs: number
  readonly sizeBytes: number
}

export interface ChunkWrite extends Chunk {
  /** Producer entries of its batches, encoded by `log/producer-state.ts`; opaque here. Empty for none. */
  readonly producers: Uint8Array
  /** Largest record timestamp of the partition up to and including this chunk (never falls). */
  readonly runningMaxTimestampMs: number
}

/** Snapshot of a partition's producer state as of `offset` (everything below it is included). */
export interface ProducerSnapshot {
  readonly offset: number
  readonly bytes: Uint8Array
}

/** The one row that a partition has in the log, written with the chunks it describes. */
export interface PartitionRecord {
  readonly partitionId: number
  readonly logStartOffset: number
  readonly nextOffset: number
  /** Sum of `sizeBytes` of its chunks. */
  readonly sizeBytes: number
}

export interface PartitionUpdate extends PartitionRecord {
  /** Replaces the stored snapshot where given. */
  readonly snapshot?: ProducerSnapshot
}

/** How far compaction has come in a partition. */
export interface CompactionMark {
  /** Below it no key occurs twice. */
  readonly cleanOffset: number
  /** When the first of the tombstones below it may go; null where none waits for that. */
  readonly tombstonesDueMs: number | null
}

/** Puts chunks in the place of all those that cover the offsets from `baseOffset` to before `nextOffset`. */
export interface ChunkReplacement {
  readonly partitionId: number
  readonly baseOffset: number
  readonly nextOffset: number
  /** In order, within the range, without overlap; none where no record of it is left. */
  readonly chunks: readonly Chunk[]
  /** Replaces the stored snapshot where given. */
  readonly snapshot?: ProducerSnapshot
}

/** Written in one transaction: every chunk, and the row of each partition that they touch. */
export interface LogWrite {
  readonly chunks: readonly ChunkWrite[]
  readonly partitions: readonly PartitionUpdate[]
}

/** What a partition needs at start-up. Never contains record bytes. */
export interface StoredPartition extends PartitionRecord {
  /** That of its last chunk; -1 where it has none. */
  readonly runningMaxTimestampMs: number
  readonly snapshot: ProducerSnapshot | null
  /** `producers` of the chunks that end after the snapshot, oldest first; empty ones left out. */
  readonly producers: readonly Uint8Array[]
  readonly compaction: CompactionMark
}

export interface LogStore {
  /**
   * Whether bytes are the caller's to free: those that `read` gave, and those that `write` was called
   * with. Absent where storage keeps them.
   */
  readonly givesBytesAway?: boolean
  /** The partitions that have a row; one never appended to has none. */
  load(): Promise<readonly StoredPartition[]>
  /**
   * A chunk comes with its partition's row and goes on where its partition ends, and no row goes
   * back; anything else is a CONSTRAINT.
   */
  write(write: LogWrite): Promise<void>
  /**
   * Chunks from the one that holds `offset` (or the next after it) on: at least one where there is
   * any, then more while their sum stays within `maxBytes`.
   */
  read(partitionId: number, offset: number, maxBytes: number): Promise<readonly Chunk[]>
  /** As `read`, but without bytes: up to `limit` chunks. */
  list(partitionId: number, offset: number, limit: number): Promise<readonly ChunkInfo[]>
  /** The first chunk with a record at or after `timestampMs`, or null. */
  findByTimestamp(partitionId: number, timestampMs: number): Promise<ChunkInfo | null>
  /** The chunk that holds the partition's largest timestamp (the first such), or null. */
  findMaxTimestamp(partitionId: number): Promise<ChunkInfo | null>
  /**
   * Deletes the chunks that lie wholly below `update.logStartOffset` and writes the row, in one
   * transaction. The row's new `sizeBytes` is computed by storage; resolves with it.
   */
  truncateBefore(update: Omit<PartitionUpdate, 'sizeBytes'>): Promise<number>
  /**
   * Replaces chunks and corrects the size in the partition's row, in one transaction; resolves with
   * that size. No offset moves. The bytes given are storage's from then on, also where it fails.
   *
   * CONSTRAINT where the range is empty of chunks, cuts through one or goes beyond the log, where the
   * new chunks do not fit into it or have a larger timestamp than all that they replace, and where
   * producer entries would be lost: those of replaced chunks go, so a snapshot has to include them.
   */
  replaceChunks(replacement: ChunkReplacement): Promise<number>
  /** Puts the partition's mark, if it has a row. */
  putCompaction(partitionId: number, mark: CompactionMark): Promise<void>
  /**
   * Deletes up to `limit` chunks of partitions not in `known`. Resolves with how many it deleted;
   * 0 means that nothing is left to sweep. `known` has to be gathered in the same tick as the call,
   * or a partition made in between would be swept.
   */
  sweep(known: readonly number[], limit: number): Promise<number>
  /**
   * Gives up to `pages` freed pages back to the file system, none for 0; resolves with the pages still
   * free.
   */
  vacuum(pages: number): Promise<number>
  /** What chunks take in files just now. */
  space(): Promise<SpaceUse>
  /** Brings what was written into its file, and makes what it was kept in meanwhile as small as can be. */
  checkpoint(): Promise<void>
}

export interface SpaceUse {
  /** In pages of which something is used, so it is more than chunks are long. */
  readonly usedBytes: number
  /** In pages that are free: to be used again before a file grows, or to be given back. */
  readonly freeBytes: number
  readonly pageBytes: number
}
