import { MessageChannel } from 'node:worker_threads'

/**
 * Memory of record bytes that is freed once nobody uses it, chunk by chunk and request by request.
 *
 * Left to the garbage collector it counts towards V8's limit for the old space, so that every 10 to
 * 25 MB of record bytes cost a full collection of the heap beside them: 40 ms, a third of what the broker
 * had to do for producers and consumers alike.
 *
 * Invariants
 * - Whoever comes by bytes uses them before it lets go of the event loop: memory is freed in turns
 *   of its own.
 * - What is never let go of costs no more than the garbage collector's work.
 * - Only memory that was first used as a whole is freed, never one that others share.
 */
export class HeldMemory {
  readonly #uses = new WeakMap<ArrayBufferLike, Uses>()
  #due: Uint8Array[] = []

  /** These bytes are looked at, until `letGo`, to be called exactly once. */
  use(bytes: Uint8Array): void {
    const uses = this.#uses.get(bytes.buffer)
    if (uses !== undefined) {
      uses.count += 1
    } else if (bytes.byteLength === bytes.buffer.byteLength) {
      this.#uses.set(bytes.buffer, { count: 1 })
    }
  }

  /** The bytes may be gone from the next turn of the event loop on. */
  letGo(bytes: Uint8Array): void {
    const uses = this.#uses.get(bytes.buffer)
    if (uses === undefined || --uses.count > 0) {
      return
    }
    // Together, since each call has its price.
    if (this.#due.length === 0) {
      setImmediate(() => this.#freeDue())
    }
    this.#due.push(bytes)
  }

  /** As `use`; lets go when the function given back is called for the first time. */
  hold(bytes: Uint8Array): () => void {
    if (!this.#uses.has(bytes.buffer)) {
      return nothingHeld
    }
    this.use(bytes)
    let isHeld = true
    return () => {
      if (isHeld) this.letGo(bytes)
      isHeld = false
    }
  }

  #freeDue(): void {
    const unused = this.#due.filter(({ buffer }) => this.#uses.get(buffer)?.count === 0)
    this.#due = []
    for (const { buffer } of unused) {
      this.#uses.delete(buffer)
    }
    freeMemory(unused)
  }
}

interface Uses {
  count: number
}

/** For bytes that the garbage collector sees to. */
const nothingHeld = () => {}

/**
 * Frees memory that nobody looks at any more: what is moved to a port that nobody reads is gone at once,
 * and a view of it that somebody kept after all is empty, not somebody else's bytes.
 */
export function freeMemory(views: readonly Uint8Array[]): void {
  const buffers = new Set<ArrayBuffer>()
  for (const { buffer } of views) {
    if (buffer instanceof ArrayBuffer && buffer.byteLength > 0) buffers.add(buffer)
  }
  nowhere.postMessage(null, [...buffers])
}

/** Whether all the memory that these views lie in is theirs: they fill it, and stand in order. */
export function fillTheirMemory(views: readonly Uint8Array[]): boolean {
  let end = 0
  for (const { buffer, byteOffset, byteLength } of views) {
    if (buffer !== views[0]?.buffer || byteOffset !== end) return false
    end += byteLength
  }
  return end > 0 && views[0]?.buffer.byteLength === end
}

const { port1: nowhere } = new MessageChannel()
nowhere.close()
