/**
 * How the lag of consumer groups is measured and kept, with the reason for each number. It is read
 * through the Kafka protocol, as `kafka-consumer-groups --describe` does.
 */
export const lagRules = {
  /** Distance of samples in the last hour. Offsets are committed every 5 s by default. */
  stepMs: 15_000,
  /** The last hour is in memory: 240 samples, 2 KB for each partition of each group. */
  stepsKept: 240,
  /** A cluster without groups and connections is looked at once in so many steps: every 5 minutes. */
  idleSteps: 20,
  /** Clusters that are read at the same time: each takes a connection to each node. */
  readsAtOnce: 4,
  /** Groups of a cluster, by id: as many as the list of them shows. */
  groupsMax: 200,
  /** Groups and their partitions of all clusters together: 10 MB for the hour. */
  seriesMax: 5_000,
  /** Rows of a week, of some 20 bytes each: 40 MB. Beyond, the oldest minutes go first. */
  rowsMax: 2_000_000,
  /** Partitions that a chart shows: those furthest behind. */
  chartedMax: 6,
} as const

/** Confluent's name of it in the Metrics API. */
export const consumerLagMetric = {
  name: 'io.confluent.kafka.server/consumer_lag_offsets',
  description: 'Messages between what a consumer group has committed and the end of the partition.',
} as const
