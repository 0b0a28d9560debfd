import type { Clock } from '../clock.ts'
import type { Tenant } from '../cluster/tenant.ts'
import type { GroupCoordinator } from '../coordinator/group/coordinator.ts'
import type { Api, RequestOf, ResponseOf } from '../protocol/schema.ts'
import type { OpenListenerSettings } from '../rules/open-listener.ts'
import type { AnswerMemory } from './answer-memory.ts'

/** A node as this client should reach it: the local address of its own socket, or `ADVERTISED_HOST`. */
export interface NodeAddress {
  readonly nodeId: number
  readonly host: string
  readonly port: number
}

/** The connection that a request came in on. */
export interface ConnectionInfo {
  readonly id: number
  /** The node (1, 2, 3) whose port the client dialled. */
  readonly nodeId: number
  readonly nodes: readonly NodeAddress[]
  /** The client's own IP address, as its socket says. */
  readonly address: string
  /** As sent with ApiVersions v3+ (KIP-511); null before. */
  readonly software: { readonly name: string; readonly version: string } | null
  /** What answers hold, of this and all other connections. */
  readonly answers: AnswerMemory
  /** Aborted when the socket closes: whoever is parked for it gives up. */
  readonly closed: AbortSignal
}

/** What every signed-in request may use. `tenant` and `groups` are its only doors to data. */
export interface RequestContext {
  readonly tenant: Tenant
  readonly groups: GroupCoordinator
  /** `User:<api key>`, `User:ANONYMOUS`, or an internal principal, whose reads count in no metric. */
  readonly principal: string
  readonly internal: boolean
  /** What holds on the port without a key, where the client came by it; null on the nodes' ports. */
  readonly openListener: OpenListenerSettings | null
  readonly connection: ConnectionInfo
  readonly clock: Clock
  readonly apiVersion: number
  readonly clientId: string | null
  /** Calls back once the bytes of the answer are with the kernel, or will never be sent. */
  afterAnswer(done: () => void): void
  /**
   * Says that nothing will look at the request's bytes again, so that their memory need not wait for the
   * garbage collector. Whoever cannot know that says nothing.
   */
  letGoOfRequest(): void
  /** Hands out producer ids that no broker start ever handed out before (KIP-98). */
  nextProducerId(): Promise<number>
}

/** Answers one Kafka API. `null` sends nothing (Produce with acks=0). */
export interface Handler<A extends Api = Api> {
  readonly api: A
  handle(
    context: RequestContext,
    request: RequestOf<A>,
  ): ResponseOf<A> | null | Promise<ResponseOf<A> | null>
}

export function handler<A extends Api>(api: A, handle: Handler<A>['handle']): Handler<A> {
  return { api, handle }
}

/** Thrown by a handler to end the connection; `reason` is what the log line says. */
export class CloseConnection extends Error {
  readonly reason: string
  constructor(reason: string) {
    super(reason)
    this.reason = reason
  }
}
