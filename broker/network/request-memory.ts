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
 */
export class RequestMemory {
  readonly #ordinary = new ByteBudget(brokerLimit('requestBytes'))
  readonly #large = new ByteBudget(brokerLimit('largeRequestBytes'))

  /** Of all connections. */
  get heldBytes(): number {
    return this.#ordinary.heldBytes + this.#large.heldBytes
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
  #reserved: { readonly lengthBytes: number; readonly sinceMs: number } | null = null
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
  admit(lengthBytes: number, now: () => number, onRoom: () => void): boolean {
    if (lengthBytes <= brokerLimit('ownRequestBytes')) return true
    const reserve = () => {
      this.#leaveLine = null
      this.#reserved = { lengthBytes, sinceMs: now() }
    }
    this.#leaveLine = this.#memory.budgetFor(lengthBytes).takeInTurn(lengthBytes, () => {
      reserve()
      onRoom()
    })
    if (this.#leaveLine !== null) return false
    reserve()
    return true
  }

  /** A request is there as a whole, and held until `release`. */
  received(lengthBytes: number): void {
    if (this.#reserved === null) this.#memory.budgetFor(lengthBytes).take(lengthBytes)
    this.#reserved = null
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
    const { lengthBytes, sinceMs } = this.#reserved
    const lastedMs = nowMs - sinceMs
    return (
      this.#memory.budgetFor(lengthBytes).isShort &&
      lastedMs >= brokerLimit('slowRequestMs') &&
      receivedBytes < (lastedMs / 1000) * limits.requestBytesPerSecondMin
    )
  }

  /** The connection is gone, and with it what it was receiving. */
  close(): void {
    this.#leaveLine?.()
    this.#leaveLine = null
    if (this.#reserved !== null) this.release(this.#reserved.lengthBytes)
    this.#reserved = null
  }
}
