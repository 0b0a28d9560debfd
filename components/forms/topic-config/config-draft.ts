import { clusterLimits, clusterTypes } from '../../../broker/rules/limits.ts'
import { topicConfigProblem } from '../../../broker/rules/topic-config-checks.ts'
import { type TopicConfigRule, topicConfigRule } from '../../../broker/rules/topic-configs.ts'
import { describeAmount } from '../../../lib/format/amounts.ts'

/**
 * What a form wants a topic's configs to be: stored values by name. A config that is absent has the
 * cluster's default.
 */
export type ConfigDraft = Readonly<Record<string, string>>

/** The rule of a config; undefined for one that a newer cluster has and this version does not know. */
export function findRule(name: string): TopicConfigRule | undefined {
  return topicConfigRule(name)
}

/** The rule of a config that the forms show. */
export function ruleOf(name: string): TopicConfigRule {
  const rule = topicConfigRule(name)
  if (rule === undefined) throw new Error(`The table of topic configs lacks ${name}.`)
  return rule
}

export function withConfig(draft: ConfigDraft, name: string, value: string | null): ConfigDraft {
  const { [name]: _, ...others } = draft
  return value === null ? others : { ...others, [name]: value }
}

/** What the most generous type of cluster allows; a cluster with less says so itself. */
const widestLimits = {
  messageBytes: Math.max(...clusterTypes.map((type) => clusterLimits.messageBytes[type])),
}

/** Why the rules refuse a value of the draft, or null. */
export function draftProblem(draft: ConfigDraft, name: string): string | null {
  const value = draft[name]
  if (value === undefined) return null
  if (value === '') return 'Enter a value.'
  return topicConfigProblem(name, value, widestLimits)?.message ?? null
}

/** A stored value in words: `604800000` of retention.ms → `1 week`. */
export function configText(rule: TopicConfigRule, value: string): string {
  if (rule.unit !== undefined) return describeAmount(value, rule.unit)
  return choiceTexts[`${rule.name}=${value}`] ?? value
}

/** Confluent's words for values that Kafka writes small. */
const choiceTexts: Readonly<Record<string, string>> = {
  'cleanup.policy=delete': 'Delete',
  'cleanup.policy=compact': 'Compact',
  'cleanup.policy=compact,delete': 'Compact, delete',
}

export interface ConfigChange {
  readonly name: string
  readonly before: string
  readonly after: string
}

/** What a draft changes, in words, against what the topic sets now. */
export function changesOf(
  before: ConfigDraft,
  after: ConfigDraft,
  defaults: ConfigDraft,
): readonly ConfigChange[] {
  const names = [...new Set([...Object.keys(before), ...Object.keys(after)])].sort()
  const text = (draft: ConfigDraft, name: string) =>
    configText(ruleOf(name), draft[name] ?? defaults[name] ?? ruleOf(name).default)
  return names
    .filter((name) => before[name] !== after[name])
    .map((name) => ({ name, before: text(before, name), after: text(after, name) }))
}
