/**
 * One client's connection: bytes in, frames answered in order, bytes out.
 *
 * Invariants
 * - Answers leave in the order in which their requests came, whatever order they were ready in.
 *   A request without an answer (Produce with acks=0) takes its turn and writes nothing.
 * - Requests are started in order, one at a time as in Kafka, which mutes the channel meanwhile.
 *   Only a run of Produce requests overlaps: each is started, so appended, in its turn, and they
 *   wait for the same group commit.
 * - Nothing grows without a bound: no request is started while too much is unwritten or waits to be
 *   appended, and nothing is read while too much waits to be started.
 * - After the answer that ends a connection nothing more is started, and what still arrives is
 *   read and thrown away for a moment, since closing with unread bytes would reset the connection
 *   and could take that last answer with it.
 */
import type { Caller, Identity, SignIn } from '../api/context.ts'
import type { Answer, Call } from '../api/dispatch.ts'
import type { ConnectionInfo, NodeAddress } from '../api/handler.ts'
import type { Clock } from '../clock.ts'
import { Produce } from '../protocol/messages/produce.ts'
import type { SecurityProtocol } from '../rules/security-protocols.ts'
import { AnswerQueue } from './answer-queue.ts'
import { type Channel, type ChannelOptions, openChannel } from './channel.ts'
import { connectionLimits as limits } from './connection-limits.ts'
import { createFrameReader, type FrameError, type FrameReader } from './frame-reader.ts'
import { describeHead, printable } from './log-lines.ts'
import { answerRawToken } from './raw-token.ts'

export interface ConnectionOptions
  extends Pick<ChannelOptions, 'socket' | 'refusal' | 'handshakes'> {
  readonly id: number
  readonly nodeId: number
  /** Asked at most once, when a request of a connection that has signed in needs it. */
  readonly nodes: (identity: Identity | null, askedName: string | null) => readonly NodeAddress[]
  readonly clock: Clock
  readonly pressure: AppendPressure
  readonly createSignIn: (connection: Connection) => SignIn
  readonly dispatch: (frame: Buffer, caller: Caller) => Call
  readonly log: (kind: string, line: string) => void
  readonly onClosed: (connection: Connection) => void
}

/** Whether too much waits to be appended; then no Produce is started. */
export interface AppendPressure {
  readonly isHigh: () => boolean
  /** Calls back once, when it is no longer high. */
  readonly onRelief: (resume: () => void) => void
}

export class Connection implements Caller {
  readonly id: number
  readonly info: ConnectionInfo
  readonly signIn: SignIn
  readonly openedMs: number
  readonly address: string
  /** Resolves when the socket is gone. */
  readonly whenClosed: Promise<void>
  clientId: string | null = null

  readonly #options: ConnectionOptions
  readonly #channel: Channel
  readonly #reader: FrameReader
  readonly #closed = new AbortController()
  readonly #queue: Buffer[] = []
  readonly #answers: AnswerQueue
  #queuedBytes = 0
  #software: { readonly name: string; readonly version: string } | null = null
  #lastReadMs: number
  #isStopping = false
  #wasEndedHere = false
  #isInputEnded = false
  #isWaitingForRelief = false
  #endingSinceMs: number | null = null

  constructor(options: ConnectionOptions) {
    const { socket, clock } = options
    this.#options = options
    this.id = options.id
    this.openedMs = clock.nowMs()
    this.#lastReadMs = this.openedMs
    this.address = `${socket.remoteAddress ?? '?'}:${socket.remotePort ?? 0}`
    this.signIn = options.createSignIn(this)
    this.info = infoOf(this, options, {
      address: socket.remoteAddress ?? '',
      closed: this.#closed.signal,
      askedName: () => this.#channel.askedName,
      software: () => this.#software,
    })
    this.#answers = new AnswerQueue(
      (segments) => this.#channel.write(segments),
      (why) => {
        this.#log(why)
        this.#end()
      },
    )
    this.#reader = createFrameReader(
      () => this.#frameBytesMax(),
      (frame) => this.#enqueue(frame),
    )
    let noteClosed: () => void = () => {}
    this.whenClosed = new Promise((resolve) => {
      noteClosed = resolve
    })
    this.#channel = openChannel({
      ...options,
      onData: (bytes) => this.#read(bytes),
      onDrain: () => this.#startNext(),
      onEnd: () => this.#endInput(),
      onFailure: (reason) => this.destroy(reason),
      onClose: (reason) => {
        if (reason !== null && !this.#wasEndedHere) this.#log(reason)
        this.#isStopping = true
        this.#closed.abort()
        options.onClosed(this)
        noteClosed()
      },
    })
  }

  get protocol(): SecurityProtocol {
    return this.#channel.protocol
  }

  get software(): string | null {
    return this.#software === null ? null : `${this.#software.name} ${this.#software.version}`
  }

  nameSoftware(name: string, version: string): void {
    this.#software = { name, version }
  }

  /** Ends the connection at once; `reason` completes the sentence "connection … ". */
  destroy(reason: string | null): void {
    if (this.#channel.socket.destroyed) {
      return
    }
    if (reason !== null) {
      this.#log(reason)
    }
    this.#isStopping = true
    this.#wasEndedHere = true
    this.#channel.socket.destroy()
  }

  /** Starts nothing more, lets what is parked go, and ends when every answer has left. */
  finish(): void {
    if (this.#channel.isHandshaking) {
      this.destroy(null)
      return
    }
    this.#isStopping = true
    this.#wasEndedHere = true
    this.#closed.abort()
    this.#endIfDone()
  }

  /** Called about once a second: ends what has lasted too long. */
  checkDeadlines(nowMs: number): void {
    const { oldest } = this.#answers
    if (this.#endingSinceMs !== null) {
      if (nowMs - this.#endingSinceMs >= limits.lingerMs) {
        this.destroy(null)
      }
    } else if (this.signIn.identity === null && nowMs - this.openedMs >= limits.signInMs) {
      const task = this.#channel.isHandshaking ? 'complete its TLS handshake' : 'sign in'
      this.destroy(`did not ${task} within ${limits.signInMs / 1000} s; closed`)
    } else if (oldest !== undefined && nowMs >= oldest.dueMs) {
      this.destroy(`waited too long for the answer to ${oldest.name}; closed`)
    } else if (oldest === undefined && nowMs - this.#lastReadMs >= limits.idleMs) {
      this.destroy(null)
    }
  }

  /** For log lines: who this is, as far as is known. */
  describe(): string {
    const { identity } = this.signIn
    const who = identity === null ? 'not signed in' : `${identity.principal}, ${identity.tenant.id}`
    const software = this.software === null ? '' : `, software ${printable(this.software)}`
    return `connection ${this.id} from ${this.address} (${who}, client id ${printable(this.clientId)}${software})`
  }

  #frameBytesMax(): number {
    return this.signIn.identity === null ? limits.frameBytesMaxBeforeSignIn : limits.frameBytesMax
  }

  #read(bytes: Buffer): void {
    this.#lastReadMs = this.#options.clock.nowMs()
    if (this.#isStopping) {
      return
    }
    const error = this.#reader.push(bytes)
    if (error !== null) {
      this.destroy(describeFrameError(error))
    }
  }

  #enqueue(frame: Buffer): void {
    if (this.#isStopping) {
      return
    }
    this.#queue.push(frame)
    this.#queuedBytes += frame.length
    this.#startNext()
  }

  #startNext(): void {
    while (!this.#isStopping) {
      const [frame] = this.#queue
      if (frame === undefined || !this.#mayStart(frame)) {
        break
      }
      this.#queue.shift()
      this.#queuedBytes -= frame.length
      this.#start(frame)
    }
    this.#regulateReading()
    if (this.#isInputEnded && this.#queue.length === 0) {
      this.#endIfDone()
    }
  }

  #mayStart(frame: Buffer): boolean {
    const { pressure } = this.#options
    if (this.#channel.socket.writableLength > limits.unwrittenBytesMax) {
      return false
    }
    const isProduce = this.#isProduce(frame)
    if (isProduce && pressure.isHigh()) {
      this.#waitForRelief()
      return false
    }
    return (
      this.#answers.length === 0 ||
      (isProduce &&
        this.#answers.isOnlyProduce &&
        this.#answers.length < limits.producesInFlightMax &&
        this.#answers.sizeBytes + frame.length <= limits.produceBytesInFlightMax)
    )
  }

  #isProduce(frame: Buffer): boolean {
    return (
      this.signIn.state === 'signedIn' && frame.length >= 2 && frame.readInt16BE(0) === Produce.key
    )
  }

  #waitForRelief(): void {
    if (this.#isWaitingForRelief) {
      return
    }
    this.#isWaitingForRelief = true
    this.#options.pressure.onRelief(() => {
      this.#isWaitingForRelief = false
      this.#startNext()
    })
  }

  #start(frame: Buffer): void {
    const isProduce = this.#isProduce(frame)
    const call =
      this.signIn.state === 'rawTokens'
        ? answerRawToken(this.signIn, frame)
        : this.#options.dispatch(frame, this)
    if (call.clientId !== undefined) {
      this.clientId = call.clientId
    }
    const dueMs = this.#options.clock.nowMs() + call.deadlineMs
    const settle = this.#answers.add({ name: call.name, isProduce, sizeBytes: frame.length, dueMs })
    if (call.answer instanceof Promise) {
      call.answer.then((answer) => {
        this.#settle(settle, answer)
        this.#startNext()
      })
    } else {
      this.#settle(settle, call.answer)
    }
  }

  #settle(settle: (answer: Answer) => void, answer: Answer): void {
    if (answer.close !== undefined) {
      this.#isStopping = true
    }
    settle(answer)
    if (this.#isStopping) {
      this.#endIfDone()
    }
  }

  #regulateReading(): void {
    const isFull =
      this.#queuedBytes >= limits.readAheadBytesMax ||
      (this.#isWaitingForRelief && this.#queue.length > 0)
    if (isFull && !this.#isStopping) {
      this.#channel.socket.pause()
    } else if (this.#channel.socket.isPaused()) {
      this.#channel.socket.resume()
    }
  }

  #endInput(): void {
    this.#isInputEnded = true
    this.#closed.abort()
    if (this.#endingSinceMs === null) {
      this.#startNext()
    } else {
      this.#channel.socket.destroySoon()
    }
  }

  #endIfDone(): void {
    if (this.#answers.length === 0) {
      this.#end()
    }
  }

  #end(): void {
    if (this.#endingSinceMs !== null) {
      return
    }
    this.#endingSinceMs = this.#options.clock.nowMs()
    this.#isStopping = true
    this.#queue.length = 0
    this.#queuedBytes = 0
    this.#channel.socket.resume()
    if (this.#isInputEnded) {
      this.#channel.socket.destroySoon()
    } else {
      this.#channel.socket.end()
    }
  }

  /** What stands before the first colon or semicolon is the line's kind, so it names nothing sent. */
  #log(what: string): void {
    this.#options.log(what.split(/[:;]/, 1)[0] ?? what, `${this.describe()} ${what}`)
  }
}

function infoOf(
  { signIn }: Connection,
  { id, nodeId, nodes }: ConnectionOptions,
  told: {
    readonly address: string
    readonly closed: AbortSignal
    readonly askedName: () => string | null
    readonly software: () => ConnectionInfo['software']
  },
): ConnectionInfo {
  let known: readonly NodeAddress[] | undefined
  return {
    id,
    nodeId,
    address: told.address,
    closed: told.closed,
    get nodes() {
      known ??= nodes(signIn.identity, told.askedName())
      return known
    },
    get software() {
      return told.software()
    },
  }
}

function describeFrameError({ lengthBytes, maxBytes, head }: FrameError): string {
  return `sent a frame of impossible length: ${lengthBytes} bytes where 0 to ${maxBytes} are allowed${describeHead(head)}; closed`
}
