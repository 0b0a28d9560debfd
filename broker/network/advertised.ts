import type { NodeAddress } from '../api/handler.ts'

/**
 * The nodes as the client on this socket should reach them. There is no `advertised.listeners` to
 * set: whatever address the client dialled works for it again, so it is told that one, with
 * loopback as `localhost`. `advertisedHost` wins, for clients behind a name or a mapped port.
 */
export function advertisedNodes(
  localAddress: string | undefined,
  ports: readonly number[],
  advertisedHost: string | null,
): readonly NodeAddress[] {
  const host = advertisedHost ?? hostOf(localAddress)
  return ports.map((port, index) => ({ nodeId: index + 1, host, port }))
}

/** Whether an address of a socket, its own or its peer's, is this machine's loopback. */
export function isLoopback(address: string | undefined): boolean {
  const plain = withoutMapping(address ?? '')
  return plain === '::1' || plain.startsWith('127.')
}

/**
 * Whether the peer of a socket is on this machine: by loopback, or by one of the machine's own
 * addresses, which a connection to itself has at both ends and which nobody else can answer from.
 */
export function isFromThisMachine(socket: SocketAddresses): boolean {
  const { remoteAddress, localAddress } = socket
  return (
    remoteAddress !== undefined && (isLoopback(remoteAddress) || remoteAddress === localAddress)
  )
}

interface SocketAddresses {
  readonly remoteAddress?: string | undefined
  readonly localAddress?: string | undefined
}

function hostOf(localAddress: string | undefined): string {
  if (localAddress === undefined || isLoopback(localAddress)) {
    return 'localhost'
  }
  return withoutMapping(localAddress)
}

/** An IPv4 address as a dual-stack socket reports it: `::ffff:192.0.2.1`. */
export function withoutMapping(address: string): string {
  return address.toLowerCase().startsWith('::ffff:') ? address.slice(7) : address
}
