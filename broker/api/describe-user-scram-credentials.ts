import { type Refusal, refuse } from '../errors.ts'
import { DescribeUserScramCredentials } from '../protocol/messages/describe-user-scram-credentials.ts'
import { handler } from './handler.ts'
import { NO_REFUSAL, refusalFields } from './refusal-fields.ts'
import { splitRepeated } from './repeated.ts'

/**
 * DescribeUserScramCredentials (key 50), version 0.
 *
 * API keys sign in by PLAIN, so nobody has a SCRAM credential (KIP-554): asked for all users there
 * are none, and each that is named has none. `kafka-configs --entity-type users` needs the answer.
 */
export const describeUserScramCredentials = handler(
  DescribeUserScramCredentials,
  (_context, request) => {
    const { once, repeated } = splitRepeated(request.users ?? [], ({ name }) => name)
    return {
      ...NO_REFUSAL,
      results: [
        ...once.map(({ name }) => answer(name, noCredential(name))),
        ...repeated.map(({ name }) => answer(name, refuse('DUPLICATE_RESOURCE'))),
      ],
    }
  },
)

function noCredential(name: string): Refusal {
  return refuse(
    'RESOURCE_NOT_FOUND',
    `Attempt to describe a user credential that does not exist: ${name}`,
  )
}

function answer(user: string, refusal: Refusal) {
  return { user, ...refusalFields(refusal), credentialInfos: [] }
}
