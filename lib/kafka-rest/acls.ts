import { countAcls } from '../kafka/acls.ts'
import { asKafkaFailure, type KafkaFailure } from '../kafka/failure.ts'
import type { Answer, RestCall, Route } from './calls.ts'
import { errorOfKafka, restErrors } from './errors.ts'
import { list } from './resources.ts'

/**
 * A key may do everything in its own cluster, so that there are no access rules: the list is empty
 * because Kafka says so, and a change is refused in Kafka's words.
 */
export const aclRoutes: readonly Route[] = [
  { method: 'GET', path: '/acls', handle: listAcls },
  { method: 'POST', path: '/acls', handle: refuseChange },
  { method: 'DELETE', path: '/acls', handle: refuseChange },
  { method: 'POST', path: '/:action{acls:batch}', handle: refuseChange },
]

async function listAcls(call: RestCall): Promise<Answer> {
  const rules = await readRules(call)
  if ('refused' in rules || rules.count === 0) return { json: list(call, 'KafkaAcl', []) }
  return { error: restErrors.notImplemented }
}

async function refuseChange(call: RestCall): Promise<Answer> {
  const rules = await readRules(call)
  return { error: 'refused' in rules ? errorOfKafka(rules.refused) : restErrors.notImplemented }
}

type Rules = { readonly count: number } | { readonly refused: KafkaFailure }

async function readRules({ nodes }: RestCall): Promise<Rules> {
  try {
    return { count: await countAcls(nodes) }
  } catch (error) {
    const refused = asKafkaFailure(error)
    if (refused === null || refused.code !== 'SECURITY_DISABLED') throw error
    return { refused }
  }
}
