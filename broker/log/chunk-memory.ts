import { freeMemory } from '../free-memory.ts'
import type { Chunk } from '../storage/storage.ts'

/**
 * Memory of chunks that were read back from storage. It is freed when its chunk has left the cache and
 * nobody holds it: neither an answer whose bytes are not with the kernel yet, nor a lookup.
 *
 * Invariants
 * - Whoever comes by a chunk holds it before it lets go of the event loop: memory is freed in turns
 *   of its own.
 * - A hold that is never released costs no more than the garbage collector's work.
 */
export class ChunkMemory {
  readonly #owned = new WeakMap<Chunk, Holding>()
  #due: Chunk[] = []

  /** Takes charge of a chunk whose memory is nobody else's. */
  own(chunk: Chunk): void {
    this.#owned.set(chunk, { holders: 0, isInCache: true })
  }

  /** Keeps the chunk's bytes until the function given back is called; calling it twice changes nothing. */
  hold(chunk: Chunk): () => void {
    const holding = this.#owned.get(chunk)
    if (holding === undefined) return nothingHeld
    holding.holders += 1
    let isHeld = true
    return () => {
      if (!isHeld) return
      isHeld = false
      holding.holders -= 1
      this.#freeSoon(chunk, holding)
    }
  }

  /** The chunk has left the cache: nobody finds it any more. */
  leftCache(chunk: Chunk): void {
    const holding = this.#owned.get(chunk)
    if (holding === undefined) return
    holding.isInCache = false
    this.#freeSoon(chunk, holding)
  }

  #freeSoon(chunk: Chunk, holding: Holding): void {
    if (!isFree(holding)) return
    if (this.#due.length === 0) setImmediate(() => this.#freeDue())
    this.#due.push(chunk)
  }

  #freeDue(): void {
    const free: Uint8Array[] = []
    for (const chunk of this.#due) {
      const holding = this.#owned.get(chunk)
      if (holding !== undefined && isFree(holding)) {
        this.#owned.delete(chunk)
        free.push(chunk.bytes)
      }
    }
    this.#due = []
    freeMemory(free)
  }
}

interface Holding {
  holders: number
  isInCache: boolean
}

function isFree({ holders, isInCache }: Holding): boolean {
  return holders === 0 && !isInCache
}

/** For chunks that the garbage collector sees to. */
const nothingHeld = () => {}
