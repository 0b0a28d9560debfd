import { Produce } from '../protocol/messages/produce.ts'
import type { AnswerQueue } from './answer-queue.ts'
import type { Channel } from './channel.ts'
import { connectionLimits as limits } from './connection-limits.ts'
import type { RequestAccount } from './request-memory.ts'

/** Whether too much waits to be appended; then no Produce is started. */
export interface AppendPressure {
  readonly isHigh: () => boolean
  /** Calls back once, when it is no longer high. */
  readonly onRelief: (resume: () => void) => void
}

export interface RequestQueueOptions {
  readonly pressure: AppendPressure
  readonly answers: AnswerQueue
  readonly memory: RequestAccount
  readonly channel: () => Channel
  readonly isSignedIn: () => boolean
  /** Whether nothing is started any more. */
  readonly isStopping: () => boolean
  readonly start: (frame: Buffer, isProduce: boolean) => void
  /** Called when as much was started as may be. */
  readonly onStarted: () => void
}

/**
 * Requests that were read and wait for their turn. They are started in order, one at a time; only a
 * run of Produce overlaps. While too many wait, nothing more is read.
 */
export class RequestQueue {
  readonly #options: RequestQueueOptions
  readonly #frames: Buffer[] = []
  #sizeBytes = 0
  #isWaitingForRelief = false

  constructor(options: RequestQueueOptions) {
    this.#options = options
  }

  get length(): number {
    return this.#frames.length
  }

  add(frame: Buffer): void {
    this.#frames.push(frame)
    this.#sizeBytes += frame.length
    this.startNext()
  }

  /** Throws away what waits. */
  clear(): void {
    for (const frame of this.#frames.splice(0)) this.#options.memory.release(frame.length)
    this.#sizeBytes = 0
  }

  startNext(): void {
    while (!this.#options.isStopping()) {
      const [frame] = this.#frames
      if (frame === undefined) break
      const isProduce = this.#isProduce(frame)
      if (!this.#mayStart(frame, isProduce)) break
      this.#frames.shift()
      this.#sizeBytes -= frame.length
      this.#options.start(frame, isProduce)
    }
    this.#regulateReading()
    this.#options.onStarted()
  }

  #mayStart(frame: Buffer, isProduce: boolean): boolean {
    const { pressure, answers, memory, channel } = this.#options
    if (channel().socket.writableLength > limits.unwrittenBytesMax) {
      return false
    }
    if (isProduce && pressure.isHigh()) {
      this.#waitForRelief()
      return false
    }
    return (
      answers.length === 0 ||
      (isProduce &&
        !memory.isFull &&
        answers.isOnlyProduce &&
        answers.length < limits.producesInFlightMax &&
        answers.sizeBytes + frame.length <= limits.produceBytesInFlightMax)
    )
  }

  #isProduce(frame: Buffer): boolean {
    return this.#options.isSignedIn() && frame.length >= 2 && frame.readInt16BE(0) === Produce.key
  }

  #waitForRelief(): void {
    if (this.#isWaitingForRelief) {
      return
    }
    this.#isWaitingForRelief = true
    this.#options.pressure.onRelief(() => {
      this.#isWaitingForRelief = false
      this.startNext()
    })
  }

  #regulateReading(): void {
    const { memory } = this.#options
    const isFull =
      memory.isWaiting ||
      this.#sizeBytes >= (memory.isFull ? 1 : limits.readAheadBytesMax) ||
      (this.#isWaitingForRelief && this.#frames.length > 0)
    const { socket } = this.#options.channel()
    if (isFull && !this.#options.isStopping()) {
      socket.pause()
    } else if (socket.isPaused()) {
      socket.resume()
    }
  }
}
