import type { ClusterLimits } from './limits.ts'
import { type TopicConfigRule, topicConfigRule } from './topic-configs.ts'

/**
 * Whether a topic config may be set to a value, in the words of Kafka and Confluent Cloud. What is
 * no config at all is INVALID_CONFIG; what Kafka would take and the cloud does not is
 * POLICY_VIOLATION. The order matters: a number outside Confluent's bounds is told Confluent's
 * sentence even where Kafka's wider bounds exclude it too.
 */

export interface ConfigProblem {
  readonly code: 'INVALID_CONFIG' | 'POLICY_VIOLATION'
  readonly message: string
}

/** What the bounds of some configs depend on. */
export type ConfigLimits = Pick<ClusterLimits, 'messageBytes'>

/**
 * Checks the configs of a new topic, or the whole set that an existing one is about to have. Gives
 * the first problem, or null.
 */
export function topicConfigsProblem(
  configs: Readonly<Record<string, string | null>>,
  limits: ConfigLimits,
): ConfigProblem | null {
  const unset = Object.keys(configs).filter((name) => configs[name] === null)
  if (unset.length > 0) {
    return invalid(`Null value not supported for topic configs : ${unset.join(',')}`)
  }
  for (const [name, value] of Object.entries(configs)) {
    const problem = value === null ? null : topicConfigProblem(name, value, limits)
    if (problem !== null) return problem
  }
  return compactionLagProblem(configs)
}

/** Checks one config by itself. */
export function topicConfigProblem(
  name: string,
  value: string,
  limits: ConfigLimits,
): ConfigProblem | null {
  const rule = topicConfigRule(name)
  if (rule === undefined) return invalid(`Unknown topic config name: ${name}`)
  const unreadable = typeProblem(rule, value)
  if (unreadable !== null) return invalidValue(rule, value, unreadable)
  if (!rule.editable) return refused(`Altering config property '${name}' is disallowed.`)
  return policyProblem(rule, value, limits) ?? rangeProblem(rule, value)
}

/** A value as it is stored: without the white space around it that Kafka ignores. */
export function normalTopicConfigValue(value: string): string {
  return value.trim()
}

/** The elements of a value of type LIST. */
export function listElements(value: string): readonly string[] {
  return value.trim() === '' ? [] : value.split(',').map((element) => element.trim())
}

const widest = {
  INT: [-(2n ** 31n), 2n ** 31n - 1n],
  LONG: [-(2n ** 63n), 2n ** 63n - 1n],
} as const

function typeProblem(rule: TopicConfigRule, raw: string): string | null {
  const value = raw.trim()
  switch (rule.type) {
    case 'INT':
    case 'LONG': {
      const [min, max] = widest[rule.type]
      const readable = /^[+-]?\d{1,20}$/.test(value)
      const number = readable ? BigInt(value.replace(/^\+/, '')) : null
      return number !== null && number >= min && number <= max
        ? null
        : `Not a number of type ${rule.type}`
    }
    case 'DOUBLE':
      return value !== '' && Number.isFinite(Number(value)) ? null : 'Not a number of type DOUBLE'
    case 'BOOLEAN':
      return /^(true|false)$/i.test(value) ? null : 'Expected value to be either true or false'
    case 'LIST': {
      const elements = listElements(value)
      if (rule.oneOf === undefined) return null
      if (elements.length === 0) return `It must not be empty; use ${rule.oneOf.join(', ')}`
      return elements.every((element) => rule.oneOf?.includes(element))
        ? null
        : `String must be one of: ${rule.oneOf.join(', ')}`
    }
    case 'STRING':
      return rule.oneOf === undefined || rule.oneOf.includes(value)
        ? null
        : `String must be one of: ${rule.oneOf.join(', ')}`
  }
}

function policyProblem(
  rule: TopicConfigRule,
  value: string,
  limits: ConfigLimits,
): ConfigProblem | null {
  const number = Number(value)
  const min = rule.policyMin
  const max = rule.limit === undefined ? rule.policyMax : limits[rule.limit]
  const property = `Config property '${rule.name}' with value '${value.trim()}'`
  if (rule.name === 'min.insync.replicas' && min !== undefined && max !== undefined) {
    return number < min || number > max
      ? refused(
          `${property} must be greater or equal to ${min} and less than ${max + 1}, or left empty.`,
        )
      : null
  }
  if (min !== undefined && number < min) return refused(`${property} exceeded min limit of ${min}.`)
  if (max !== undefined && number > max) return refused(`${property} exceeded max limit of ${max}.`)
  return null
}

function rangeProblem(rule: TopicConfigRule, value: string): ConfigProblem | null {
  const number = Number(value)
  if (rule.atLeast !== undefined && number < rule.atLeast) {
    return invalidValue(rule, value, `Value must be at least ${rule.atLeast}`)
  }
  if (rule.atMost !== undefined && number > rule.atMost) {
    return invalidValue(rule, value, `Value must be no more than ${rule.atMost}`)
  }
  return null
}

function compactionLagProblem(
  configs: Readonly<Record<string, string | null>>,
): ConfigProblem | null {
  const min = configs['min.compaction.lag.ms'] ?? null
  const max = configs['max.compaction.lag.ms'] ?? null
  return min !== null && max !== null && BigInt(min.trim()) > BigInt(max.trim())
    ? invalid(
        `conflict topic config setting min.compaction.lag.ms (${min.trim()}) > max.compaction.lag.ms (${max.trim()})`,
      )
    : null
}

function invalidValue(rule: TopicConfigRule, value: string, why: string): ConfigProblem {
  return invalid(`Invalid value ${value.trim()} for configuration ${rule.name}: ${why}`)
}

function invalid(message: string): ConfigProblem {
  return { code: 'INVALID_CONFIG', message }
}

function refused(message: string): ConfigProblem {
  return { code: 'POLICY_VIOLATION', message }
}
