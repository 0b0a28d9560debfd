import 'server-only'
import { defaultPartitions, topicConfigs } from '../../broker/rules/topic-configs.ts'
import type { TopicConfigEntry } from '../kafka/cluster-client.ts'

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

/** What a topic sets and what it would have otherwise, of the configs that a person may set. */
export function editableConfigs(configs: readonly TopicConfigEntry[]) {
  const editable = configs.filter(({ isReadOnly }) => !isReadOnly)
  return {
    overrides: valuesOf(editable.filter(({ isOverride }) => isOverride)),
    defaults: valuesOf(editable.map(({ name, inherited }) => ({ name, value: inherited.value }))),
  }
}

function valuesOf(
  configs: readonly { readonly name: string; readonly value: string | null }[],
): Readonly<Record<string, string>> {
  return Object.fromEntries(
    configs.flatMap(({ name, value }) => (value === null ? [] : [[name, value]])),
  )
}
