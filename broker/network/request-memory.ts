import { brokerLimit } from '../rules/limits.ts'
import { ByteBudget } from './byte-budget.ts'
import { connectionLimits as limits } from './connection-limits.ts'

/**
 * The bytes of requests that are in memory, of all connections: those being received, those that wait
 * for their turn, and Produce requests until they are answered.
 *
 * Invariants
 * - A request of more than `ownRequestBytes` has room for all of itself before its first byte is
 *   stored, as with Kafka's `queued.max.request.bytes`: whatever was begun can be received to its end.
 * - The largest requests have room of their own, so that they and ordinary ones do not wait for each
 *   other; each connection may always hold `ownRequestBytes`, so that small ones wait for nobody.
 * - Before sign-in the same holds, of smaller sizes and in room apart.
 */
export class RequestMemory {
  readonly #ordinary = new ByteBudget(brokerLimit('requestBytes'))
  readonly #large = new ByteBudget(brokerLimit('largeRequestBytes'))
  /** Before sign-in. */
  readonly strangers = new ByteBudget(brokerLimit('requestBytesBeforeSignIn'))

  /** Of all connections. */
  get heldBytes(): number {
    return this.#ordinary.heldBytes + this.#large.heldBytes + this.strangers.heldBytes
  }

  /** Whether no connection should read ahead of what it is having answered. */
  get isFull(): boolean {
    return this.#ordinary.isFull
  }

  budgetFor(lengthBytes: number): ByteBudget {
    return lengthBytes > limits.ordinaryRequestBytesMax ? this.#large : this.#ordinary
  }
}

/** What one connection holds of it. */
export class RequestAccount {
  readonly #memory: RequestMemory
  /** The request that is being received in room of its own. */
  #reserved: Reserved | null = null
  #leaveLine: (() => void) | null = null

  constructor(memory: RequestMemory) {
    this.#memory = memory
  }

  /** Whether a request has to wait for room, so that nothing may be read. */
  get isWaiting(): boolean {
    return this.#leaveLine !== null
  }

  get isFull(): boolean {
    return this.#memory.isFull
  }

  /** Whether a request of this length may be received now; if not, `onRoom` is called when it may. */
  admit(lengthBytes: number, { isSignedIn, now, onRoom }: AdmitOptions): boolean {
    const ownBytes = isSignedIn
      ? brokerLimit('ownRequestBytes')
      : limits.ownRequestBytesBeforeSignIn
    if (lengthBytes <= ownBytes) return true
    const budget = isSignedIn ? this.#memory.budgetFor(lengthBytes) : this.#memory.strangers
    const reserve = () => {
      this.#leaveLine = null
      this.#reserved = { budget, lengthBytes, sinceMs: now() }
    }
    this.#leaveLine = budget.takeInTurn(lengthBytes, () => {
      reserve()
      onRoom()
    })
    if (this.#leaveLine !== null) return false
    reserve()
    return true
  }

  /** A request is there as a whole, and held until `release`. */
  received(lengthBytes: number): void {
    this.#memory.budgetFor(lengthBytes).take(lengthBytes)
    this.#dropReserved()
  }

  /** A request is being answered that is held until `answered`, with all that was made of it. */
  started(lengthBytes: number): void {
    this.#memory.budgetFor(lengthBytes).take(STARTED_BYTES)
  }

  answered(lengthBytes: number): void {
    this.#memory.budgetFor(lengthBytes).release(lengthBytes + STARTED_BYTES)
  }

  /** A request is in memory no longer. */
  release(lengthBytes: number): void {
    this.#memory.budgetFor(lengthBytes).release(lengthBytes)
  }

  /**
   * Whether others wait for the room of a request that comes too slowly: it had its time, and less
   * than a MiB of it came in each second.
   */
  isInTheWay(nowMs: number, receivedBytes: number): boolean {
    if (this.#reserved === null) return false
    const { budget, sinceMs } = this.#reserved
    const lastedMs = nowMs - sinceMs
    return (
      budget.isShort &&
      lastedMs >= brokerLimit('slowRequestMs') &&
      receivedBytes < (lastedMs / 1000) * limits.requestBytesPerSecondMin
    )
  }

  /** The connection is gone, and with it what it was receiving. */
  close(): void {
    this.#leaveLine?.()
    this.#leaveLine = null
    this.#dropReserved()
  }

  #dropReserved(): void {
    const reserved = this.#reserved
    this.#reserved = null
    reserved?.budget.release(reserved.lengthBytes)
  }
}

/** What is made of a Produce while it is answered: promises, a timer, places in queues. */
const STARTED_BYTES = 4096

interface Reserved {
  readonly budget: ByteBudget
  readonly lengthBytes: number
  readonly sinceMs: number
}

interface AdmitOptions {
  readonly isSignedIn: boolean
  readonly now: () => number
  /** Called when a request that had to wait may be received. */
  readonly onRoom: () => void
}
