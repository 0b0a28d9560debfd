import type { ConfigChange } from '../cluster/topics.ts'
import { isRefusal, type Refusal, refuse } from '../errors.ts'
import { configResources } from './config-codes.ts'
import type { RequestContext } from './handler.ts'
import { NO_REFUSAL, refusalFields } from './refusal-fields.ts'
import { splitRepeated } from './repeated.ts'

/** A resource whose configs a client wants changed, by AlterConfigs or IncrementalAlterConfigs. */
export interface AlteredResource {
  readonly resourceType: number
  readonly resourceName: string
  readonly configs: readonly { readonly name: string }[]
}

/** Changes the configs of each resource in a commit of its own; a refused one leaves the others be. */
export async function alterResources<R extends AlteredResource>(
  { tenant: { topics } }: RequestContext,
  resources: readonly R[],
  changeOf: (resource: R) => ConfigChange,
  validateOnly: boolean,
) {
  async function alter(resource: R) {
    const { resourceType, resourceName } = resource
    const result =
      resourceType === configResources.TOPIC
        ? await topics.alterConfig(resourceName, changeOf(resource), { validateOnly })
        : unalterable(resource)
    const fields = isRefusal(result) ? refusalFields(result) : NO_REFUSAL
    return { ...fields, resourceType, resourceName }
  }
  const key = ({ resourceType, resourceName }: R) => `${resourceType} ${resourceName}`
  const { once, repeated } = splitRepeated(resources, key)
  const refusal = refuse('INVALID_REQUEST', 'Each resource must appear at most once.')
  return [
    ...(await Promise.all(once.map(alter))),
    ...repeated.map(({ resourceType, resourceName }) => ({
      ...refusalFields(refusal),
      resourceType,
      resourceName,
    })),
  ]
}

const resourceTypes: readonly number[] = Object.values(configResources)

function unalterable({ resourceType, configs }: AlteredResource): Refusal {
  const first = configs[0]
  return resourceTypes.includes(resourceType) && first !== undefined
    ? refuse('POLICY_VIOLATION', `Altering config property '${first.name}' is disallowed.`)
    : refuse('INVALID_REQUEST', `Unsupported resource type: ${resourceType}`)
}
