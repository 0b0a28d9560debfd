import { type TopicConfigName, topicConfigs } from '../../../broker/rules/topic-configs.ts'

/**
 * How the configs that a person may set are shown in forms: in which group, under which label, and
 * which values are offered before one is typed. Bounds, defaults and sentences are the rules'.
 */
export interface ConfigField {
  readonly name: TopicConfigName
  /** Confluent's label where it has one. */
  readonly label: string
  /** Stored values to choose from; the default and a value of one's own come with them. */
  readonly offered?: readonly string[]
  readonly hint?: string
}

export interface ConfigGroup {
  readonly title: string
  /** Shown by “Show advanced settings”; the others only in expert mode. */
  readonly isCommon: boolean
  readonly fields: readonly ConfigField[]
}

const noBound = '9223372036854775807'
const hour = 3_600_000
const day = 24 * hour
const mebibyte = 1024 * 1024
const gibibyte = 1024 * mebibyte

export const configGroups: readonly ConfigGroup[] = [
  {
    title: 'Storage',
    isCommon: true,
    fields: [
      {
        name: 'cleanup.policy',
        label: 'Cleanup policy',
        offered: ['delete', 'compact', 'compact,delete'],
        hint: 'Delete: old messages go by age or size. Compact: the last message of each key stays, and every message needs a key.',
      },
      {
        name: 'retention.ms',
        label: 'Retention time',
        offered: offer(hour, 12 * hour, day, 3 * day, 7 * day, 30 * day, -1),
        hint: 'Messages older than this are deleted.',
      },
      {
        name: 'retention.bytes',
        label: 'Retention size',
        offered: offer(-1, gibibyte, 10 * gibibyte, 100 * gibibyte),
        hint: 'A partition beyond this size loses its oldest messages.',
      },
    ],
  },
  {
    title: 'Message size',
    isCommon: true,
    fields: [
      {
        name: 'max.message.bytes',
        label: 'Maximum message size',
        offered: offer(mebibyte, 4 * mebibyte, 8 * mebibyte),
        hint: 'The largest batch that the topic accepts, after compression.',
      },
    ],
  },
  {
    title: 'Timestamps',
    isCommon: false,
    fields: [
      {
        name: 'message.timestamp.type',
        label: 'Timestamp type',
        hint: 'CreateTime is the producer’s clock, LogAppendTime the broker’s.',
      },
      {
        name: 'message.timestamp.before.max.ms',
        label: 'Oldest timestamp accepted',
        offered: [String(day), String(7 * day), noBound],
        hint: 'Messages dated further in the past are refused.',
      },
      {
        name: 'message.timestamp.after.max.ms',
        label: 'Newest timestamp accepted',
        offered: [String(hour), String(day), noBound],
        hint: 'Messages dated further in the future are refused.',
      },
      {
        name: 'message.timestamp.difference.max.ms',
        label: 'Timestamp difference accepted',
        offered: [String(day), String(7 * day), noBound],
        hint: 'In either direction, where the two above set nothing.',
      },
    ],
  },
  {
    title: 'Segments',
    isCommon: false,
    fields: [
      {
        name: 'segment.ms',
        label: 'Segment time',
        offered: offer(4 * hour, day, 7 * day),
        hint: 'Retention works on smaller pieces here, whatever a segment is.',
      },
      {
        name: 'segment.bytes',
        label: 'Segment size',
        offered: offer(50 * mebibyte, 100 * mebibyte, gibibyte),
        hint: 'Retention works on smaller pieces here, whatever a segment is.',
      },
    ],
  },
  {
    title: 'Replication',
    isCommon: false,
    fields: [
      {
        name: 'min.insync.replicas',
        label: 'Minimum in-sync replicas',
        offered: ['1', '2'],
        hint: 'How many replicas hold a message before acks=all is answered.',
      },
    ],
  },
  {
    title: 'Compaction',
    isCommon: false,
    fields: [
      {
        name: 'delete.retention.ms',
        label: 'Delete marks kept for',
        offered: offer(day, 7 * day),
        hint: 'In compacted topics, how long a message without a value stays after it deleted its key.',
      },
      {
        name: 'min.compaction.lag.ms',
        label: 'Minimum compaction lag',
        offered: offer(0, hour, day),
        hint: 'In compacted topics, how long a message stays at least, whatever comes after it.',
      },
      {
        name: 'max.compaction.lag.ms',
        label: 'Maximum compaction lag',
        offered: [String(7 * day), String(30 * day), noBound],
        hint: 'In compacted topics, how long a message may wait to be compacted.',
      },
    ],
  },
]

/** The configs that a person may set, as forms name them. */
export const configLabels: ReadonlyMap<string, string> = new Map(
  configGroups.flatMap(({ fields }) => fields.map(({ name, label }) => [name, label])),
)

/** Configs that rules let a person set and no group shows; a test keeps it empty. */
export function configsWithoutField(): readonly string[] {
  return topicConfigs
    .filter(({ name, editable }) => editable && !configLabels.has(name))
    .map(({ name }) => name)
}

function offer(...values: readonly number[]): readonly string[] {
  return values.map(String)
}
