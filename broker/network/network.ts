import type { Socket } from 'node:net'
import { AnswerMemory } from '../api/answer-memory.ts'
import type { Authenticate, Caller, Identity } from '../api/context.ts'
import type { Call } from '../api/dispatch.ts'
import type { Clock } from '../clock.ts'
import { HeldMemory } from '../free-memory.ts'
import type { ConnectionProblem } from '../rules/connection-problems.ts'
import { brokerLimit } from '../rules/limits.ts'
import type { SecurityProtocol } from '../rules/security-protocols.ts'
import type { CertificateSource } from '../tls/certificate-source.ts'
import { advertisedNodes, isFromThisMachine } from './advertised.ts'
import { Connection } from './connection.ts'
import { type ConnectionAttempts, createConnectionAttempts } from './connection-attempts.ts'
import { createConnections } from './connections.ts'
import { type Listener, type ListenFailure, openListeners } from './listeners.ts'
import type { Log } from './log-lines.ts'
import { type HowToServe, type OpenPortResult, openPortWithoutKey } from './open-port.ts'
import { createProblemLog } from './problem-log.ts'
import { RequestMemory } from './request-memory.ts'
import type { AppendPressure } from './request-queue.ts'
import { createSignIn, type RefusedClaim } from './sasl.ts'
import { createHandshakes } from './tls-handshakes.ts'

/** The sockets of the broker: the nodes' ports and every connection on them. */
export interface Network {
  /** The nodes' ports, node 1 first. */
  readonly ports: readonly number[]
  connections(): readonly Connection[]
  /** Those that have ended, as far as they are remembered. */
  readonly attempts: Pick<ConnectionAttempts, 'ofTenant' | 'ofStrangers'>
  /** What requests and answers of all connections hold, in bytes. */
  readonly memory: { readonly requestBytes: number; readonly answerBytes: number }
  /** Open connections of a tenant's clients, without those of internal principals. */
  connectionCount(tenantId: string): number
  /** Ends at once the connections that signed in with this API key. */
  closeKey(tenantId: string, key: string): void
  closeTenant(tenantId: string): void
  /** Opens a port on loopback whose connections are this identity's from their first byte; 0 takes a free one. */
  openWithoutKey(port: number, identity: Identity): Promise<OpenPortResult>
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
  /** The tenant that has this API key, or null. */
  readonly keyTenantId: (key: string) => string | null
  readonly hasTenant: (tenantId: string) => boolean
  readonly connectionsMax: (identity: Identity) => number
  readonly dispatch: (frame: Buffer, caller: Caller) => Call
  readonly pressure: AppendPressure
}

export type OpenNetworkResult =
  | { readonly ok: true; readonly network: Network }
  | { readonly ok: false; readonly failure: ListenFailure }

export async function openNetwork(options: NetworkOptions): Promise<OpenNetworkResult> {
  const { clock, advertisedHost, protocols } = options
  const log = createProblemLog(options.log, clock)
  const attempts = createConnectionAttempts(options.hasTenant)
  const handshakes = createHandshakes(options.certificates)
  const answerMemory = new AnswerMemory()
  const connections = createConnections(clock, options.connectionsMax, answerMemory)
  const requestMemory = new RequestMemory()
  const readMemory = new HeldMemory()
  let ports: readonly number[] = []
  const openPorts = new Set<Listener>()
  let nextId = 1

  function claimOf(key: string): RefusedClaim | null {
    const tenantId = options.keyTenantId(key)
    if (tenantId !== null) return { tenantId, key, isDeleted: false }
    const deleted = attempts.deletedKey(key)
    return deleted === null ? null : { ...deleted, isDeleted: true }
  }

  /** Makes a connection of a socket, and keeps it until it is closed. */
  function connect(socket: Socket, how: HowToServe): Connection {
    const connection = new Connection({
      ...how,
      id: nextId++,
      isFromThisMachine: isFromThisMachine(socket),
      socket,
      clock,
      pressure: options.pressure,
      requestMemory,
      readMemory,
      answerMemory,
      handshakes,
      dispatch: options.dispatch,
      log: log.add,
      onClosed(closed) {
        connections.remove(closed)
        attempts.add(closed.attempt())
      },
    })
    connections.add(connection)
    return connection
  }

  function accept(socket: Socket, nodeId: number) {
    if (connections.countBeforeSignIn >= brokerLimit('connectionsBeforeSignIn')) {
      const host = socket.remoteAddress ?? '?'
      log.add(
        { code: 'TOO_MANY_STRANGERS', detail: String(connections.countBeforeSignIn) },
        { host, text: `a connection from ${host}` },
      )
      socket.destroy()
      return
    }
    const local = isFromThisMachine(socket)
    connect(socket, {
      nodeId,
      // Our own processes sign in from this machine, which need not reach a name meant for others.
      // The name that a TLS client asked for is in the certificate, where its address may not be.
      nodes: (identity, askedName) =>
        advertisedNodes(
          socket.localAddress,
          ports,
          identity?.internal ? null : (advertisedHost ?? askedName),
        ),
      // Of our own processes it is known only when they sign in that they are.
      refusal: (protocol) =>
        protocols.includes(protocol) || (protocol === 'SASL_PLAINTEXT' && local)
          ? null
          : refusalOf(protocol),
      createSignIn: (opened) =>
        createSignIn({
          authenticate: options.authenticate,
          claimOf,
          local,
          refusal: (identity) =>
            identity.internal || protocols.includes(opened.protocol)
              ? null
              : refusalOf(opened.protocol),
          admit: (identity) => connections.admit(opened, identity),
        }),
    })
  }

  const opened = await openListeners({ host: options.host, ports: options.ports, onSocket: accept })
  if (!opened.ok) {
    connections.stopSweeping()
    return opened
  }
  ports = opened.listeners.map((listener) => listener.port)

  function closeWhere(
    matches: (identity: Identity) => boolean,
    code: 'KEY_DELETED' | 'CLUSTER_DELETED',
  ) {
    for (const connection of connections.list()) {
      const { identity } = connection.signIn
      if (identity !== null && matches(identity)) {
        connection.destroy({ code })
      }
    }
  }

  return {
    ok: true,
    network: {
      ports,
      connections: connections.list,
      connectionCount: connections.countOf,
      get memory() {
        return { requestBytes: requestMemory.heldBytes, answerBytes: answerMemory.heldBytes }
      },
      attempts,
      openWithoutKey: (port, identity) =>
        openPortWithoutKey({
          ...{ port, identity, connect },
          listeners: openPorts,
          admit: connections.admit,
          connections: connections.list,
        }),
      closeKey(tenantId, key) {
        attempts.keyDeleted(tenantId, key)
        closeWhere((who) => who.username === key, 'KEY_DELETED')
      },
      closeTenant(tenantId) {
        attempts.tenantDeleted(tenantId)
        closeWhere((who) => who.tenant.id === tenantId, 'CLUSTER_DELETED')
      },
      async close(graceMs) {
        await closeNetwork([...opened.listeners, ...openPorts], connections.list, graceMs)
        connections.stopSweeping()
        log.close()
      },
    },
  }
}

/** Only what is accepted at all is refused by the other of the two. */
function refusalOf(protocol: SecurityProtocol): ConnectionProblem {
  return { code: protocol === 'SASL_SSL' ? 'TLS_REFUSED' : 'PLAINTEXT_REFUSED' }
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
