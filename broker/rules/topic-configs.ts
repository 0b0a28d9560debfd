/**
 * Every config of a topic: its type, its default and where that comes from, whether a user may set
 * it, and within which bounds. Checks are in `topic-config-checks.ts`.
 *
 * This file is long because Kafka has that many configs; it is a table and nothing else.
 *
 * Two defaults are told apart because Kafka's tools show both: `default` is what holds here, as
 * on Confluent Cloud; where Kafka's own differs it is `kafkaDefault`, and the source is the
 * broker's static configuration.
 */
export const topicConfigs = [
  {
    name: 'cleanup.policy',
    type: 'LIST',
    default: 'delete',
    editable: true,
    brokerConfig: 'log.cleanup.policy',
    oneOf: ['compact', 'delete'],
    documentation:
      'What happens to old records: "delete" removes them by age or size, "compact" keeps the last one of each key.',
  },
  {
    name: 'compression.type',
    type: 'STRING',
    default: 'producer',
    editable: false,
    brokerConfig: 'compression.type',
    documentation: 'Batches are kept in the compression that their producer chose.',
  },
  {
    name: 'delete.retention.ms',
    type: 'LONG',
    default: '86400000',
    editable: true,
    brokerConfig: 'log.cleaner.delete.retention.ms',
    unit: 'ms',
    atLeast: 0,
    policyMax: 60_566_400_000,
    documentation: 'How long a compacted topic keeps the marks of deleted keys.',
  },
  {
    name: 'file.delete.delay.ms',
    type: 'LONG',
    default: '60000',
    editable: false,
    brokerConfig: 'log.segment.delete.delay.ms',
    unit: 'ms',
    atLeast: 0,
    documentation: 'How long deleted data may stay on disk before its space is given back.',
  },
  {
    name: 'flush.messages',
    type: 'LONG',
    default: '9223372036854775807',
    editable: false,
    brokerConfig: 'log.flush.interval.messages',
    atLeast: 1,
    documentation: 'Records after which a sync to disk is forced; the storage decides on its own.',
  },
  {
    name: 'flush.ms',
    type: 'LONG',
    default: '9223372036854775807',
    editable: false,
    brokerConfig: 'log.flush.interval.ms',
    unit: 'ms',
    atLeast: 0,
    documentation: 'Time after which a sync to disk is forced; the storage decides on its own.',
  },
  {
    name: 'follower.replication.throttled.replicas',
    type: 'LIST',
    default: '',
    editable: false,
    documentation: 'Replicas whose replication is slowed on the follower side; none ever is.',
  },
  {
    name: 'index.interval.bytes',
    type: 'INT',
    default: '4096',
    editable: false,
    brokerConfig: 'log.index.interval.bytes',
    unit: 'bytes',
    atLeast: 0,
    documentation: 'How many bytes of records lie between two entries of an offset index.',
  },
  {
    name: 'leader.replication.throttled.replicas',
    type: 'LIST',
    default: '',
    editable: false,
    documentation: 'Replicas whose replication is slowed on the leader side; none ever is.',
  },
  {
    name: 'max.compaction.lag.ms',
    type: 'LONG',
    default: '9223372036854775807',
    editable: true,
    brokerConfig: 'log.cleaner.max.compaction.lag.ms',
    unit: 'ms',
    atLeast: 1,
    policyMin: 604_800_000,
    documentation: 'The longest that a record of a compacted topic may stay uncompacted.',
  },
  {
    name: 'max.message.bytes',
    type: 'INT',
    default: '2097164',
    kafkaDefault: '1048588',
    editable: true,
    brokerConfig: 'message.max.bytes',
    unit: 'bytes',
    atLeast: 0,
    limit: 'messageBytes',
    documentation: 'The largest record batch that the topic accepts, after compression.',
  },
  {
    name: 'message.downconversion.enable',
    type: 'BOOLEAN',
    default: 'true',
    editable: false,
    brokerConfig: 'log.message.downconversion.enable',
    documentation: 'Whether consumers that know only older record formats would be served.',
  },
  {
    name: 'message.format.version',
    type: 'STRING',
    default: '3.0-IV1',
    editable: false,
    brokerConfig: 'log.message.format.version',
    documentation: 'The record format on disk; since Kafka 3.0 there is only one.',
  },
  {
    name: 'message.timestamp.after.max.ms',
    type: 'LONG',
    default: '9223372036854775807',
    editable: true,
    brokerConfig: 'log.message.timestamp.after.max.ms',
    unit: 'ms',
    atLeast: 0,
    documentation: 'How far in the future a producer may date a record; later ones are refused.',
  },
  {
    name: 'message.timestamp.before.max.ms',
    type: 'LONG',
    default: '9223372036854775807',
    editable: true,
    brokerConfig: 'log.message.timestamp.before.max.ms',
    unit: 'ms',
    atLeast: 0,
    documentation: 'How far in the past a producer may date a record; older ones are refused.',
  },
  {
    name: 'message.timestamp.difference.max.ms',
    type: 'LONG',
    default: '9223372036854775807',
    editable: true,
    brokerConfig: 'log.message.timestamp.difference.max.ms',
    unit: 'ms',
    atLeast: 0,
    documentation:
      'How far a record may be dated from the time it arrives, in either direction. The two configs for past and future take its place where they are set.',
  },
  {
    name: 'message.timestamp.type',
    type: 'STRING',
    default: 'CreateTime',
    editable: true,
    brokerConfig: 'log.message.timestamp.type',
    oneOf: ['CreateTime', 'LogAppendTime'],
    documentation: 'Whether a record carries the time of its producer or the time it was stored.',
  },
  {
    name: 'min.cleanable.dirty.ratio',
    type: 'DOUBLE',
    default: '0.5',
    editable: false,
    brokerConfig: 'log.cleaner.min.cleanable.ratio',
    atLeast: 0,
    atMost: 1,
    documentation: 'How much of a compacted topic has to be uncompacted before cleaning starts.',
  },
  {
    name: 'min.compaction.lag.ms',
    type: 'LONG',
    default: '0',
    editable: true,
    brokerConfig: 'log.cleaner.min.compaction.lag.ms',
    unit: 'ms',
    atLeast: 0,
    documentation: 'The shortest that a record of a compacted topic stays uncompacted.',
  },
  {
    name: 'min.insync.replicas',
    type: 'INT',
    default: '2',
    kafkaDefault: '1',
    editable: true,
    brokerConfig: 'min.insync.replicas',
    atLeast: 1,
    policyMin: 1,
    policyMax: 2,
    documentation: 'Replicas that have to hold a record before it counts as stored with acks=all.',
  },
  {
    name: 'preallocate',
    type: 'BOOLEAN',
    default: 'false',
    editable: false,
    brokerConfig: 'log.preallocate',
    documentation: 'Whether space is reserved on disk ahead of the records that will fill it.',
  },
  {
    name: 'retention.bytes',
    type: 'LONG',
    default: '-1',
    editable: true,
    brokerConfig: 'log.retention.bytes',
    unit: 'bytes',
    documentation: 'The size at which a partition loses its oldest records; -1 sets no bound.',
  },
  {
    name: 'retention.ms',
    type: 'LONG',
    default: '604800000',
    editable: true,
    brokerConfig: 'log.retention.ms',
    unit: 'ms',
    atLeast: -1,
    documentation: 'The age at which records are deleted; -1 keeps them for ever.',
  },
  {
    name: 'segment.bytes',
    type: 'INT',
    default: '104857600',
    kafkaDefault: '1073741824',
    editable: true,
    brokerConfig: 'log.segment.bytes',
    unit: 'bytes',
    atLeast: 14,
    policyMin: 52_428_800,
    policyMax: 1_073_741_824,
    documentation:
      'The size of a segment: compaction leaves this much of the newest records alone. Retention works on smaller pieces, so that no record outlives it for the sake of a segment.',
  },
  {
    name: 'segment.index.bytes',
    type: 'INT',
    default: '10485760',
    editable: false,
    brokerConfig: 'log.index.size.max.bytes',
    unit: 'bytes',
    atLeast: 4,
    documentation: 'The size that an index of a segment may reach.',
  },
  {
    name: 'segment.jitter.ms',
    type: 'LONG',
    default: '0',
    editable: false,
    brokerConfig: 'log.roll.jitter.ms',
    unit: 'ms',
    atLeast: 0,
    documentation: 'A random time taken off segment.ms, so that segments do not all end at once.',
  },
  {
    name: 'segment.ms',
    type: 'LONG',
    default: '604800000',
    editable: true,
    brokerConfig: 'log.roll.ms',
    unit: 'ms',
    atLeast: 1,
    policyMin: 14_400_000,
    documentation:
      'The age of a segment: what is older is no longer among the newest records that compaction leaves alone. Retention works on smaller pieces, so that no record outlives it for the sake of a segment.',
  },
  {
    name: 'unclean.leader.election.enable',
    type: 'BOOLEAN',
    default: 'false',
    editable: false,
    brokerConfig: 'unclean.leader.election.enable',
    documentation: 'Whether a replica that lags may lead, at the price of losing records.',
  },
] as const satisfies readonly TopicConfigRule[]

/** Partitions of a topic that does not say how many; Confluent Cloud's `num.partitions`. */
export const defaultPartitions = 6

export type TopicConfigName = (typeof topicConfigs)[number]['name']

export type ConfigType = 'BOOLEAN' | 'STRING' | 'INT' | 'LONG' | 'DOUBLE' | 'LIST'

export interface TopicConfigRule {
  readonly name: string
  readonly type: ConfigType
  /** What holds where a topic sets nothing. */
  readonly default: string
  /** Kafka's own default, where ours is another. */
  readonly kafkaDefault?: string
  /** Whether a user may set it, at creation or later. */
  readonly editable: boolean
  /** The broker's config that it falls back to. */
  readonly brokerConfig?: string
  readonly unit?: 'ms' | 'bytes'
  /** Kafka's own bounds; outside them a value is no valid config. */
  readonly atLeast?: number
  readonly atMost?: number
  /** The values, or for a list the elements, that Kafka knows. */
  readonly oneOf?: readonly string[]
  /** Confluent's bounds; outside them a value is valid, and refused by policy. */
  readonly policyMin?: number
  readonly policyMax?: number
  /** Its upper bound is this limit of the cluster. */
  readonly limit?: 'messageBytes'
  readonly documentation: string
}

/** The rule for a config, or undefined where topics have no config of that name. */
export function topicConfigRule(name: string): TopicConfigRule | undefined {
  return rulesByName.get(name)
}

/** Where a value comes from, in Kafka's words. */
export type ConfigSource = 'DYNAMIC_TOPIC_CONFIG' | 'STATIC_BROKER_CONFIG' | 'DEFAULT_CONFIG'

export interface ConfigSynonym {
  readonly name: string
  readonly value: string
  readonly source: ConfigSource
}

/** One config of one topic, as tools and pages show it. */
export interface TopicConfigEntry {
  readonly rule: TopicConfigRule
  readonly value: string
  readonly source: ConfigSource
  /** What holds, then what would hold instead, in order. */
  readonly synonyms: readonly ConfigSynonym[]
}

/**
 * Every config of a topic that sets `overrides`, in the order of the table (by name), for who is shown
 * so many nodes.
 */
export function topicConfigEntries(
  overrides: Readonly<Record<string, string>>,
  nodes = Number.POSITIVE_INFINITY,
): readonly TopicConfigEntry[] {
  return topicConfigs.map((rule) => {
    const { synonyms, ...entry } = topicConfigEntry(rule, overrides[rule.name])
    const withValue = <T extends { readonly value: string }>(told: T): T => {
      return { ...told, value: valueWithNodes(rule, told.value, nodes) }
    }
    return { ...withValue(entry), synonyms: synonyms.map(withValue) }
  })
}

/**
 * No more replicas can be asked to be in sync than there are: tools would list every partition of a
 * single node as short of some.
 */
export function valueWithNodes({ name }: TopicConfigRule, value: string, nodes: number): string {
  return name === 'min.insync.replicas' ? String(Math.min(Number(value), nodes)) : value
}

/** The value that holds for a config of a topic that sets `overrides`. */
export function effectiveTopicConfig(
  overrides: Readonly<Record<string, string>>,
  name: TopicConfigName,
): string {
  const own = overrides[name]
  if (own !== undefined) return own
  const rule = rulesByName.get(name)
  if (rule === undefined) throw new Error(`The table of topic configs lacks ${name}.`)
  return rule.default
}

function topicConfigEntry(rule: TopicConfigRule, override: string | undefined): TopicConfigEntry {
  const synonyms: ConfigSynonym[] = []
  if (override !== undefined) {
    synonyms.push({ name: rule.name, value: override, source: 'DYNAMIC_TOPIC_CONFIG' })
  }
  const brokerConfig = rule.brokerConfig ?? rule.name
  if (rule.kafkaDefault !== undefined) {
    synonyms.push({ name: brokerConfig, value: rule.default, source: 'STATIC_BROKER_CONFIG' })
  }
  if (rule.brokerConfig !== undefined) {
    const value = rule.kafkaDefault ?? rule.default
    synonyms.push({ name: brokerConfig, value, source: 'DEFAULT_CONFIG' })
  }
  return {
    rule,
    value: synonyms[0]?.value ?? rule.default,
    source: synonyms[0]?.source ?? 'DEFAULT_CONFIG',
    synonyms,
  }
}

const rulesByName: ReadonlyMap<string, TopicConfigRule> = new Map(
  topicConfigs.map((rule) => [rule.name, rule]),
)
