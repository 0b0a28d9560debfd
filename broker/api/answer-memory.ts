import { HISTORY_READ_BYTES } from '../log/log-limits.ts'
import { brokerLimit } from '../rules/limits.ts'

/**
 * The bytes of answers that are in memory, of all connections: what fetches gather, and what has been
 * answered and its clients have not read yet. Kafka has no such limit, because it sends from files.
 *
 * Invariant: a fetch takes no more than half of what is free, and always a little. So consumers that
 * stop reading, however many, cost about `answerBytes`, and those that read go on in smaller steps.
 */
export class AnswerMemory {
  #heldBytes = 0

  get heldBytes(): number {
    return this.#heldBytes
  }

  /** Whether more is held than should be, so that somebody who does not read has to go. */
  get isOver(): boolean {
    return this.#heldBytes > brokerLimit('answerBytes')
  }

  /** What one answer may gather next, in bytes. */
  get room(): number {
    const freeBytes = brokerLimit('answerBytes') - this.#heldBytes
    return Math.max(brokerLimit('ownAnswerBytes'), Math.floor(freeBytes / 2))
  }

  /** Counts so many bytes more, or fewer. */
  add(sizeBytes: number): void {
    this.#heldBytes += sizeBytes
  }
}

/** What one answer holds while it is gathered. */
export class AnswerClaim {
  readonly #memory: AnswerMemory
  #heldBytes = 0

  constructor(memory: AnswerMemory) {
    this.#memory = memory
  }

  /**
   * Runs a read that may find up to `bytesMax`; it is told how much of that it may take. Room for what
   * storage is asked for at once is held meanwhile, since thousands may wait for it at the same time.
   */
  async gather<T extends { readonly sizeBytes: number }>(
    bytesMax: number,
    read: (bytesMax: number) => Promise<T>,
  ): Promise<T> {
    const grantedBytes = Math.min(bytesMax, this.#memory.room)
    const expectedBytes = Math.min(grantedBytes, HISTORY_READ_BYTES)
    this.#hold(expectedBytes)
    try {
      const found = await read(grantedBytes)
      this.#hold(found.sizeBytes)
      return found
    } finally {
      this.#hold(-expectedBytes)
    }
  }

  /** Lets go of all of it: it was given to the connection, or is not needed. */
  drop(): void {
    this.#hold(-this.#heldBytes)
  }

  #hold(sizeBytes: number): void {
    this.#heldBytes += sizeBytes
    this.#memory.add(sizeBytes)
  }
}
