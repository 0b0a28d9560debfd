import { createServer, type Server, type Socket } from 'node:net'

/** One node's sockets: the same port on every address that it listens on. */
export interface Listener {
  readonly nodeId: number
  readonly port: number
  close(): void
}

export type ListenResult =
  | { readonly ok: true; readonly listeners: readonly Listener[] }
  | { readonly ok: false; readonly failure: ListenFailure }

/** Why a port could not be opened; `code` is Node's, such as `EADDRINUSE`. */
export interface ListenFailure {
  readonly code: string
  readonly host: string
  readonly port: number
}

export interface ListenOptions {
  /** Null for loopback: 127.0.0.1, and ::1 where the machine has IPv6. */
  readonly host: string | null
  /** One per node; 0 takes a free port. */
  readonly ports: readonly number[]
  readonly onSocket: (socket: Socket, nodeId: number) => void
}

/** The failure in one sentence, which names the variable to change. */
export function describeListenFailure({ code, host, port }: ListenFailure): string {
  switch (code) {
    case 'EADDRINUSE':
      return `Port ${port} on ${host} is already in use: set KAFKA_PORT to another port, or to 0 for free ones.`
    case 'EACCES':
      return `Port ${port} may not be opened by this user: set KAFKA_PORT to one above 1023.`
    case 'EADDRNOTAVAIL':
    case 'ENOTFOUND':
      return `This machine has no address ${host}: set HOST to one of its own, or leave it unset.`
    default:
      return `Port ${port} on ${host} could not be opened (${code}): set KAFKA_PORT or HOST.`
  }
}

/** How often a free IPv4 port is tried again because its IPv6 twin was taken. */
const FREE_PORT_ATTEMPTS = 20

/** Opens every node's port, or none. */
export async function openListeners(options: ListenOptions): Promise<ListenResult> {
  const listeners: Listener[] = []
  for (const [index, port] of options.ports.entries()) {
    const nodeId = index + 1
    const opened = await openNode(options, nodeId, port)
    if ('failure' in opened) {
      for (const listener of listeners) listener.close()
      return { ok: false, failure: opened.failure }
    }
    listeners.push(opened)
  }
  return { ok: true, listeners }
}

async function openNode(
  { host, onSocket }: ListenOptions,
  nodeId: number,
  port: number,
): Promise<Listener | { readonly failure: ListenFailure }> {
  const accept = (socket: Socket) => onSocket(socket, nodeId)
  for (let attempt = 1; ; attempt++) {
    const first = await listen(host ?? '127.0.0.1', port, accept)
    if ('failure' in first) {
      return first
    }
    if (host !== null) {
      return listenerOf(nodeId, [first])
    }
    const second = await listen('::1', portOf(first), accept)
    if (!('failure' in second)) {
      return listenerOf(nodeId, [first, second])
    }
    if (isWithoutIpv6(second.failure.code)) {
      return listenerOf(nodeId, [first])
    }
    first.close()
    if (port !== 0 || attempt === FREE_PORT_ATTEMPTS) {
      return second
    }
  }
}

function listen(
  host: string,
  port: number,
  onSocket: (socket: Socket) => void,
): Promise<Server | { readonly failure: ListenFailure }> {
  // A client that has said its last request (FIN) still gets its answers: allowHalfOpen.
  const server = createServer({ allowHalfOpen: true, noDelay: true }, onSocket)
  return new Promise((resolve) => {
    // Stays on after the promise is settled: accepting can fail too (no file descriptor is left), and
    // libuv has dropped that one connection already.
    server.on('error', (error: NodeJS.ErrnoException) => {
      resolve({ failure: { code: error.code ?? 'UNKNOWN', host, port } })
    })
    server.listen({ host, port }, () => resolve(server))
  })
}

function listenerOf(nodeId: number, servers: readonly Server[]): Listener {
  const [first] = servers
  return {
    nodeId,
    port: first === undefined ? 0 : portOf(first),
    close() {
      for (const server of servers) server.close()
    },
  }
}

function portOf(server: Server): number {
  const address = server.address()
  return typeof address === 'object' && address !== null ? address.port : 0
}

function isWithoutIpv6(code: string): boolean {
  return code === 'EADDRNOTAVAIL' || code === 'EAFNOSUPPORT' || code === 'EINVAL'
}
