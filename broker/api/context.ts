import type { Tenant } from '../cluster/tenant.ts'
import type { GroupCoordinator } from '../coordinator/group/coordinator.ts'
import type { Api, RequestOf, ResponseOf } from '../protocol/schema.ts'
import type { ConnectionProblem } from '../rules/connection-problems.ts'
import type { ConnectionInfo } from './handler.ts'

/** Who a connection is once it has signed in, or from its first byte on the port without a key. */
export interface Identity {
  readonly tenant: Tenant
  readonly groups: GroupCoordinator
  /** `User:<api key>`, `User:ANONYMOUS`, or an internal principal. */
  readonly principal: string
  /** The API key; `ANONYMOUS`; the user name of an internal principal. */
  readonly username: string
  readonly internal: boolean
  /** Came by the tenant's open listener, without a key. */
  readonly anonymous: boolean
}

export interface Credentials {
  readonly username: string
  readonly password: string
  /** Whether the client is on this machine: internal principals sign in from nowhere else. */
  readonly local: boolean
}

/** An API key that somebody named, and the tenant that has it or had it. */
export interface KeyClaim {
  readonly tenantId: string
  readonly key: string
}

/** Null for a wrong key and for a wrong secret alike: an answer must not tell which. */
export type Authenticate = (credentials: Credentials) => Identity | null

/**
 * - `initial`: nothing but ApiVersions and SaslHandshake is answered.
 * - `tokens`: a handshake v1 was answered; SaslAuthenticate follows.
 * - `rawTokens`: a handshake v0 was answered; the next frame is a bare token without a header.
 * - `signedIn`: everything is answered.
 * - `failed`: nothing is answered any more; the connection is ending.
 */
export type SignInState = 'initial' | 'tokens' | 'rawTokens' | 'signedIn' | 'failed'

export interface HandshakeResult {
  readonly errorCode: number
  readonly mechanisms: readonly string[]
  /** Why the connection ends after this answer; absent where it goes on. */
  readonly close?: ConnectionProblem
}

export interface AuthenticateResult {
  readonly errorCode: number
  readonly errorMessage: string | null
  /** What is sent back inside the SASL exchange. PLAIN has nothing to say. */
  readonly token: Uint8Array
  readonly close?: ConnectionProblem
}

/** The key is right, but there is no place left: the connection ends without an answer. */
export interface TurnedAway {
  readonly turnedAway: ConnectionProblem
}

/** The sign-in of one connection; `network/sasl.ts` is its state machine. */
export interface SignIn {
  readonly state: SignInState
  /** Kept while a signed-in connection signs in again (KIP-368). */
  readonly identity: Identity | null
  /** The SASL mechanism that was asked for, fit for a log line. */
  readonly mechanism: string | null
  /** Whose key was refused: null where nobody's was named. */
  readonly refusedClaim: KeyClaim | null
  handshake(mechanism: string, apiVersion: number): HandshakeResult
  authenticate(token: Uint8Array): AuthenticateResult | TurnedAway
}

/** The versions of one API as ApiVersions tells them. */
export interface AdvertisedApi {
  readonly apiKey: number
  readonly minVersion: number
  readonly maxVersion: number
}

/** What an API that is legal before sign-in may use: the connection, and nobody's data. */
export interface SignInContext {
  readonly signIn: SignIn
  readonly apiVersion: number
  readonly advertised: readonly AdvertisedApi[]
  /** Remembers what the client says it is (KIP-511). */
  nameSoftware(name: string, version: string): void
}

export interface SignInAnswer<A extends Api> {
  /** Null where the connection ends without an answer. */
  readonly response: ResponseOf<A> | null
  readonly close?: ConnectionProblem
}

/** Answers an API that is legal before sign-in. */
export interface SignInHandler<A extends Api = Api> {
  readonly api: A
  handle(context: SignInContext, request: RequestOf<A>): SignInAnswer<A>
}

export function signInHandler<A extends Api>(
  api: A,
  handle: SignInHandler<A>['handle'],
): SignInHandler<A> {
  return { api, handle }
}

/** A connection as a request is answered for it. */
export interface Caller {
  readonly info: ConnectionInfo
  readonly signIn: SignIn
  nameSoftware(name: string, version: string): void
  /** Remembers what was refused in an answer, for whoever looks at this connection. */
  noteProblem(problem: ConnectionProblem): void
  /** Nothing looks at the bytes of this request any more. */
  letGo(frame: Buffer): void
}
