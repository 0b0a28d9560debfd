/** Sizes and times that shape the log. None of them is visible to a client as an error. */

/** A stored row of the log; one record batch larger than this is a chunk of its own. */
export const CHUNK_BYTES_MAX = 1024 * 1024

/** What one transaction may write: larger ones were no faster and delay every acknowledgement. */
export const TRANSACTION_BYTES_MAX = 4 * 1024 * 1024

/** From here on the network stops reading sockets, until half of it is stored. */
export const PENDING_BYTES_HIGH = 32 * 1024 * 1024

/**
 * Recent chunks of all partitions together that are served without asking storage. Twice as much
 * brought consumers at the tail nothing: those behind it are served from disk at 1 GB/s.
 */
export const CACHE_BYTES_DEFAULT = 32 * 1024 * 1024

/** The part of the cache that readers of older chunks share, so that they cannot evict the tails. */
export const HISTORY_CACHE_SHARE = 0.25

/** What is asked of storage at once for a reader of older chunks. */
export const HISTORY_READ_BYTES = 1024 * 1024

/** Chunks that a partition takes before its producer state is written as a snapshot again. */
export const SNAPSHOT_CHUNKS = 64

/** Kafka's `producer.id.expiration.ms`: an idle producer is forgotten after a day. */
export const PRODUCER_EXPIRY_MS = 24 * 60 * 60 * 1000

/** Idempotent producers that a partition remembers: 3 MB of memory, and 340 kB of a snapshot at least. */
export const PRODUCERS_REMEMBERED = 10_000

/** How often retention, expiry and the sweep of deleted partitions look for work. */
export const MAINTENANCE_INTERVAL_MS = 30_000

/** Chunk descriptions that retention reads at a time, and chunks that a sweep deletes at a time. */
export const MAINTENANCE_SLICE_CHUNKS = 64

/** Freed pages given back to the file system in one step (16 MiB of 64 KiB pages). */
export const VACUUM_STEP_PAGES = 256

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
