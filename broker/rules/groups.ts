/** Limits and times of consumer groups, with Kafka's name for each and the reason for its value. */
export const groupRules = {
  /** `group.min.session.timeout.ms`: below this, one pause of a garbage collector costs membership. */
  sessionTimeoutMinMs: 6_000,
  /** `group.max.session.timeout.ms`: above this, a vanished member would hold its partitions too long. */
  sessionTimeoutMaxMs: 1_800_000,
  /**
   * `group.initial.rebalance.delay.ms`: how long the first member of an empty group waits for company.
   * Kafka waits 3 s, which everybody who starts one consumer feels before the first message. Without
   * any wait, the second of two members started together misses the first generation, and the first
   * learns of it only at its next heartbeat, 3 s later. Members of one program join within some tens
   * of milliseconds, so 100 ms gathers them and nobody notices it.
   */
  initialRebalanceDelayMs: 100,
  /** `group.max.size`: a group never has use for more members than a cluster has partitions. */
  membersMax: 4_096,
  /** Groups of a cluster. Kafka has no limit; any client can make one by naming it. */
  groupsMax: 10_000,
  /** What the members of a cluster's groups offer and are assigned, together. */
  memberBytesMax: 67_108_864,
  /** Committed offsets of a cluster, together; each counts 200 bytes, its group's id and its metadata. */
  offsetBytesMax: 134_217_728,
  /**
   * How long a member that joins for the first time may wait for its answer. It sends no heartbeats
   * yet, so nothing else would ever remove one whose client has gone (KAFKA-7610).
   */
  newMemberJoinTimeoutMs: 300_000,
  /** `offset.metadata.max.bytes`: text that a client keeps with an offset. */
  offsetMetadataMaxBytes: 4_096,
  /** `offsets.retention.minutes` (7 days), counted from when the group became empty (KIP-211). */
  offsetsRetentionMs: 604_800_000,
  /** `offsets.retention.check.interval.ms`: how often expired offsets are looked for. */
  offsetsRetentionCheckMs: 600_000,
} as const

export type GroupRules = { readonly [name in keyof typeof groupRules]: number }
