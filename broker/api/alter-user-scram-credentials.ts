import { refuse } from '../errors.ts'
import { AlterUserScramCredentials } from '../protocol/messages/alter-user-scram-credentials.ts'
import { handler } from './handler.ts'
import { refusalFields } from './refusal-fields.ts'
import { firstOfEach } from './repeated.ts'

/**
 * AlterUserScramCredentials (key 51), version 0.
 *
 * API keys are made in the console and sign in by PLAIN: no SCRAM credential can be set, and none is
 * there that could be deleted (KIP-554). Each user is answered once, as in Kafka.
 */
export const alterUserScramCredentials = handler(AlterUserScramCredentials, (_context, request) => {
  const changes = [
    ...request.upsertions.map(({ name }) => ({ name, refusal: NOT_OFFERED })),
    ...request.deletions.map(({ name }) => ({ name, refusal: NOTHING_TO_DELETE })),
  ]
  return {
    results: firstOfEach(changes, ({ name }) => name).map(({ name, refusal }) => ({
      user: name,
      ...refusalFields(refusal),
    })),
  }
})

const NOT_OFFERED = refuse(
  'UNSUPPORTED_SASL_MECHANISM',
  'Only PLAIN is offered here, with API keys that are made in the console.',
)

const NOTHING_TO_DELETE = refuse(
  'RESOURCE_NOT_FOUND',
  'Attempt to delete a user credential that does not exist',
)
