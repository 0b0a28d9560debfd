import type { Socket } from 'node:net'
import type { Authenticate, Caller, Identity } from '../api/context.ts'
import type { Call } from '../api/dispatch.ts'
import type { Clock } from '../clock.ts'
import { brokerLimit } from '../rules/limits.ts'
import { advertisedNodes, isFromThisMachine } from './advertised.ts'
import { type AppendPressure, Connection } from './connection.ts'
import { createConnections } from './connections.ts'
import { type Listener, type ListenFailure, openListeners } from './listeners.ts'
import { createRateLimitedLog, type Log } from './log-lines.ts'
import { createSignIn } from './sasl.ts'

/** The sockets of the broker: the nodes' ports and every connection on them. */
export interface Network {
  /** The nodes' ports, node 1 first. */
  readonly ports: readonly number[]
  connections(): readonly Connection[]
  /** Open connections of a tenant's clients, without those of internal principals. */
  connectionCount(tenantId: string): number
  /** Ends at once the connections that signed in with this API key. */
  closeKey(key: string): void
  closeTenant(tenantId: string): void
  /** Stops accepting, lets what is being answered finish for up to `graceMs`, then ends the rest. */
  close(graceMs: number): Promise<void>
}

export interface NetworkOptions {
  readonly host: string | null
  readonly ports: readonly number[]
  readonly advertisedHost: string | null
  readonly clock: Clock
  readonly log: Log
  readonly authenticate: Authenticate
  readonly connectionsMax: (identity: Identity) => number
  readonly dispatch: (frame: Buffer, caller: Caller) => Call
  readonly pressure: AppendPressure
}

export type OpenNetworkResult =
  | { readonly ok: true; readonly network: Network }
  | { readonly ok: false; readonly failure: ListenFailure }

export async function openNetwork(options: NetworkOptions): Promise<OpenNetworkResult> {
  const { clock, advertisedHost } = options
  const log = createRateLimitedLog(options.log, clock)
  const connections = createConnections(clock, options.connectionsMax)
  let ports: readonly number[] = []
  let nextId = 1

  function accept(socket: Socket, nodeId: number) {
    if (connections.countBeforeSignIn >= brokerLimit('connectionsBeforeSignIn')) {
      log(
        'too many strangers',
        `refused a connection from ${socket.remoteAddress}: ${connections.countBeforeSignIn} others have not signed in yet`,
      )
      socket.destroy()
      return
    }
    const local = isFromThisMachine(socket)
    const connection = new Connection({
      id: nextId++,
      nodeId,
      // Our own processes sign in from this machine, which need not reach a name meant for others.
      nodes: (identity) =>
        advertisedNodes(socket.localAddress, ports, identity?.internal ? null : advertisedHost),
      socket,
      clock,
      pressure: options.pressure,
      createSignIn: (opened) =>
        createSignIn({
          authenticate: options.authenticate,
          local,
          admit: (identity) => connections.admit(opened, identity),
        }),
      dispatch: options.dispatch,
      log,
      onClosed: connections.remove,
    })
    connections.add(connection)
  }

  const opened = await openListeners({ host: options.host, ports: options.ports, onSocket: accept })
  if (!opened.ok) {
    connections.stopSweeping()
    return opened
  }
  ports = opened.listeners.map((listener) => listener.port)

  function closeWhere(matches: (identity: Identity) => boolean, reason: string) {
    for (const connection of connections.list()) {
      const { identity } = connection.signIn
      if (identity !== null && matches(identity)) {
        connection.destroy(reason)
      }
    }
  }

  return {
    ok: true,
    network: {
      ports,
      connections: connections.list,
      connectionCount: connections.countOf,
      closeKey: (key) =>
        closeWhere((who) => who.username === key, 'was closed: its key is deleted'),
      closeTenant: (tenantId) =>
        closeWhere((who) => who.tenant.id === tenantId, 'was closed: its cluster is deleted'),
      async close(graceMs) {
        await closeNetwork(opened.listeners, connections.list, graceMs)
        connections.stopSweeping()
      },
    },
  }
}

async function closeNetwork(
  listeners: readonly Listener[],
  list: () => readonly Connection[],
  graceMs: number,
): Promise<void> {
  for (const listener of listeners) listener.close()
  const ended = list().map((connection) => {
    const closed = connection.whenClosed
    connection.finish()
    return closed
  })
  // The grace is real time even where a test moves the broker's clock: it bounds a shutdown.
  const grace = new AbortController()
  const deadline = new Promise<void>((resolve) => {
    const timer = setTimeout(resolve, graceMs)
    grace.signal.addEventListener('abort', () => clearTimeout(timer))
  })
  await Promise.race([Promise.all(ended), deadline])
  grace.abort()
  for (const connection of list()) {
    connection.destroy(null)
  }
  await Promise.all(ended)
}
