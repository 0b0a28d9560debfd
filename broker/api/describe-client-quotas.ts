import { isRefusal, type Refusal, refuse } from '../errors.ts'
import { DescribeClientQuotas } from '../protocol/messages/describe-client-quotas.ts'
import type { RequestOf } from '../protocol/schema.ts'
import { handler } from './handler.ts'
import { isQuotaEntity } from './quota-entities.ts'
import { NO_REFUSAL, refusalFields } from './refusal-fields.ts'

/**
 * DescribeClientQuotas (key 48), versions 0–1.
 *
 * No client is held back here, so no filter finds a quota; one that contradicts itself is refused as
 * in Kafka (KIP-546).
 */
export const describeClientQuotas = handler(DescribeClientQuotas, (_context, request) => {
  const problem = filterProblem(request.components)
  return isRefusal(problem)
    ? { ...refusalFields(problem), entries: null }
    : { ...NO_REFUSAL, entries: [] }
})

type Component = RequestOf<typeof DescribeClientQuotas>['components'][number]

const matchTypes = { EXACT: 0, DEFAULT: 1, ANY: 2 } as const

function filterProblem(components: readonly Component[]): Refusal | null {
  const seen = new Set<string>()
  for (const component of components) {
    const { entityType } = component
    if (entityType === '') return refuse('INVALID_REQUEST', 'Unexpected empty entity type.')
    if (!isQuotaEntity(entityType)) {
      return refuse('UNSUPPORTED_VERSION', `Custom entity type '${entityType}' not supported`)
    }
    if (seen.has(entityType)) {
      return refuse('INVALID_REQUEST', `Duplicate entity type '${entityType}' in the filter.`)
    }
    if (!matchIsValid(component)) {
      return refuse(
        'INVALID_REQUEST',
        `Match ${component.matchType} of '${entityType}' is invalid.`,
      )
    }
    seen.add(entityType)
  }
  return seen.has('ip') && seen.size > 1
    ? refuse('INVALID_REQUEST', 'An ip cannot be asked for together with a user or client-id.')
    : null
}

/** Only an exact match names what it is to match. */
function matchIsValid({ matchType, match }: Component): boolean {
  return matchType === matchTypes.EXACT
    ? match !== null
    : (matchType === matchTypes.DEFAULT || matchType === matchTypes.ANY) && match === null
}
