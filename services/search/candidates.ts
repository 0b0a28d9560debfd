/**
 * Where in the bytes of a batch something stands without which no record matches. The bytes become
 * text only when they are asked about.
 */
export class Candidates {
  readonly bytes: Buffer
  readonly #pattern: RegExp | null
  #text: string | null = null
  #found = -1

  constructor(bytes: Buffer, pattern: RegExp | null) {
    this.bytes = bytes
    this.#pattern = pattern
  }

  /** One character per byte. */
  get text(): string {
    this.#text ??= this.bytes.toString('latin1')
    return this.#text
  }

  /** Whether a record in `start`…`end` may match. Ranges must be asked for in rising order. */
  mayMatch(start: number, end: number): boolean {
    if (this.#pattern === null) return true
    if (this.#found < start) {
      this.#pattern.lastIndex = start
      this.#found = this.#pattern.exec(this.text)?.index ?? Number.POSITIVE_INFINITY
    }
    return this.#found < end
  }
}
