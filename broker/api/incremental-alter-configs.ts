import type { ConfigChange } from '../cluster/topics.ts'
import { isRefusal, type Refusal, refuse } from '../errors.ts'
import { IncrementalAlterConfigs } from '../protocol/messages/incremental-alter-configs.ts'
import type { RequestOf } from '../protocol/schema.ts'
import { listElements, normalTopicConfigValue } from '../rules/topic-config-checks.ts'
import { type TopicConfigRule, topicConfigRule } from '../rules/topic-configs.ts'
import { alterResources } from './alter-resources.ts'
import { handler } from './handler.ts'
import { splitRepeated } from './repeated.ts'

/** Sets, unsets, or extends single configs of a topic and leaves the others as they are (KIP-339). */
export const incrementalAlterConfigs = handler(
  IncrementalAlterConfigs,
  async (context, request) => ({
    responses: await alterResources(context, request.resources, changeOf, request.validateOnly),
  }),
)

type Resource = RequestOf<typeof IncrementalAlterConfigs>['resources'][number]
type Alteration = Resource['configs'][number]

const operations = { SET: 0, DELETE: 1, APPEND: 2, SUBTRACT: 3 } as const

function changeOf({ configs }: Resource): ConfigChange {
  return (current) => {
    if (splitRepeated(configs, ({ name }) => name).repeated.length > 0) {
      return refuse('INVALID_REQUEST', 'Error due to duplicate config keys')
    }
    const changed = new Map(Object.entries(current))
    for (const alteration of configs) {
      const value = newValue(alteration, changed.get(alteration.name))
      if (isRefusal(value)) return value
      if (value === null) changed.delete(alteration.name)
      else changed.set(alteration.name, value)
    }
    return Object.fromEntries(changed)
  }
}

/** What a config is to be set to; null where it is to be unset. */
function newValue(
  { name, configOperation, value }: Alteration,
  current: string | undefined,
): string | null | Refusal {
  const rule = topicConfigRule(name)
  if (rule === undefined) return refuse('INVALID_CONFIG', `Unknown topic config name: ${name}`)
  if (!rule.editable) {
    return refuse('POLICY_VIOLATION', `Altering config property '${name}' is disallowed.`)
  }
  if (configOperation === operations.DELETE) return null
  if (value === null) {
    return refuse('INVALID_REQUEST', `Null value not supported for : ${name}`)
  }
  switch (configOperation) {
    case operations.SET:
      return normalTopicConfigValue(value)
    case operations.APPEND:
    case operations.SUBTRACT:
      return newList(rule, configOperation, value, current ?? rule.default)
    default:
      return refuse('INVALID_REQUEST', `Unknown config operation ${configOperation}`)
  }
}

function newList(
  rule: TopicConfigRule,
  operation: typeof operations.APPEND | typeof operations.SUBTRACT,
  value: string,
  current: string,
): string | Refusal {
  if (rule.type !== 'LIST') {
    const word = operation === operations.APPEND ? 'APPEND' : 'SUBTRACT'
    return refuse(
      'INVALID_CONFIG',
      `Can't ${word} to key ${rule.name} because its type is not LIST.`,
    )
  }
  const present = listElements(current)
  const given = listElements(value)
  return operation === operations.APPEND
    ? [...new Set([...present, ...given])].join(',')
    : present.filter((element) => !given.includes(element)).join(',')
}
