/**
 * The topic configs that a partition's log obeys, parsed. `cluster/` gives each log a function that
 * returns the current ones, so that a change acts at once.
 *
 * Differs from Kafka: retention deletes whole chunks (about 1 MiB), not whole segments, so
 * `segment.bytes` and `segment.ms` never keep a record longer than the retention asks for.
 */
export interface LogConfig {
  /** `max.message.bytes`: the largest record batch, header included. */
  readonly maxMessageBytes: number
  /** `retention.ms`; -1 keeps records for ever. */
  readonly retentionMs: number
  /** `retention.bytes` of each partition; -1 sets no bound. */
  readonly retentionBytes: number
  /** `message.timestamp.type`. */
  readonly timestampType: 'CreateTime' | 'LogAppendTime'
  /** `message.timestamp.before.max.ms`: how far a record may lie in the past. */
  readonly timestampBeforeMaxMs: number
  /** `message.timestamp.after.max.ms`: how far a record may lie in the future. */
  readonly timestampAfterMaxMs: number
}
