import type { KeyClaim } from '../api/context.ts'
import type { ConnectionProblem } from '../rules/connection-problems.ts'

/** How far one connection got: what *Check my connection* shows of it, open or ended. */
export interface ConnectionAttempt extends Progress {
  readonly id: number
  readonly openedMs: number
  /** Null while it is open. */
  readonly closedMs: number | null
  /** The peer's IP address. */
  readonly host: string
  readonly isFromThisMachine: boolean
  readonly nodeId: number
  /** Null where not a byte came. */
  readonly isEncrypted: boolean | null
  /** Such as `TLSv1.3`, once the handshake is done. */
  readonly tlsVersion: string | null
  /** The name that a TLS client dialled. */
  readonly askedName: string | null
  readonly mechanism: string | null
  /** Null where nobody's key was named: then it is nobody's to see but the peer's own machine's. */
  readonly claim: KeyClaim | null
  readonly isSignedIn: boolean
  /** One of our own processes. */
  readonly isInternal: boolean
  readonly clientId: string | null
  readonly software: string | null
}

/** What a connection has done so far. */
export interface Progress {
  readonly lastRequest: { readonly name: string; readonly atMs: number } | null
  readonly firstProduceMs: number | null
  readonly firstFetchMs: number | null
  /** The last one; for an ended connection, why it ended. */
  readonly problem: (ConnectionProblem & { readonly atMs: number }) | null
}

const PRODUCE = 0
const FETCH = 1

/** Notes what a connection does, at the cost of a few assignments for each request. */
export class ProgressNotes {
  #lastName: string | null = null
  #lastMs = 0
  #firstProduceMs: number | null = null
  #firstFetchMs: number | null = null
  #problem: Progress['problem'] = null

  noteRequest(request: { readonly apiKey: number; readonly name: string; readonly atMs: number }) {
    this.#lastName = request.name
    this.#lastMs = request.atMs
    if (request.apiKey === PRODUCE) this.#firstProduceMs ??= request.atMs
    else if (request.apiKey === FETCH) this.#firstFetchMs ??= request.atMs
  }

  noteProblem(problem: ConnectionProblem, atMs: number): void {
    this.#problem = { ...problem, atMs }
  }

  get now(): Progress {
    return {
      lastRequest: this.#lastName === null ? null : { name: this.#lastName, atMs: this.#lastMs },
      firstProduceMs: this.#firstProduceMs,
      firstFetchMs: this.#firstFetchMs,
      problem: this.#problem,
    }
  }
}
