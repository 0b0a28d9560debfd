import type { AnswerMemory } from '../api/answer-memory.ts'

/**
 * What a socket has below this it does not say when it is written: Node's high water mark of a stream,
 * above which there is a 'drain'.
 */
const UNTOLD_BYTES = 16_384

/** The answers of one connection that the kernel did not take, because its client does not read. */
export class UnreadAnswers {
  readonly #memory: AnswerMemory
  #sizeBytes = 0
  #sinceMs: number | null = null
  #isClosed = false

  constructor(memory: AnswerMemory) {
    this.#memory = memory
  }

  /** Since when there are some and none of them left; null where there are none. */
  get sinceMs(): number | null {
    return this.#sinceMs
  }

  /** Notes how much there is now. */
  note(unwrittenBytes: number, now: () => number): void {
    const sizeBytes = Math.max(0, unwrittenBytes - UNTOLD_BYTES)
    if (this.#isClosed || sizeBytes === this.#sizeBytes) return
    if (sizeBytes === 0) this.#sinceMs = null
    else if (this.#sinceMs === null || sizeBytes < this.#sizeBytes) this.#sinceMs = now()
    this.#memory.add(sizeBytes - this.#sizeBytes)
    this.#sizeBytes = sizeBytes
  }

  /** The connection is gone. */
  close(): void {
    this.#isClosed = true
    this.#memory.add(-this.#sizeBytes)
    this.#sizeBytes = 0
    this.#sinceMs = null
  }
}
