import { isRefusal, type Refusal, refuse } from '../errors.ts'
import { AlterClientQuotas } from '../protocol/messages/alter-client-quotas.ts'
import type { RequestOf } from '../protocol/schema.ts'
import { handler } from './handler.ts'
import { isQuotaEntity, isQuotaKey } from './quota-entities.ts'
import { NO_REFUSAL, refusalFields } from './refusal-fields.ts'

/**
 * AlterClientQuotas (key 49), versions 0–1.
 *
 * No client is held back here, and a quota that is kept but not enforced would be a lie: setting one
 * is refused by policy. Removing one is granted, as Kafka grants removing what is not there.
 */
export const alterClientQuotas = handler(AlterClientQuotas, (_context, request) => ({
  entries: request.entries.map((entry) => {
    const outcome = problem(entry)
    return { ...(isRefusal(outcome) ? refusalFields(outcome) : NO_REFUSAL), entity: entry.entity }
  }),
}))

type Entry = RequestOf<typeof AlterClientQuotas>['entries'][number]

function problem({ entity, ops }: Entry): Refusal | null {
  const types = entity.map(({ entityType }) => entityType)
  if (types.length === 0) return refuse('INVALID_REQUEST', 'Invalid empty client quota entity')
  const unknown = types.find((type) => !isQuotaEntity(type))
  if (unknown !== undefined) {
    return refuse('INVALID_REQUEST', `Unhandled client quota entity type: ${unknown}`)
  }
  if (new Set(types).size < types.length || (types.includes('ip') && types.length > 1)) {
    return refuse('INVALID_REQUEST', `Invalid client quota entity: ${types.join(', ')}`)
  }
  const invalid = ops.find(({ key }) => !isQuotaKey(types, key))
  if (invalid !== undefined) {
    return refuse('INVALID_REQUEST', `Invalid configuration key ${invalid.key}`)
  }
  const set = ops.find(({ remove }) => !remove)
  return set === undefined
    ? null
    : refuse('POLICY_VIOLATION', `This cluster enforces no quotas, so ${set.key} cannot be set.`)
}
