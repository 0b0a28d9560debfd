/**
 * A client's bytes, in plaintext or through TLS: the first one tells which.
 *
 * Invariants
 * - Plaintext costs one look at the first read; afterwards the accepted socket itself is used.
 * - Nobody sees a byte of a connection whose protocol is refused, or of a handshake.
 */
import type { Socket } from 'node:net'
import type { SecurityProtocol } from '../rules/security-protocols.ts'
import { createSocketWriter } from './socket-writer.ts'
import { describeTlsFailure, isTlsError, untrusted } from './tls-failures.ts'
import { askedName, type Handshakes, TLS_HANDSHAKE } from './tls-handshakes.ts'

export interface Channel {
  /** What to pause, end and destroy: the accepted socket until a handshake is done, then the one inside it. */
  readonly socket: Socket
  readonly protocol: SecurityProtocol
  /** The name that a TLS client dialled; null where it dialled an address, or in plaintext. */
  readonly askedName: string | null
  readonly isHandshaking: boolean
  write(segments: readonly Uint8Array[]): void
}

export interface ChannelOptions {
  readonly socket: Socket
  /** Why a connection that speaks this protocol is not taken; null where it is. */
  readonly refusal: (protocol: SecurityProtocol) => string | null
  readonly handshakes: Handshakes
  readonly onData: (bytes: Buffer) => void
  readonly onDrain: () => void
  readonly onEnd: () => void
  /** The connection must end; the reason completes the sentence "connection … ". */
  readonly onFailure: (reason: string) => void
  /** The peer is gone; the reason is null where that is nothing to wonder about. */
  readonly onClose: (reason: string | null) => void
}

export function openChannel(options: ChannelOptions): Channel {
  const { socket: accepted } = options
  let socket: Socket = accepted
  let write = createSocketWriter(accepted)
  let stage: 'plaintext' | 'handshake' | 'silent' | 'used' = 'plaintext'
  let dialled: string | null = null

  function follow() {
    socket.on('drain', options.onDrain)
    socket.on('end', options.onEnd)
    // The cause of a lost connection is the network's or the client's; 'close' follows.
    socket.on('error', () => {})
  }

  function begin(first: Buffer) {
    const isTls = first[0] === TLS_HANDSHAKE
    const refused = options.refusal(isTls ? 'SASL_SSL' : 'SASL_PLAINTEXT')
    if (refused !== null) {
      options.onFailure(`${refused}; closed`)
    } else if (isTls) {
      shakeHands(first)
    } else {
      socket.on('data', options.onData)
      options.onData(first)
    }
  }

  function shakeHands(first: Buffer) {
    stage = 'handshake'
    options.handshakes.begin(accepted, first, {
      onFailure: (reason) => options.onFailure(`failed its TLS handshake: ${reason}; closed`),
      onSecure(inner) {
        stage = 'silent'
        dialled = askedName(inner)
        socket = inner
        write = createSocketWriter(inner)
        follow()
        // Node only tells of it: a stream that broke once would go on.
        inner.on('error', (error) => {
          if (isTlsError(error))
            options.onFailure(`broke TLS: ${describeTlsFailure(error)}; closed`)
          inner.destroy()
        })
        socket.once('data', () => {
          stage = 'used'
        })
        socket.on('data', options.onData)
      },
    })
  }

  follow()
  accepted.once('data', begin)
  // The socket inside takes the accepted one with it.
  accepted.on('close', () => options.onClose(silenceOf(stage)))

  return {
    get socket() {
      return socket
    },
    get protocol() {
      return stage === 'plaintext' ? 'SASL_PLAINTEXT' : 'SASL_SSL'
    },
    get askedName() {
      return dialled
    },
    get isHandshaking() {
      return stage === 'handshake'
    },
    write: (segments) => write(segments),
  }
}

/** Some clients that refuse a certificate say so by an alert; Node's only hang up, before or after the end. */
function silenceOf(stage: string): string | null {
  return stage === 'handshake' || stage === 'silent'
    ? `hung up at its TLS handshake: perhaps ${untrusted}`
    : null
}
