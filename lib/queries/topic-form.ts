import 'server-only'
import { defaultPartitions, topicConfigs } from '../../broker/rules/topic-configs.ts'

export interface TopicFormDefaults {
  readonly partitions: string
  /** What holds where a topic sets nothing, by name. */
  readonly configs: Readonly<Record<string, string>>
}

/** What the form for a new topic starts with: the broker's own defaults. */
export function topicFormDefaults(): TopicFormDefaults {
  return {
    partitions: String(defaultPartitions),
    configs: Object.fromEntries(
      topicConfigs.flatMap((rule) => (rule.editable ? [[rule.name, rule.default]] : [])),
    ),
  }
}
