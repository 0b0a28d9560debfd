/**
 * A client's bytes, in plaintext or through TLS: the first one tells which.
 *
 * Invariants
 * - Plaintext costs one look at the first read; afterwards the accepted socket itself is used.
 * - Nobody sees a byte of a connection whose protocol is refused, or of a handshake.
 */
import type { Socket } from 'node:net'
import type { ConnectionProblem } from '../rules/connection-problems.ts'
import type { SecurityProtocol } from '../rules/security-protocols.ts'
import { serverNameIn } from './server-name.ts'
import { createSocketWriter, type WriteSegments } from './socket-writer.ts'
import { isTlsError, tlsBreakOf } from './tls-failures.ts'
import { askedName, type Handshakes, TLS_HANDSHAKE } from './tls-handshakes.ts'

export interface Channel {
  /** What to pause, end and destroy: the accepted socket until a handshake is done, then the one inside it. */
  readonly socket: Socket
  readonly protocol: SecurityProtocol
  /** The name that a TLS client dialled; null where it dialled an address, in plaintext, or not known yet. */
  readonly askedName: string | null
  /** Such as `TLSv1.3`; null in plaintext and before the handshake is done. */
  readonly tlsVersion: string | null
  readonly isHandshaking: boolean
  /** Whether the client said anything at all. */
  readonly hasBegun: boolean
  readonly write: WriteSegments
}

export interface ChannelOptions {
  readonly socket: Socket
  /** Why a connection that speaks this protocol is not taken; null where it is. */
  readonly refusal: (protocol: SecurityProtocol) => ConnectionProblem | null
  readonly handshakes: Handshakes
  readonly onData: (bytes: Buffer) => void
  /** Answers were handed to the socket, which may have taken them in part only. */
  readonly onWritten: () => void
  readonly onDrain: () => void
  readonly onEnd: () => void
  /** The connection must end. */
  readonly onFailure: (problem: ConnectionProblem) => void
  /** The peer is gone; null where that is nothing to wonder about. */
  readonly onClose: (problem: ConnectionProblem | null) => void
}

export function openChannel(options: ChannelOptions): Channel {
  const { socket: accepted } = options
  let socket: Socket = accepted
  let write = createSocketWriter(accepted, options.onWritten)
  let stage: Stage = 'begun' as Stage
  let dialled: string | null = null
  let tlsVersion: string | null = null

  function follow() {
    socket.on('drain', options.onDrain)
    socket.on('end', options.onEnd)
    // The cause of a lost connection is the network's or the client's; 'close' follows.
    socket.on('error', () => {})
  }

  function begin(first: Buffer) {
    const isTls = first[0] === TLS_HANDSHAKE
    stage = isTls ? 'handshake' : 'plaintext'
    const refused = options.refusal(isTls ? 'SASL_SSL' : 'SASL_PLAINTEXT')
    if (refused !== null) {
      options.onFailure(refused)
    } else if (isTls) {
      shakeHands(first)
    } else {
      socket.on('data', options.onData)
      options.onData(first)
    }
  }

  /** Some clients that refuse a certificate say so by an alert; Node's only hang up, before or after the end. */
  function silence(): ConnectionProblem | null {
    if (stage !== 'handshake' && stage !== 'silent') return null
    return dialled === null || options.handshakes.isForName(dialled)
      ? { code: 'TLS_HUNG_UP' }
      : { code: 'TLS_WRONG_HOST_NAME', detail: dialled }
  }

  function shakeHands(first: Buffer) {
    dialled = serverNameIn(first)
    options.handshakes.begin(accepted, first, {
      onFailure: options.onFailure,
      onSecure(inner) {
        stage = 'silent'
        dialled = askedName(inner)
        tlsVersion = inner.getProtocol()
        socket = inner
        write = createSocketWriter(inner, options.onWritten)
        follow()
        // Node only tells of it: a stream that broke once would go on.
        inner.on('error', (error) => {
          if (isTlsError(error)) options.onFailure(tlsBreakOf(error))
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
  accepted.on('close', () => options.onClose(silence()))

  return {
    get socket() {
      return socket
    },
    get protocol() {
      return stage === 'begun' || stage === 'plaintext' ? 'SASL_PLAINTEXT' : 'SASL_SSL'
    },
    get askedName() {
      return dialled
    },
    get tlsVersion() {
      return tlsVersion
    },
    get hasBegun() {
      return stage !== 'begun'
    },
    get isHandshaking() {
      return stage === 'handshake'
    },
    write: (segments, done) => write(segments, done),
  }
}

/**
 * - `begun`: nothing was read yet.
 * - `silent`: the handshake is done, and the client has said nothing through it.
 */
type Stage = 'begun' | 'plaintext' | 'handshake' | 'silent' | 'used'
