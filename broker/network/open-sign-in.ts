import type { Identity, SignIn } from '../api/context.ts'
import { kafkaErrors } from '../errors.ts'
import { describeProblem } from '../rules/connection-problems.ts'
import { printable } from './log-lines.ts'

/**
 * The sign-in of a connection that needs none: it is done before the first byte. Who tries to sign in
 * all the same is told so, as by a PLAINTEXT listener of Kafka, rather than let in under a key whose
 * secret nobody looked at.
 */
export function createOpenSignIn(identity: Identity): SignIn {
  let mechanism: string | null = null
  return {
    state: 'signedIn',
    identity,
    get mechanism() {
      return mechanism
    },
    refusedClaim: null,
    handshake(asked) {
      mechanism = printable(asked)
      return {
        errorCode: kafkaErrors.ILLEGAL_SASL_STATE.code,
        mechanisms: [],
        close: { code: 'OPEN_PORT_SASL' },
      }
    },
    authenticate: () => ({
      errorCode: kafkaErrors.ILLEGAL_SASL_STATE.code,
      errorMessage: `This client ${describeProblem({ code: 'OPEN_PORT_SASL' })}.`,
      token: new Uint8Array(0),
      close: { code: 'OPEN_PORT_SASL' },
    }),
  }
}
