import type { Context } from 'hono'
import type { ClusterIdentity } from '../kafka/cluster-identity.ts'
import type { Nodes } from '../kafka/nodes.ts'
import type { RestError } from './errors.ts'
import type { RestShares } from './shares.ts'

/** One request of a program whose key has signed in, to the cluster that the key belongs to. */
export interface RestCall {
  readonly nodes: Nodes
  readonly cluster: ClusterIdentity
  /** Such as `http://localhost:3000`. */
  readonly origin: string
  /** The whole URL of this request. */
  readonly url: string
  /** The part of the path that the route calls so, decoded. */
  readonly param: (name: string) => string
  readonly context: Context
  /** What this cluster may use of what all of them share. */
  readonly shares: RestShares
  /** For an answer that goes on after the handler has returned: call what it gives at its end. */
  readonly hold: () => () => void
}

/** What a handler answers: JSON with 200, an error, or a response of its own. */
export type Answer = { readonly json: object } | { readonly error: RestError } | Response

export type Handle = (call: RestCall) => Promise<Answer>

/** A row of a noun's table. `path` is below `/clusters/:cluster`, in Hono's grammar. */
export interface Route {
  readonly method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE'
  readonly path: string
  readonly handle: Handle
}

/** A number in a path; null where it is none, so that nothing is found there. */
export function idParam(call: RestCall, name: string): number | null {
  const text = call.param(name)
  return /^\d{1,9}$/.test(text) ? Number(text) : null
}
