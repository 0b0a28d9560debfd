/**
 * Bytes of memory that many share. What is there already is counted; what is still to come waits in
 * line until there is room for it.
 */
export class ByteBudget {
  readonly #bytesMax: number
  /** Whoever waits longest is first. */
  readonly #waiting = new Set<Waiting>()
  #heldBytes = 0

  constructor(bytesMax: number) {
    this.#bytesMax = bytesMax
  }

  get heldBytes(): number {
    return this.#heldBytes
  }

  get isFull(): boolean {
    return this.#heldBytes >= this.#bytesMax
  }

  /** Whether somebody waits for room. */
  get isShort(): boolean {
    return this.#waiting.size > 0
  }

  /** Counts what is there already. */
  take(sizeBytes: number): void {
    this.#heldBytes += sizeBytes
  }

  /**
   * Takes so many bytes and returns null, or calls `onTaken` once it has taken them; the function
   * given back leaves the line. More than all of it is taken when nobody holds anything.
   */
  takeInTurn(sizeBytes: number, onTaken: () => void): (() => void) | null {
    if (!this.isShort && this.#hasRoomFor(sizeBytes)) {
      this.#heldBytes += sizeBytes
      return null
    }
    const waiting = { sizeBytes, onTaken }
    this.#waiting.add(waiting)
    return () => {
      this.#waiting.delete(waiting)
      this.#serve()
    }
  }

  release(sizeBytes: number): void {
    this.#heldBytes -= sizeBytes
    this.#serve()
  }

  #serve(): void {
    for (const waiting of this.#waiting) {
      if (!this.#hasRoomFor(waiting.sizeBytes)) return
      this.#waiting.delete(waiting)
      this.#heldBytes += waiting.sizeBytes
      waiting.onTaken()
    }
  }

  #hasRoomFor(sizeBytes: number): boolean {
    return this.#heldBytes === 0 || this.#heldBytes + sizeBytes <= this.#bytesMax
  }
}

interface Waiting {
  readonly sizeBytes: number
  readonly onTaken: () => void
}
