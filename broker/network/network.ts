import type { Socket } from 'node:net'
import type { Authenticate, Caller, Identity } from '../api/context.ts'
import type { Call } from '../api/dispatch.ts'
import type { Clock } from '../clock.ts'
import { brokerLimit } from '../rules/limits.ts'
import type { SecurityProtocol } from '../rules/security-protocols.ts'
import type { CertificateSource } from '../tls/certificate-source.ts'
import { advertisedNodes, isFromThisMachine } from './advertised.ts'
import { type AppendPressure, Connection } from './connection.ts'
import { createConnections } from './connections.ts'
import { type Listener, type ListenFailure, openListeners } from './listeners.ts'
import { createRateLimitedLog, type Log } from './log-lines.ts'
import { createSignIn } from './sasl.ts'
import { createHandshakes } from './tls-handshakes.ts'

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
  readonly protocols: readonly SecurityProtocol[]
  readonly certificates: CertificateSource
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
  const { clock, advertisedHost, protocols } = options
  const log = createRateLimitedLog(options.log, clock)
  const handshakes = createHandshakes(options.certificates)
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
      // The name that a TLS client asked for is in the certificate, where its address may not be.
      nodes: (identity, askedName) =>
        advertisedNodes(
          socket.localAddress,
          ports,
          identity?.internal ? null : (advertisedHost ?? askedName),
        ),
      socket,
      clock,
      pressure: options.pressure,
      handshakes,
      // Of our own processes it is known only when they sign in that they are.
      refusal: (protocol) =>
        protocols.includes(protocol) || (protocol === 'SASL_PLAINTEXT' && local)
          ? null
          : describeRefusal(protocol, protocols),
      createSignIn: (opened) =>
        createSignIn({
          authenticate: options.authenticate,
          local,
          refusal: (identity) =>
            identity.internal || protocols.includes(opened.protocol)
              ? null
              : describeRefusal(opened.protocol, protocols),
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

/** Completes the sentence "connection … ". */
function describeRefusal(
  protocol: SecurityProtocol,
  accepted: readonly SecurityProtocol[],
): string {
  const spoken = protocol === 'SASL_SSL' ? 'TLS' : 'plaintext'
  const wanted = accepted.join(' or ')
  return `speaks ${spoken} where only ${wanted} is accepted: set security.protocol=${wanted}`
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
