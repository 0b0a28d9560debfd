/**
 * Bytes that arrive in pieces, copied into memory that grows. A list of the pieces would keep the whole
 * buffer that each of them arrived in, and a client may send a body byte by byte.
 */
export class GatheredBytes {
  #data = Buffer.alloc(0)
  #length = 0

  get length(): number {
    return this.#length
  }

  append(piece: Uint8Array): void {
    const length = this.#length + piece.length
    if (length > this.#data.length) {
      const larger = Buffer.allocUnsafe(2 * length)
      this.#data.copy(larger, 0, 0, this.#length)
      this.#data = larger
    }
    this.#data.set(piece, this.#length)
    this.#length = length
  }

  /** A view of all of them, good until the next piece comes. */
  bytes(): Buffer {
    return this.#data.subarray(0, this.#length)
  }

  clear(): void {
    this.#data = Buffer.alloc(0)
    this.#length = 0
  }
}
