import type { IncomingMessage, ServerResponse } from 'node:http'
import { getRequestListener } from '@hono/node-server'
import type { ClusterAddress } from '../kafka/cluster-address.ts'
import { createRestApp } from './app.ts'
import { createKeyClients } from './key-clients.ts'
import { type SharedLimits, sharedLimits } from './limits.ts'
import { createRestShares } from './shares.ts'

/** Kafka REST on somebody's HTTP server, behind whatever checks the request's host. */
export interface RestListener {
  /** Whether a request is meant for it rather than for the console's pages. */
  serves(request: IncomingMessage): boolean
  /** Whether its body may go on for as long as its sender likes: records, one after another. */
  streams(request: IncomingMessage): boolean
  answer(request: IncomingMessage, response: ServerResponse): void
  /** Ends the connections to Kafka. */
  close(): void
}

export function createRestListener(
  cluster: Pick<ClusterAddress, 'bootstrap' | 'isOwnBroker' | 'authority'>,
  limits: SharedLimits = sharedLimits,
): RestListener {
  const shares = createRestShares(limits)
  const keys = createKeyClients(cluster, { keysMax: limits.keysMax, inUse: shares.keys })
  // Next runs in the same process and has its own idea of `Request` and `Response`.
  const answer = getRequestListener(createRestApp(keys, shares).fetch, {
    overrideGlobalObjects: false,
  })
  return {
    serves: ({ url = '' }) => /^\/kafka(?:[/?]|$)/.test(url),
    streams: ({ method, url = '' }) =>
      method === 'POST' && /^\/kafka\/[^?]*\/records(?:\?|$)/.test(url),
    answer: (request, response) => void answer(request, response),
    close: keys.close,
  }
}
