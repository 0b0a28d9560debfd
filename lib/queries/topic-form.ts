import 'server-only'
import { topicConfigs } from '../../broker/rules/topic-configs.ts'
import { formatRetention } from '../format/times.ts'

export interface TopicFormDefaults {
  readonly partitions: string
  readonly retentionMs: string
  readonly retentionChoices: readonly { readonly value: string; readonly label: string }[]
}

/** Confluent's default for a topic made in the console. */
const partitionsDefault = 6

const hourMs = 3_600_000
const dayMs = 24 * hourMs
const retentionChoicesMs = [hourMs, 12 * hourMs, dayMs, 3 * dayMs, 7 * dayMs, 30 * dayMs, -1]

/** What the form starts with; the default retention is the broker's own. */
export function topicFormDefaults(): TopicFormDefaults {
  const retentionMs = topicConfigs.find(({ name }) => name === 'retention.ms')?.default ?? ''
  return {
    partitions: String(partitionsDefault),
    retentionMs,
    retentionChoices: retentionChoicesMs.map((ms) => ({
      value: String(ms),
      label: formatRetention(ms),
    })),
  }
}
