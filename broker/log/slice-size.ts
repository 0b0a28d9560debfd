/**
 * How much to do at a time, so that whoever waits for the next turn waits a few milliseconds: what a
 * page or a row costs depends on the disk, on what is cached, and on what lies beside it.
 */
export class SliceSize {
  readonly #sizeMax: number
  #size: number

  constructor({ first, max }: { readonly first: number; readonly max: number }) {
    this.#size = first
    this.#sizeMax = max
  }

  /** Of the next slice. */
  get size(): number {
    return this.#size
  }

  /** The last slice took so long. */
  took(ms: number): void {
    if (ms > SLICE_MS_MAX) {
      this.#size = Math.max(1, Math.floor(this.#size / 2))
    } else if (ms < SLICE_MS_MIN) {
      this.#size = Math.min(this.#sizeMax, this.#size * 2)
    }
  }
}

/** The p99 of an acknowledgement is about as long, so that few notice one slice. */
const SLICE_MS_MAX = 4
/** Far enough from the other that the size comes to rest. */
const SLICE_MS_MIN = 2
