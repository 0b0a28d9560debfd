import type {
  Authenticate,
  AuthenticateResult,
  HandshakeResult,
  Identity,
  SignIn,
  SignInState,
  TurnedAway,
} from '../api/context.ts'
import { kafkaErrors } from '../errors.ts'
import { printable } from './log-lines.ts'

const MECHANISMS = ['PLAIN'] as const

/** Says neither whether the key exists nor what was wrong with the secret. */
const WRONG_CREDENTIALS = 'Authentication failed: the API key or its secret is wrong.'

export interface SignInOptions {
  readonly authenticate: Authenticate
  /** Whether the client is on this machine. */
  readonly local: boolean
  /** Why somebody with the right secret may not sign in over this connection; null where they may. */
  readonly refusal: (identity: Identity) => string | null
  /** Takes a place among the tenant's connections; what to log where there is none left. */
  readonly admit: (identity: Identity) => string | null
}

/**
 * The sign-in of one connection: a state machine over SaslHandshake, SaslAuthenticate and bare
 * tokens. Only PLAIN (RFC 4616). A failure is final; a second sign-in on a live connection (KIP-368)
 * must end as the same principal.
 */
export function createSignIn({ authenticate, local, refusal, admit }: SignInOptions): SignIn {
  let state: SignInState = 'initial'
  let identity: Identity | null = null

  function handshake(mechanism: string, apiVersion: number): HandshakeResult {
    const mechanisms = MECHANISMS
    if (state !== 'initial' && !(state === 'signedIn' && apiVersion > 0)) {
      state = 'failed'
      return {
        errorCode: kafkaErrors.ILLEGAL_SASL_STATE.code,
        mechanisms,
        close: 'sent SaslHandshake in the middle of a sign-in',
      }
    }
    if (!MECHANISMS.some((known) => known === mechanism)) {
      state = 'failed'
      return {
        errorCode: kafkaErrors.UNSUPPORTED_SASL_MECHANISM.code,
        mechanisms,
        close: `asked for an unknown SASL mechanism: ${printable(mechanism)}, where this broker speaks ${MECHANISMS.join(', ')}`,
      }
    }
    state = apiVersion === 0 ? 'rawTokens' : 'tokens'
    return { errorCode: kafkaErrors.NONE.code, mechanisms }
  }

  function fail(errorCode: number, errorMessage: string, close: string): AuthenticateResult {
    state = 'failed'
    return { errorCode, errorMessage, token: EMPTY, close }
  }

  function verify(token: Uint8Array): AuthenticateResult | TurnedAway {
    const code = kafkaErrors.SASL_AUTHENTICATION_FAILED.code
    const credentials = parsePlainToken(token)
    if (credentials === null) {
      return fail(code, 'Authentication failed: the PLAIN token is malformed.', 'sent a bad token')
    }
    const { authzid, username, password } = credentials
    if (authzid !== '' && authzid !== username) {
      const reason = 'the authorization id differs from the user name'
      return fail(code, `Authentication failed: ${reason}.`, reason)
    }
    const found = authenticate({ username, password, local })
    if (found === null) {
      return fail(code, WRONG_CREDENTIALS, 'gave a wrong API key or secret')
    }
    const refused = refusal(found)
    if (refused !== null) {
      return fail(code, `Authentication failed: this client ${refused}.`, refused)
    }
    if (identity !== null && identity.principal !== found.principal) {
      const reason = 'a connection that signs in again must keep its principal'
      return fail(code, `Authentication failed: ${reason}.`, reason)
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
    handshake,
    authenticate(token) {
      if (state === 'tokens' || state === 'rawTokens') {
        return verify(token)
      }
      const reason = 'sent SaslAuthenticate without a SaslHandshake before it'
      return fail(kafkaErrors.ILLEGAL_SASL_STATE.code, 'SaslHandshake comes first.', reason)
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
