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
 *
 * Over 300 lines: one lifetime; what has a noun of its own (queue, answers, memory, channel) is beside it.
 */
import type { AnswerMemory } from '../api/answer-memory.ts'
import type { Caller, Identity, SignIn } from '../api/context.ts'
import type { Answer, Call } from '../api/dispatch.ts'
import type { ConnectionInfo, NodeAddress } from '../api/handler.ts'
import type { Clock } from '../clock.ts'
import type { HeldMemory } from '../free-memory.ts'
import type { ConnectionProblem } from '../rules/connection-problems.ts'
import type { SecurityProtocol } from '../rules/security-protocols.ts'
import { AnswerQueue } from './answer-queue.ts'
import { type Channel, type ChannelOptions, openChannel } from './channel.ts'
import { type ConnectionAttempt, ProgressNotes } from './connection-attempt.ts'
import { infoOf } from './connection-info.ts'
import { connectionLimits as limits } from './connection-limits.ts'
import { frameProblem } from './frame-problem.ts'
import { createFrameReader, type FrameError, type FrameReader } from './frame-reader.ts'
import { printable } from './log-lines.ts'
import { answerRawToken } from './raw-token.ts'
import { RequestAccount, type RequestMemory } from './request-memory.ts'
import { type AppendPressure, RequestQueue } from './request-queue.ts'
import { UnreadAnswers } from './unread-answers.ts'

export interface ConnectionOptions
  extends Pick<ChannelOptions, 'socket' | 'refusal' | 'handshakes'> {
  readonly id: number
  readonly nodeId: number
  readonly isFromThisMachine: boolean
  /** Asked at most once, when a request of a connection that has signed in needs it. */
  readonly nodes: (identity: Identity | null, askedName: string | null) => readonly NodeAddress[]
  readonly clock: Clock
  readonly pressure: AppendPressure
  readonly requestMemory: RequestMemory
  readonly readMemory: HeldMemory
  readonly answerMemory: AnswerMemory
  readonly createSignIn: (connection: Connection) => SignIn
  readonly dispatch: (frame: Buffer, caller: Caller) => Call
  readonly log: (problem: ConnectionProblem, who: { host: string; text: string }) => void
  readonly onClosed: (connection: Connection) => void
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
  readonly #memory: RequestAccount
  readonly #queue: RequestQueue
  readonly #answers: AnswerQueue
  readonly #unread: UnreadAnswers
  readonly #notes = new ProgressNotes()
  #closedMs: number | null = null
  #software: { readonly name: string; readonly version: string } | null = null
  #lastReadMs: number
  #isStopping = false
  #wasEndedHere = false
  #isInputEnded = false
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
      (segments, done) => this.#channel.write(segments, done),
      (problem) => {
        this.#fail(problem)
        this.#end()
      },
    )
    this.#unread = new UnreadAnswers(options.answerMemory)
    this.#memory = new RequestAccount(options.requestMemory)
    this.#queue = new RequestQueue({
      pressure: options.pressure,
      answers: this.#answers,
      memory: this.#memory,
      channel: () => this.#channel,
      isSignedIn: () => this.signIn.state === 'signedIn',
      isStopping: () => this.#isStopping,
      start: (frame, isProduce) => this.#start(frame, isProduce),
      onStarted: () => {
        if (this.#isInputEnded && this.#queue.length === 0) this.#endIfDone()
      },
    })
    this.#reader = createFrameReader(
      () => this.#frameBytesMax(),
      (frame) => {
        if (this.#isStopping) return
        options.readMemory.use(frame)
        this.#memory.received(frame.length)
        this.#queue.add(frame)
      },
      (lengthBytes) => this.#admit(lengthBytes),
    )
    let noteClosed: () => void = () => {}
    this.whenClosed = new Promise((resolve) => {
      noteClosed = resolve
    })
    this.#channel = openChannel({
      ...options,
      onData: (bytes) => this.#read(bytes),
      onWritten: () => this.#noteUnread(),
      onDrain: () => {
        this.#noteUnread()
        this.#queue.startNext()
      },
      onEnd: () => this.#endInput(),
      onFailure: (problem) => this.destroy(problem),
      onClose: (problem) => {
        this.#noteEnd(problem)
        this.#isStopping = true
        this.#closed.abort()
        this.#queue.clear()
        this.#memory.close()
        this.#unread.close()
        options.onClosed(this)
        noteClosed()
      },
    })
  }

  get protocol(): SecurityProtocol {
    return this.#channel.protocol
  }

  /** Since when its client has read none of the answers that wait for it; null where none waits. */
  get unreadSinceMs(): number | null {
    return this.#unread.sinceMs
  }

  get software(): string | null {
    return this.#software === null ? null : `${this.#software.name} ${this.#software.version}`
  }

  nameSoftware(name: string, version: string): void {
    this.#software = { name, version }
  }

  /** Something in an answer that its client has to know of; the connection goes on. */
  noteProblem(problem: ConnectionProblem): void {
    this.#notes.noteProblem(problem, this.#options.clock.nowMs())
  }

  letGo(frame: Buffer): void {
    this.#options.readMemory.letGo(frame)
  }

  /** How far it has got. */
  attempt(): ConnectionAttempt {
    const { identity, mechanism, refusedClaim } = this.signIn
    const { hasBegun, protocol, tlsVersion, askedName } = this.#channel
    return {
      ...this.#notes.now,
      id: this.id,
      openedMs: this.openedMs,
      closedMs: this.#closedMs,
      host: this.info.address,
      isFromThisMachine: this.#options.isFromThisMachine,
      nodeId: this.info.nodeId,
      isEncrypted: hasBegun ? protocol === 'SASL_SSL' : null,
      tlsVersion,
      askedName,
      mechanism,
      claim:
        identity === null ? refusedClaim : { tenantId: identity.tenant.id, key: identity.username },
      isSignedIn: identity !== null,
      isInternal: identity?.internal ?? false,
      clientId: this.clientId,
      software: this.software,
    }
  }

  /** Ends the connection at once, with a line in the log where there was a problem. */
  destroy(problem: ConnectionProblem | null): void {
    if (this.#channel.socket.destroyed) {
      return
    }
    if (problem !== null) {
      this.#fail(problem)
    }
    this.#isStopping = true
    this.#wasEndedHere = true
    this.#unread.close()
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
      const code = this.#channel.isHandshaking ? 'HANDSHAKE_TOO_SLOW' : 'SIGN_IN_TOO_SLOW'
      this.destroy({ code, detail: String(limits.signInMs / 1000) })
    } else if (oldest !== undefined && nowMs >= oldest.dueMs) {
      this.destroy({ code: 'ANSWER_TOO_LATE', detail: oldest.name })
    } else if (this.#memory.isInTheWay(nowMs, this.#reader.heldBytes)) {
      this.destroy({ code: 'REQUEST_TOO_SLOW' })
    } else if (oldest === undefined && nowMs - this.#lastReadMs >= limits.idleMs) {
      this.destroy(null)
    }
  }

  /** For log lines: who this is, as far as is known. */
  describe(): string {
    const { identity, refusedClaim: claim } = this.signIn
    const claimed = claim === null ? '' : `, as ${claim.key} of ${claim.tenantId}`
    const who =
      identity === null ? `not signed in${claimed}` : `${identity.principal}, ${identity.tenant.id}`
    const software = this.software === null ? '' : `, software ${printable(this.software)}`
    return `connection ${this.id} from ${this.address} (${who}, client id ${printable(this.clientId)}${software})`
  }

  #noteUnread(): void {
    this.#unread.note(this.#channel.socket.writableLength, () => this.#options.clock.nowMs())
  }

  #frameBytesMax(): number {
    return this.signIn.identity === null ? limits.frameBytesMaxBeforeSignIn : limits.frameBytesMax
  }

  #read(bytes: Buffer): void {
    this.#lastReadMs = this.#options.clock.nowMs()
    if (this.#isStopping) {
      return
    }
    const { readMemory } = this.#options
    readMemory.use(bytes)
    this.#afterReading(this.#reader.push(bytes))
    readMemory.letGo(bytes)
  }

  #afterReading(error: FrameError | null): void {
    if (error !== null) {
      this.destroy(frameProblem(error))
    }
  }

  #admit(lengthBytes: number): boolean {
    const isAdmitted = this.#memory.admit(lengthBytes, {
      isSignedIn: this.signIn.identity !== null,
      now: () => this.#options.clock.nowMs(),
      onRoom: () => {
        this.#afterReading(this.#reader.admitted())
        this.#queue.startNext()
      },
    })
    // Takes note that nothing may be read.
    if (!isAdmitted) this.#queue.startNext()
    return isAdmitted
  }

  #start(frame: Buffer, isProduce: boolean): void {
    // Asked now, because memory that was let go of has no length.
    const sizeBytes = frame.length
    const call =
      this.signIn.state === 'rawTokens'
        ? answerRawToken(this.signIn, frame)
        : this.#options.dispatch(frame, this)
    if (call.clientId !== undefined) {
      this.clientId = call.clientId
    }
    const { name } = call
    const atMs = this.#options.clock.nowMs()
    this.#notes.noteRequest({ apiKey: call.apiKey, name, atMs })
    const dueMs = atMs + call.deadlineMs
    const settle = this.#answers.add({ name, isProduce, sizeBytes, dueMs })
    // Of other requests nothing is a view of the frame once they were started, but what was decoded of
    // a large one is larger yet.
    const isHeld =
      call.answer instanceof Promise && (isProduce || sizeBytes > limits.ordinaryRequestBytesMax)
    if (isHeld) this.#memory.started(sizeBytes)
    else this.#memory.release(sizeBytes)
    if (call.answer instanceof Promise) {
      call.answer.then((answer) => {
        if (isHeld) this.#memory.answered(sizeBytes)
        this.#settle(settle, answer)
        this.#queue.startNext()
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

  #endInput(): void {
    this.#isInputEnded = true
    this.#closed.abort()
    if (this.#endingSinceMs === null) {
      this.#queue.startNext()
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
    this.#queue.clear()
    this.#channel.socket.resume()
    if (this.#isInputEnded) {
      this.#channel.socket.destroySoon()
    } else {
      this.#channel.socket.end()
    }
  }

  #noteEnd(problem: ConnectionProblem | null): void {
    this.#closedMs = this.#options.clock.nowMs()
    if (this.#wasEndedHere) return
    if (problem !== null) {
      this.#fail(problem)
    } else if (this.signIn.identity === null && this.#notes.now.problem === null) {
      this.noteProblem({ code: this.#channel.hasBegun ? 'LEFT_BEFORE_SIGN_IN' : 'SAID_NOTHING' })
    }
  }

  /** Notes why the connection ends, and says it in the log. */
  #fail(problem: ConnectionProblem): void {
    this.noteProblem(problem)
    this.#options.log(problem, { host: this.info.address, text: this.describe() })
  }
}
