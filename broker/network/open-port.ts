import type { Socket } from 'node:net'
import type { Identity } from '../api/context.ts'
import type { NodeAddress } from '../api/handler.ts'
import type { ConnectionProblem } from '../rules/connection-problems.ts'
import { openListenerNodeId } from '../rules/open-listener.ts'
import type { Connection, ConnectionOptions } from './connection.ts'
import { type Listener, type ListenFailure, openListeners } from './listeners.ts'
import { createOpenSignIn } from './open-sign-in.ts'

/** A port whose connections are one identity's from their first byte. */
export interface OpenPort {
  readonly port: number
  /** Stops accepting, and ends its connections at once. */
  close(): void
}

export type OpenPortResult =
  | { readonly ok: true; readonly opened: OpenPort }
  | { readonly ok: false; readonly failure: ListenFailure }

export interface OpenPortOptions {
  /** 0 takes one that is free at the moment. */
  readonly port: number
  readonly identity: Identity
  /** Those that are to stop with the broker. */
  readonly listeners: Set<Listener>
  /** Makes a connection and adds it to the broker's. */
  readonly connect: (socket: Socket, how: HowToServe) => Connection
  readonly admit: (connection: Connection, identity: Identity) => ConnectionProblem | null
  /** The broker's connections, of every port. */
  readonly connections: () => readonly Connection[]
}

/** What differs from port to port in how a connection is served. */
export type HowToServe = Pick<ConnectionOptions, 'nodeId' | 'nodes' | 'refusal' | 'createSignIn'>

/** Opens it on loopback, whatever the other ports listen on: there it is all that keeps others out. */
export async function openPortWithoutKey(options: OpenPortOptions): Promise<OpenPortResult> {
  const { identity } = options
  const result = await openListeners({
    host: null,
    ports: [options.port],
    onSocket: (socket) => accept(options, port, socket),
  })
  if (!result.ok) return result
  const [listener] = result.listeners
  if (listener === undefined) throw new Error('Where one port was asked for, one listener is.')
  const { port } = listener
  options.listeners.add(listener)
  return {
    ok: true,
    opened: {
      port,
      close() {
        options.listeners.delete(listener)
        listener.close()
        for (const connection of options.connections()) {
          if (connection.signIn.identity === identity) {
            connection.destroy({ code: 'OPEN_PORT_CLOSED' })
          }
        }
      },
    },
  }
}

function accept({ identity, connect, admit }: OpenPortOptions, port: number, socket: Socket): void {
  const nodes: readonly NodeAddress[] = [{ nodeId: openListenerNodeId, host: 'localhost', port }]
  const connection = connect(socket, {
    nodeId: openListenerNodeId,
    nodes: () => nodes,
    refusal: (protocol) => (protocol === 'SASL_SSL' ? { code: 'OPEN_PORT_TLS' } : null),
    createSignIn: () => createOpenSignIn(identity),
  })
  const turnedAway = admit(connection, identity)
  if (turnedAway !== null) connection.destroy(turnedAway)
}
