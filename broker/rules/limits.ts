import { groupRules } from './groups.ts'

/**
 * Every limit that is enforced, with its value and its reason, in one place: broker and
 * services refuse by this table and the console shows it. A limit that nothing enforces does not belong here.
 *
 * `clusterLimits` differ by cluster type, and a preset may raise or lower them for one cluster.
 * `brokerLimits` protect the process, and are the same for every connection of the installation.
 */
export const clusterTypes = ['BASIC', 'STANDARD'] as const
export type ClusterType = (typeof clusterTypes)[number]

export type LimitUnit = 'count' | 'bytes' | 'ms' | 'characters'

export interface ClusterLimit extends Readonly<Record<ClusterType, number>> {
  readonly label: string
  readonly unit: LimitUnit
  readonly reason: string
}

export interface BrokerLimit {
  readonly label: string
  readonly unit: LimitUnit
  readonly value: number
  readonly reason: string
}

export const clusterLimits = {
  partitions: {
    label: 'Partitions',
    unit: 'count',
    BASIC: 1500,
    STANDARD: 2500,
    reason: 'What Confluent Cloud allows a cluster of this type with all of its units.',
  },
  apiKeys: {
    label: 'API keys',
    unit: 'count',
    BASIC: 50,
    STANDARD: 100,
    reason: 'What Confluent Cloud allows a cluster of this type.',
  },
  connections: {
    label: 'Client connections',
    unit: 'count',
    BASIC: 1000,
    STANDARD: 10_000,
    reason: 'What Confluent Cloud allows a cluster of this type with all of its units.',
  },
  messageBytes: {
    label: 'Largest message',
    unit: 'bytes',
    BASIC: 8_388_608,
    STANDARD: 8_388_608,
    reason: 'The highest max.message.bytes that Confluent Cloud accepts on this type.',
  },
  connectorTasks: {
    label: 'Connector tasks',
    unit: 'count',
    BASIC: 250,
    STANDARD: 250,
    reason: 'What Confluent Cloud allows all connectors of a cluster together.',
  },
  tasksPerConnector: {
    label: 'Tasks of one connector',
    unit: 'count',
    BASIC: 1,
    STANDARD: 250,
    reason:
      'Confluent Cloud gives a connector on a Basic cluster one task; elsewhere all of the cluster’s.',
  },
} as const satisfies Record<string, ClusterLimit>

export const brokerLimits = {
  frameBytes: {
    label: 'Largest request',
    unit: 'bytes',
    value: 104_857_600,
    reason: "Kafka's socket.request.max.bytes; a longer frame ends the connection.",
  },
  frameBytesBeforeSignIn: {
    label: 'Largest request before sign-in',
    unit: 'bytes',
    value: 524_288,
    reason: "Kafka's sasl.server.max.receive.size: a stranger may not make the broker buffer more.",
  },
  requestBytes: {
    label: 'Requests in memory, of all connections',
    unit: 'bytes',
    value: 67_108_864,
    reason:
      "Kafka's queued.max.request.bytes, which has no bound there by default: beyond it, whoever sends more than 64 KiB at a time is not read until others have been answered.",
  },
  largeRequestBytes: {
    label: 'Requests over 2 MiB in memory, of all connections',
    unit: 'bytes',
    value: 104_857_600,
    reason:
      'One of the largest, or some smaller ones at a time. It is apart from other requests, so that neither waits for the other.',
  },
  ownRequestBytes: {
    label: 'Requests in memory that each connection has room for',
    unit: 'bytes',
    value: 65_536,
    reason: 'What one read of a socket brings, so that small requests never wait for room.',
  },
  slowRequestMs: {
    label: 'Time to send a request while others wait for its room',
    unit: 'ms',
    value: 10_000,
    reason:
      'A client that stops in the middle of a large request would keep others waiting; one that sends a MiB each second may take longer.',
  },
  signInMs: {
    label: 'Time to sign in',
    unit: 'ms',
    value: 10_000,
    reason:
      'A connection that has not signed in by then is closed, so that idle ones do not add up.',
  },
  connectionsBeforeSignIn: {
    label: 'Connections not yet signed in',
    unit: 'count',
    value: 1000,
    reason:
      'All clients of a large cluster come at once when the broker has started again. Each costs about 16 KiB, and by TLS 40.',
  },
  requestBytesBeforeSignIn: {
    label: 'Requests over 4 KiB in memory, of all connections not yet signed in',
    unit: 'bytes',
    value: 16_777_216,
    reason: 'Strangers take no room from clients; what signs in takes less than a KiB.',
  },
  rememberedAttempts: {
    label: 'Ended connections remembered of a cluster',
    unit: 'count',
    value: 50,
    reason: 'What Check my connection shows; attempts that ended alike count as one.',
  },
  rememberedDeletedKeys: {
    label: 'Deleted API keys remembered',
    unit: 'count',
    value: 200,
    reason: 'A client that still uses one is told apart from one that was given a wrong key.',
  },
  rememberedProblems: {
    label: 'Problems of clients that the log sums up at a time',
    unit: 'count',
    value: 500,
    reason: 'One for each address and problem; beyond it, addresses are counted together.',
  },
  pendingAppendBytes: {
    label: 'Records that wait to be stored',
    unit: 'bytes',
    value: 33_554_432,
    reason:
      'Some transactions of 4 MiB, so that the disk is never idle; beyond it, producers are not read until half of it is stored.',
  },
  cachedChunkBytes: {
    label: 'Records kept in memory',
    unit: 'bytes',
    value: 50_331_648,
    reason:
      'Half for readers at the end of partitions, to whom more brought nothing; half for those who go through older records, of which each has 2 MiB.',
  },
  rememberedProducers: {
    label: 'Idempotent producers remembered in all partitions together',
    unit: 'count',
    value: 200_000,
    reason:
      'About 60 MB. Beyond it, a partition that takes up another forgets the one that wrote to it longest ago, and still knows its last sixteen.',
  },
  rememberedProducersOfPartition: {
    label: 'Idempotent producers remembered in a partition',
    unit: 'count',
    value: 10_000,
    reason: '3 MB of memory, and 340 kB of a snapshot at least.',
  },
  storageReads: {
    label: 'Reads of stored records under way',
    unit: 'count',
    value: 16,
    reason:
      'Each brings a MiB, or one larger batch. Storage carries out one after another, so that more would only wait in memory.',
  },
  fetchBytes: {
    label: 'Largest fetch answer',
    unit: 'bytes',
    value: 57_671_680,
    reason: "Kafka's fetch.max.bytes, 55 MiB; a single larger batch is still delivered.",
  },
  answerBytes: {
    label: 'Answers in memory, of all connections',
    unit: 'bytes',
    value: 134_217_728,
    reason:
      'What consumers are being sent, and what they asked for and do not read. A fetch takes at most half of what is free; beyond it, whoever has not read for longest is disconnected.',
  },
  ownAnswerBytes: {
    label: 'Bytes that a fetch finds room for, whatever others hold',
    unit: 'bytes',
    value: 65_536,
    reason: 'So that consumers who read go on, however many do not.',
  },
  unwrittenAnswerBytes: {
    label: 'Unread answers of a connection beyond which no request of it is begun',
    unit: 'bytes',
    value: 1_048_576,
    reason: 'A client that asks and does not read costs no more than this and one answer.',
  },
  fetchSessions: {
    label: 'Fetch sessions of a cluster',
    unit: 'count',
    value: 1000,
    reason:
      "Kafka's max.incremental.fetch.session.cache.slots; a consumer beyond it names all of its partitions in every fetch.",
  },
  fetchSessionPartitions: {
    label: 'Partitions in all fetch sessions of a cluster',
    unit: 'count',
    value: 100_000,
    reason: 'Bounds what sessions keep in memory to about 30 MB.',
  },
  fetchSessionIdleMs: {
    label: 'Time before an idle fetch session may give way to another',
    unit: 'ms',
    value: 120_000,
    reason: "Kafka's min.incremental.fetch.session.eviction.ms.",
  },
  compactionIndexBytes: {
    label: 'Memory for the keys of one compaction',
    unit: 'bytes',
    value: 25_165_824,
    reason:
      "Kafka's log.cleaner.dedupe.buffer.size, for one cleaner: at 24 bytes each, 786,432 keys. Of more, the rest is left to the next round.",
  },
  topicNameLength: {
    label: 'Length of a topic name',
    unit: 'characters',
    value: 249,
    reason: "Kafka's own limit: a partition's name had to fit a file name of 255 characters.",
  },
  defaultPartitions: {
    label: 'Partitions of a topic created by naming it',
    unit: 'count',
    value: 100,
    reason:
      'A program without a key that mistypes a name should not use up the partitions of the cluster.',
  },
  describedPartitions: {
    label: 'Partitions in one DescribeTopicPartitions answer',
    unit: 'count',
    value: 2000,
    reason:
      "Kafka's max.request.partition.size.limit; the client pages on with a cursor (KIP-966).",
  },
  groupMembers: {
    label: 'Members of a consumer group',
    unit: 'count',
    value: groupRules.membersMax,
    reason: 'Bounds what one rebalance holds and sends; Kafka names it group.max.size (KIP-389).',
  },
  groups: {
    label: 'Consumer groups of a cluster',
    unit: 'count',
    value: groupRules.groupsMax,
    reason:
      'Any client makes one by naming it; a program that makes up names must not fill memory.',
  },
  groupMemberBytes: {
    label: 'Subscriptions and assignments in all groups of a cluster',
    unit: 'bytes',
    value: groupRules.memberBytesMax,
    reason:
      'They stay in memory while their members live. In Kafka those of a group fit one record of a MiB (message.max.bytes).',
  },
  committedOffsetBytes: {
    label: 'Committed offsets of a cluster',
    unit: 'bytes',
    value: groupRules.offsetBytesMax,
    reason: 'They stay in memory for seven days: half a million of them, without metadata.',
  },
  offsetMetadataBytes: {
    label: 'Metadata of a committed offset',
    unit: 'bytes',
    value: groupRules.offsetMetadataMaxBytes,
    reason: "Kafka's offset.metadata.max.bytes.",
  },
  sessionTimeoutMinMs: {
    label: 'Shortest session timeout',
    unit: 'ms',
    value: groupRules.sessionTimeoutMinMs,
    reason: "Kafka's group.min.session.timeout.ms.",
  },
  sessionTimeoutMaxMs: {
    label: 'Longest session timeout',
    unit: 'ms',
    value: groupRules.sessionTimeoutMaxMs,
    reason: "Kafka's group.max.session.timeout.ms.",
  },
  offsetsRetentionMs: {
    label: 'Committed offsets kept after the last member left',
    unit: 'ms',
    value: groupRules.offsetsRetentionMs,
    reason: "Kafka's offsets.retention.minutes (KIP-211).",
  },
} as const satisfies Record<string, BrokerLimit>

export type ClusterLimitName = keyof typeof clusterLimits
export type BrokerLimitName = keyof typeof brokerLimits

/** The limits of one cluster, by name. */
export type ClusterLimits = Readonly<Record<ClusterLimitName, number>>

/** The limits of a cluster of this type, with those that its preset set in place of the type's. */
export function limitsOf(
  type: ClusterType,
  overrides: Readonly<Record<string, number>> = {},
): ClusterLimits {
  return {
    partitions: overrides.partitions ?? clusterLimits.partitions[type],
    apiKeys: overrides.apiKeys ?? clusterLimits.apiKeys[type],
    connections: overrides.connections ?? clusterLimits.connections[type],
    messageBytes: overrides.messageBytes ?? clusterLimits.messageBytes[type],
    connectorTasks: overrides.connectorTasks ?? clusterLimits.connectorTasks[type],
    tasksPerConnector: overrides.tasksPerConnector ?? clusterLimits.tasksPerConnector[type],
  }
}

/** The value of a limit of the whole broker. */
export function brokerLimit(name: BrokerLimitName): number {
  return brokerLimits[name].value
}

/** Why limits of these names cannot be set for a cluster, or null. */
export function limitNamesProblem(limits: Readonly<Record<string, number>>): string | null {
  const unknown = Object.keys(limits).find((name) => !Object.hasOwn(clusterLimits, name))
  return unknown === undefined
    ? null
    : `There is no limit '${unknown}'; there are ${Object.keys(clusterLimits).join(', ')}.`
}
