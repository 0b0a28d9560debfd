/**
 * From a frame to the bytes of its answer: header, table, body, handler, header and body.
 *
 * Invariants
 * - Before sign-in only the APIs of `signInHandlers` are answered.
 * - A handler that fails in a way nobody expected ends the connection with a log line. It never
 *   becomes UNKNOWN_SERVER_ERROR, of which Java producers and Streams die, and never silence.
 * - What cannot be answered (unknown API, unknown version, a body that does not decode) ends the
 *   connection, as in Kafka; only ApiVersions and Produce have an answer for a version that is not
 *   served (KIP-511, KIP-896).
 */
import type { Clock } from '../clock.ts'
import { kafkaErrors } from '../errors.ts'
import { decodeRequest } from '../protocol/codec.ts'
import {
  decodeRequestHeader,
  encodeResponseFrame,
  type PeekedHeader,
  peekHeader,
  type RequestHeader,
} from '../protocol/header.ts'
import { ApiVersions } from '../protocol/messages/api-versions.ts'
import { Produce } from '../protocol/messages/produce.ts'
import { SaslAuthenticate } from '../protocol/messages/sasl-authenticate.ts'
import { SaslHandshake } from '../protocol/messages/sasl-handshake.ts'
import type { ConnectionProblem } from '../rules/connection-problems.ts'
import type { Caller, Identity, SignInHandler } from './context.ts'
import { DEADLINE_MS, deadlineMsOf } from './deadlines.ts'
import { CloseConnection, type Handler, type RequestContext } from './handler.ts'
import { refuseOldProduce } from './old-produce.ts'
import { refusedPartOf } from './refused-part.ts'
import type { ApiTable, ServedApi } from './table.ts'

/** What is written for a request; the connection ends after it where `close` says why. */
export interface Answer {
  /** Empty where nothing is answered (Produce with acks=0). */
  readonly segments: readonly Uint8Array[]
  readonly close?: ConnectionProblem
  /** To be called once the segments are looked at no more, whether they were written or not. */
  readonly done?: () => void
}

/** A request that was started. */
export interface Call {
  /** For log lines, such as `Heartbeat v4`. */
  readonly name: string
  /** −1 where it has no header that could be read. */
  readonly apiKey: number
  /** As the request says; absent where it has no header that could be read. */
  readonly clientId?: string | null
  /** How long the answer may take before the connection is given up. */
  readonly deadlineMs: number
  /** Never rejects. */
  readonly answer: Answer | Promise<Answer>
}

export interface DispatchOptions {
  readonly table: ApiTable
  readonly clock: Clock
  readonly nextProducerId: () => Promise<number>
}

/** Starts to answer one frame of a connection; what the handler does at once is done on return. */
export type Dispatch = (frame: Buffer, caller: Caller) => Call

export function createDispatch(options: DispatchOptions): Dispatch {
  return (frame, caller) => {
    let peeked: PeekedHeader
    try {
      peeked = peekHeader(frame)
    } catch {
      const detail = `a frame too short for a request: ${frame.length} bytes`
      return refuse({ name: 'a frame', apiKey: -1 }, { code: 'UNREADABLE', detail })
    }
    const { apiKey } = peeked
    const served = options.table.get(apiKey)
    if (served === undefined) {
      const name = `API ${apiKey} v${peeked.apiVersion}`
      return refuse({ name, apiKey }, { code: 'UNKNOWN_API', detail: name })
    }
    const name = `${served.api.name} v${peeked.apiVersion}`
    if (!isLegal(caller, served)) {
      return refuse({ name, apiKey }, prematureProblem(caller, name))
    }
    if (peeked.apiVersion < served.min || peeked.apiVersion > served.max) {
      return answerUnsupported(options.table, served, peeked, frame, name)
    }
    return answerSupported(options, served, frame, caller, name)
  }
}

/** Whether this API may be asked in the present state of the sign-in (Kafka's ILLEGAL_SASL_STATE). */
function isLegal({ signIn }: Caller, { handler, api }: ServedApi): boolean {
  switch (signIn.state) {
    case 'signedIn':
      return true
    case 'initial':
      return handler === null
    case 'tokens':
      return api.key === SaslAuthenticate.key || api.key === SaslHandshake.key
    default:
      return false
  }
}

/** Without a single word of SASL, it is a client that was never told to sign in. */
function prematureProblem({ signIn }: Caller, name: string): ConnectionProblem {
  return signIn.state === 'initial'
    ? { code: 'NOT_SIGNED_IN', detail: name }
    : { code: 'SASL_ORDER', detail: `${name} in the middle of a sign-in` }
}

function refuse(asked: Pick<Call, 'name' | 'apiKey' | 'clientId'>, close: ConnectionProblem): Call {
  return { ...asked, deadlineMs: 0, answer: { segments: [], close } }
}

/** ApiVersions is answered in version 0 with our list, Produce up to 2 partition by partition. */
function answerUnsupported(
  table: ApiTable,
  { api }: ServedApi,
  { apiVersion, correlationId }: PeekedHeader,
  frame: Buffer,
  name: string,
): Call {
  if (api.key === ApiVersions.key && apiVersion > 0) {
    const errorCode = kafkaErrors.UNSUPPORTED_VERSION.code
    const apiKeys = [...table.advertised]
    const segments = encodeResponseFrame(ApiVersions, 0, correlationId, { errorCode, apiKeys })
    return { name, apiKey: api.key, deadlineMs: 0, answer: { segments } }
  }
  if (api.key === Produce.key) {
    const segments = refuseOldProduce(apiVersion, frame)
    if (segments !== null) {
      return { name, apiKey: api.key, deadlineMs: 0, answer: { segments } }
    }
  }
  return refuse({ name, apiKey: api.key }, { code: 'UNSUPPORTED_VERSION', detail: name })
}

function answerSupported(
  options: DispatchOptions,
  { api, handler, signInHandler }: ServedApi,
  frame: Buffer,
  caller: Caller,
  name: string,
): Call {
  const { apiVersion } = peekHeader(frame)
  let header: RequestHeader
  let request: ReturnType<typeof decodeRequest>
  try {
    header = decodeRequestHeader(api, apiVersion, frame)
    request = decodeRequest(api, apiVersion, frame, header.bodyOffset)
  } catch (error) {
    const detail = `${name} that does not decode: ${messageOf(error)}`
    return refuse({ name, apiKey: api.key }, { code: 'UNREADABLE', detail })
  }
  const { clientId } = header
  const asked = { name, apiKey: api.key, clientId }
  try {
    if (signInHandler !== null) {
      const advertised = options.table.advertised
      const answer = answerSignIn(signInHandler, header, request, caller, advertised)
      return { ...asked, deadlineMs: 0, answer }
    }
    const { identity } = caller.signIn
    if (handler === null || identity === null) {
      return refuse(asked, { code: 'NOT_SIGNED_IN', detail: name })
    }
    const afterwards: (() => void)[] = []
    const letGo = () => caller.letGo(frame)
    const context = createContext(options, identity, header, { caller, afterwards, letGo })
    const note = identity.internal
      ? noNote
      : (problem: ConnectionProblem) => caller.noteProblem(problem)
    const answer = answerWith({ handler, note, name, afterwards }, context, header, request)
    return { ...asked, deadlineMs: deadlineMsOf(api, request), answer }
  } catch (error) {
    return { ...asked, deadlineMs: DEADLINE_MS, answer: failed(name, error) }
  }
}

function createContext(
  { clock, nextProducerId }: DispatchOptions,
  identity: Identity,
  { apiVersion, clientId }: RequestHeader,
  { caller, afterwards, letGo }: RequestHooks,
): RequestContext {
  return {
    tenant: identity.tenant,
    groups: identity.groups,
    principal: identity.principal,
    internal: identity.internal,
    openListener: identity.anonymous ? identity.tenant.openListener : null,
    connection: caller.info,
    clock,
    apiVersion,
    clientId,
    afterAnswer: (done) => void afterwards.push(done),
    letGoOfRequest: letGo,
    nextProducerId,
  }
}

interface RequestHooks {
  readonly caller: Caller
  readonly afterwards: (() => void)[]
  readonly letGo: () => void
}

function answerSignIn(
  { api, handle }: SignInHandler,
  { apiVersion, correlationId }: RequestHeader,
  request: ReturnType<typeof decodeRequest>,
  caller: Caller,
  advertised: ApiTable['advertised'],
): Answer {
  const { signIn } = caller
  const nameSoftware = (software: string, version: string) => caller.nameSoftware(software, version)
  const { response, close } = handle({ signIn, apiVersion, advertised, nameSoftware }, request)
  const segments =
    response === null ? [] : encodeResponseFrame(api, apiVersion, correlationId, response)
  return close === undefined ? { segments } : { segments, close }
}

function answerWith(
  {
    handler: { api, handle },
    note,
    name,
    afterwards,
  }: {
    readonly handler: Handler
    readonly note: (problem: ConnectionProblem) => void
    readonly name: string
    readonly afterwards: readonly (() => void)[]
  },
  context: RequestContext,
  { apiVersion, correlationId }: RequestHeader,
  request: ReturnType<typeof decodeRequest>,
): Answer | Promise<Answer> {
  type Response = Awaited<ReturnType<typeof handle>>
  const encode = (response: Response): Answer => {
    if (response === null) return NO_ANSWER
    const refused = refusedPartOf(api, response)
    if (refused !== null) note(refused)
    const segments = encodeResponseFrame(api, apiVersion, correlationId, response)
    return afterwards.length === 0 ? { segments } : { segments, done: inTurn(afterwards) }
  }
  const result = handle(context, request)
  return result instanceof Promise
    ? result.then(encode).catch((error: unknown) => failed(name, error))
    : encode(result)
}

function inTurn(steps: readonly (() => void)[]): () => void {
  return () => {
    for (const step of steps) step()
  }
}

const noNote = () => {}
const NO_ANSWER: Answer = { segments: [] }

/** The answer to a request whose handler threw: none, and the end of the connection. */
function failed(name: string, error: unknown): Answer {
  if (error instanceof CloseConnection) {
    const detail = `${name}: ${error.reason}`
    return { segments: [], close: { code: 'CLOSED_BY_REQUEST', detail } }
  }
  const place = error instanceof Error ? (error.stack?.split('\n')[1]?.trim() ?? '') : ''
  const detail = `${name} failed: ${messageOf(error)} ${place}`.trim()
  return { segments: [], close: { code: 'HANDLER_FAILED', detail } }
}

function messageOf(error: unknown): string {
  return error instanceof Error ? `${error.name}: ${error.message}` : String(error)
}
