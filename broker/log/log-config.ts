/**
 * The topic configs that a partition's log obeys, parsed. `cluster/` gives each log a function that
 * returns the current ones, so that a change acts at once.
 *
 * Differs from Kafka: retention deletes whole chunks (about 1 MiB), not whole segments, so
 * `segment.bytes` and `segment.ms` never keep a record longer than the retention asks for. They say
 * only how much of a compacted log is left alone (`compaction/dirty-part.ts`).
 */
export interface LogConfig {
  /** `max.message.bytes`: the largest record batch, header included. */
  readonly maxMessageBytes: number
  /** Whether `cleanup.policy` has `delete`. */
  readonly isDeleted: boolean
  /** Whether `cleanup.policy` has `compact`. */
  readonly isCompacted: boolean
  /** `retention.ms`; -1 keeps records for ever. */
  readonly retentionMs: number
  /** `retention.bytes` of each partition; -1 sets no bound. */
  readonly retentionBytes: number
  /** `segment.bytes`: the newest records that compaction leaves alone, */
  readonly segmentBytes: number
  /** unless they are older than `segment.ms`. */
  readonly segmentMs: number
  /** `min.cleanable.dirty.ratio`. */
  readonly minCleanableRatio: number
  /** `min.compaction.lag.ms`. */
  readonly minCompactionLagMs: number
  /** `max.compaction.lag.ms`. */
  readonly maxCompactionLagMs: number
  /** `delete.retention.ms`: how long tombstones are left after they were first compacted. */
  readonly deleteRetentionMs: number
  /** `message.timestamp.type`. */
  readonly timestampType: 'CreateTime' | 'LogAppendTime'
  /** `message.timestamp.before.max.ms`: how far a record may lie in the past. */
  readonly timestampBeforeMaxMs: number
  /** `message.timestamp.after.max.ms`: how far a record may lie in the future. */
  readonly timestampAfterMaxMs: number
}
