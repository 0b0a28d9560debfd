import { freeMemory } from '../free-memory.ts'

/**
 * The memory that requests were read into. What holds only requests of which nobody looks at a byte any
 * more is freed at once: left to the garbage collector, the record bytes of producers cost a full collection
 * of the heap beside them every 25 MB.
 *
 * Invariants
 * - Nothing is freed of which a part was never let go of: it is the collector's then.
 * - Only memory that is wholly a read's or a request's is freed, never a slab that others share.
 */
export class ReadMemory {
  readonly #uses = new WeakMap<ArrayBufferLike, Uses>()
  #unused: Uint8Array[] = []

  /** These bytes are looked at, until `letGo`. */
  use(bytes: Uint8Array): void {
    const uses = this.#uses.get(bytes.buffer)
    if (uses !== undefined) {
      uses.count += 1
    } else if (bytes.byteLength === bytes.buffer.byteLength) {
      this.#uses.set(bytes.buffer, { count: 1 })
    }
  }

  letGo(bytes: Uint8Array): void {
    const uses = this.#uses.get(bytes.buffer)
    if (uses === undefined || --uses.count > 0) {
      return
    }
    this.#uses.delete(bytes.buffer)
    // Together, since each call has its price.
    if (this.#unused.length === 0) {
      setImmediate(() => freeMemory(this.#unused.splice(0)))
    }
    this.#unused.push(bytes)
  }
}

interface Uses {
  count: number
}
