import { brokerLimit } from '../rules/limits.ts'

/** Sizes and times that shape the log. None of them is visible to a client as an error. */

/** A stored row of the log; one record batch larger than this is a chunk of its own. */
export const CHUNK_BYTES_MAX = 1024 * 1024

/** What one transaction may write: larger ones were no faster and delay every acknowledgement. */
export const TRANSACTION_BYTES_MAX = 4 * 1024 * 1024

/** From here on the network stops reading sockets, until half of it is stored. */
export const PENDING_BYTES_HIGH = brokerLimit('pendingAppendBytes')

/** Chunks of all partitions together that are served without asking storage. */
export const CACHE_BYTES_DEFAULT = brokerLimit('cachedChunkBytes')

/**
 * The part of the cache that readers of older chunks share, so that they cannot evict the tails: 24 MiB
 * let twelve go through a partition each without waiting for storage.
 */
export const HISTORY_CACHE_SHARE = 0.5

/** What is asked of storage at once for a reader of older chunks. */
export const HISTORY_READ_BYTES = 1024 * 1024

/** What a reader of older chunks has in memory before it asks: what clients ask of a partition at once. */
export const READ_AHEAD_BYTES = 1024 * 1024

/** Chunks that a partition takes before its producer state is written as a snapshot again. */
export const SNAPSHOT_CHUNKS = 64

/** Kafka's `producer.id.expiration.ms`: an idle producer is forgotten after a day. */
export const PRODUCER_EXPIRY_MS = 24 * 60 * 60 * 1000

/** Idempotent producers that a partition remembers. */
export const PRODUCERS_REMEMBERED = brokerLimit('rememberedProducersOfPartition')

/** How many a partition remembers of those that wrote to it last, however many all partitions remember. */
export const OWN_PRODUCERS_REMEMBERED = 16

/** How often retention and expiry look for work. */
export const MAINTENANCE_INTERVAL_MS = 30_000

/** Chunk descriptions that retention reads at a time. */
export const MAINTENANCE_SLICE_CHUNKS = 64

/** How often deleted partitions are swept, and what is free is given back. */
export const SPACE_INTERVAL_MS = 10_000

/** Free space is kept for what is written in so many of these intervals: twice as long as retention takes to free as much. */
export const SPACE_KEPT_INTERVALS = 6

/** Chunks that a sweep deletes at a time: at first, and where that takes no time. */
export const SWEEP_CHUNKS_FIRST = 64
export const SWEEP_CHUNKS_MAX = 4096

/** Freed pages that are given back at a time, likewise. */
export const VACUUM_PAGES_FIRST = 16
export const VACUUM_PAGES_MAX = 1024

/** Where no more than this is written in an interval, the broker has time to gather small chunks. */
export const IDLE_BYTES = 8 * 1024 * 1024

/** Small chunks are gathered where files are larger than logs by this part of them, and this much. */
export const GATHER_WASTE_SHARE = 0.15
export const GATHER_WASTE_BYTES = 256 * 1024

/** Chunk descriptions that are looked at together for what to gather. */
export const GATHER_LIST_CHUNKS = 1000

/** Kafka's `log.cleaner.backoff.ms`: how often compaction looks for work. */
export const COMPACTION_INTERVAL_MS = 15_000

/** What compaction reads at a time; storage is kept from writing for about as long as this takes. */
export const COMPACTION_READ_BYTES = 2 * 1024 * 1024

/** Chunk descriptions that are looked at together to see what of a log is dirty. */
export const SURVEY_SLICE_CHUNKS = 1000

/** A log that was looked at in vain is left alone for so long, unless its size says that it is due. */
export const SURVEY_INTERVAL_MS = 600_000

/** And where even that was in vain, or its round failed, for so long. */
export const COMPACTION_RETRY_MS = 60_000
