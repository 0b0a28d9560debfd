/**
 * TLS on a port that speaks plaintext too: the first byte of a connection tells which it is, and a
 * connection whose bytes begin a handshake is given to a TLS server that listens nowhere.
 *
 * That server belongs to all of them, so that sessions are resumed and a renewed certificate holds
 * from the next handshake on, without a new listener.
 */
import { constants, X509Certificate } from 'node:crypto'
import type { Socket } from 'node:net'
import { createServer, type Server, type TLSSocket } from 'node:tls'
import type { ConnectionProblem } from '../rules/connection-problems.ts'
import type { CertificateSource } from '../tls/certificate-source.ts'
import type { Certificates } from '../tls/certificates.ts'
import { hostName } from './server-name.ts'
import { tlsFailureOf } from './tls-failures.ts'

/** The record type of a handshake. A frame that begins so would be 352 MiB long, far over the limit. */
export const TLS_HANDSHAKE = 0x16

export interface Handshakes {
  /** Takes a socket over; `first` is what was read of it already. */
  begin(socket: Socket, first: Buffer, outcome: HandshakeOutcome): void
  /** Whether the certificate is for this name; true while there is none. */
  isForName(name: string): boolean
}

/** One of them is called, unless the socket closes first. */
export interface HandshakeOutcome {
  readonly onSecure: (socket: TLSSocket) => void
  /** The socket is to be destroyed. */
  readonly onFailure: (problem: ConnectionProblem) => void
}

export function createHandshakes(source: CertificateSource): Handshakes {
  const waiting = new Map<string, HandshakeOutcome>()
  let server: Server | null = null
  let certificate: X509Certificate | null = null

  async function openServer(): Promise<Server> {
    const certificates = await source.current()
    if (server === null) {
      certificate = new X509Certificate(certificates.server.certificate)
      server = createServer(contextOf(certificates))
      server.on('secureConnection', (socket) => {
        socket.allowHalfOpen = true
        take(socket)?.onSecure(socket)
      })
      server.on('tlsClientError', (error, socket) => {
        // The end of the accepted socket tells by itself that it hung up.
        if (isHangUp(error)) return
        const name = askedName(socket)
        const wrongName = name === null || isForName(name) ? null : name
        take(socket)?.onFailure(tlsFailureOf(error, wrongName))
      })
    }
    return server
  }

  function isForName(name: string): boolean {
    return certificate === null || certificate.checkHost(name) !== undefined
  }

  source.onRenewed((certificates) => {
    certificate = new X509Certificate(certificates.server.certificate)
    server?.setSecureContext(contextOf(certificates))
  })

  function take(socket: Socket): HandshakeOutcome | undefined {
    const peer = peerOf(socket)
    const outcome = waiting.get(peer)
    waiting.delete(peer)
    return outcome
  }

  function hand(tls: Server, socket: Socket, outcome: HandshakeOutcome): void {
    if (socket.destroyed) {
      return
    }
    const peer = peerOf(socket)
    waiting.set(peer, outcome)
    socket.once('close', () => {
      // Another connection may have come from the same port meanwhile.
      if (waiting.get(peer) === outcome) waiting.delete(peer)
    })
    tls.emit('connection', socket)
  }

  return {
    isForName,
    begin(socket, first, outcome) {
      // Whoever ends its side in the middle of a handshake is gone; afterwards it may have answers coming.
      socket.allowHalfOpen = false
      // What was read goes back in front, where the TLS server finds it.
      socket.pause()
      socket.unshift(first)
      if (server !== null) {
        hand(server, socket, outcome)
        return
      }
      openServer().then(
        (opened) => hand(opened, socket, outcome),
        (error: unknown) =>
          outcome.onFailure({
            code: 'TLS_UNAVAILABLE',
            detail: error instanceof Error ? error.message : 'no certificate',
          }),
      )
    },
  }
}

/** The name that the client asked for (SNI); null where it dialled an address or sent nonsense. */
export function askedName(socket: TLSSocket): string | null {
  const { servername } = socket
  return typeof servername === 'string' ? hostName(servername) : null
}

function contextOf({ server }: Certificates) {
  return {
    key: server.key,
    cert: server.certificate,
    minVersion: 'TLSv1.2' as const,
    // A client could make us shake hands over and over; no client of Kafka's asks for it.
    secureOptions: constants.SSL_OP_NO_RENEGOTIATION,
  }
}

function isHangUp(error: Error): boolean {
  return 'code' in error && error.code === 'ECONNRESET'
}

/** Tells open connections apart: a TLS socket does not say which socket it was made of. */
function peerOf(socket: Socket): string {
  const { remoteAddress, remotePort, localAddress, localPort } = socket
  return `${remoteAddress} ${remotePort} ${localAddress} ${localPort}`
}
