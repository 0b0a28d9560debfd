import type {
  Authenticate,
  AuthenticateResult,
  HandshakeResult,
  Identity,
  KeyClaim,
  SignIn,
  SignInState,
  TurnedAway,
} from '../api/context.ts'
import { kafkaErrors } from '../errors.ts'
import { type ConnectionProblem, describeProblem } from '../rules/connection-problems.ts'
import { printable } from './log-lines.ts'

const MECHANISMS = ['PLAIN'] as const

/** Says neither whether the key exists nor what was wrong with the secret. */
const WRONG_CREDENTIALS = 'Authentication failed: the API key or its secret is wrong.'

export interface SignInOptions {
  readonly authenticate: Authenticate
  /** Whose key a user name is or was that could not sign in; null where it is nobody's. */
  readonly claimOf: (username: string) => RefusedClaim | null
  /** Whether the client is on this machine. */
  readonly local: boolean
  /** Why somebody with the right secret may not sign in over this connection; null where they may. */
  readonly refusal: (identity: Identity) => ConnectionProblem | null
  /** Takes a place among the tenant's connections, or says that there is none left. */
  readonly admit: (identity: Identity) => ConnectionProblem | null
}

export interface RefusedClaim extends KeyClaim {
  readonly isDeleted: boolean
}

/**
 * The sign-in of one connection: a state machine over SaslHandshake, SaslAuthenticate and bare
 * tokens. Only PLAIN (RFC 4616). A failure is final; a second sign-in on a live connection (KIP-368)
 * must end as the same principal.
 */
export function createSignIn(options: SignInOptions): SignIn {
  const { authenticate, local, refusal, admit } = options
  let state: SignInState = 'initial'
  let identity: Identity | null = null
  let asked: string | null = null
  let refusedClaim: KeyClaim | null = null

  function handshake(mechanism: string, apiVersion: number): HandshakeResult {
    const mechanisms = MECHANISMS
    asked = printable(mechanism)
    if (state !== 'initial' && !(state === 'signedIn' && apiVersion > 0)) {
      state = 'failed'
      return {
        errorCode: kafkaErrors.ILLEGAL_SASL_STATE.code,
        mechanisms,
        close: { code: 'SASL_ORDER', detail: 'SaslHandshake in the middle of a sign-in' },
      }
    }
    if (!MECHANISMS.some((known) => known === mechanism)) {
      state = 'failed'
      return {
        errorCode: kafkaErrors.UNSUPPORTED_SASL_MECHANISM.code,
        mechanisms,
        close: { code: 'SASL_MECHANISM', detail: asked },
      }
    }
    state = apiVersion === 0 ? 'rawTokens' : 'tokens'
    return { errorCode: kafkaErrors.NONE.code, mechanisms }
  }

  function fail(
    errorCode: number,
    errorMessage: string,
    close: ConnectionProblem,
  ): AuthenticateResult {
    state = 'failed'
    return { errorCode, errorMessage, token: EMPTY, close }
  }

  /** Remembers whose key it was, for them to see; the answer says nothing of that. */
  function wrongCredentials(username: string): ConnectionProblem {
    const claim = options.claimOf(username)
    if (claim === null) return { code: 'UNKNOWN_KEY' }
    const { tenantId, key, isDeleted } = claim
    refusedClaim = { tenantId, key }
    return { code: isDeleted ? 'DELETED_KEY' : 'WRONG_SECRET', detail: key }
  }

  function verify(token: Uint8Array): AuthenticateResult | TurnedAway {
    const code = kafkaErrors.SASL_AUTHENTICATION_FAILED.code
    const credentials = parsePlainToken(token)
    if (credentials === null) {
      return fail(code, 'Authentication failed: the PLAIN token is malformed.', {
        code: 'SASL_TOKEN',
      })
    }
    const { authzid, username, password } = credentials
    if (authzid !== '' && authzid !== username) {
      const reason = 'the authorization id differs from the user name'
      return fail(code, `Authentication failed: ${reason}.`, { code: 'SASL_AUTHORIZATION_ID' })
    }
    const found = authenticate({ username, password, local })
    if (found === null) {
      return fail(code, WRONG_CREDENTIALS, wrongCredentials(username))
    }
    refusedClaim = { tenantId: found.tenant.id, key: found.username }
    const refused = refusal(found)
    if (refused !== null) {
      const why = describeProblem(refused)
      return fail(code, `Authentication failed: this client ${why}.`, refused)
    }
    if (identity !== null && identity.principal !== found.principal) {
      const reason = 'a connection that signs in again must keep its principal'
      return fail(code, `Authentication failed: ${reason}.`, { code: 'OTHER_PRINCIPAL' })
    }
    const turnedAway = identity === null ? admit(found) : null
    if (turnedAway !== null) {
      // As in Kafka, without an answer: an error of SASL would be final for a Java client, and a
      // place may be free the next moment.
      state = 'failed'
      return { turnedAway }
    }
    identity = found
    state = 'signedIn'
    return { errorCode: kafkaErrors.NONE.code, errorMessage: null, token: EMPTY }
  }

  return {
    get state() {
      return state
    },
    get identity() {
      return identity
    },
    get mechanism() {
      return asked
    },
    get refusedClaim() {
      return refusedClaim
    },
    handshake,
    authenticate(token) {
      if (state === 'tokens' || state === 'rawTokens') {
        return verify(token)
      }
      return fail(kafkaErrors.ILLEGAL_SASL_STATE.code, 'SaslHandshake comes first.', {
        code: 'SASL_ORDER',
        detail: 'SaslAuthenticate without a SaslHandshake before it',
      })
    },
  }
}

const EMPTY = new Uint8Array(0)

/** `[authzid] NUL authcid NUL passwd` in UTF-8 (RFC 4616); null for anything else. */
export function parsePlainToken(
  token: Uint8Array,
): { readonly authzid: string; readonly username: string; readonly password: string } | null {
  let text: string
  try {
    text = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(token)
  } catch {
    return null
  }
  const [authzid, username, password, ...rest] = text.split('\0')
  if (authzid === undefined || !username || !password || rest.length > 0) {
    return null
  }
  return { authzid, username, password }
}
