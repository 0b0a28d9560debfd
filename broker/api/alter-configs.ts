import type { ConfigChange } from '../cluster/topics.ts'
import { refuse } from '../errors.ts'
import { AlterConfigs } from '../protocol/messages/alter-configs.ts'
import type { RequestOf } from '../protocol/schema.ts'
import { normalTopicConfigValue } from '../rules/topic-config-checks.ts'
import { topicConfigRule } from '../rules/topic-configs.ts'
import { alterResources } from './alter-resources.ts'
import { handler } from './handler.ts'

/**
 * Replaces everything that is set on a topic, the old way. Clients send back all that they were
 * told, so configs that cannot be set are left out in silence, as on Confluent Cloud.
 */
export const alterConfigs = handler(AlterConfigs, async (context, request) => ({
  responses: await alterResources(context, request.resources, replacement, request.validateOnly),
}))

type Resource = RequestOf<typeof AlterConfigs>['resources'][number]

function replacement({ configs }: Resource): ConfigChange {
  return () => {
    const settable = configs.filter(({ name }) => topicConfigRule(name)?.editable !== false)
    const unset = settable.filter(({ value }) => value === null).map(({ name }) => name)
    return unset.length > 0
      ? refuse('INVALID_CONFIG', `Null value not supported for topic configs : ${unset.join(',')}`)
      : Object.fromEntries(
          settable.map(({ name, value }) => [name, normalTopicConfigValue(value ?? '')]),
        )
  }
}
