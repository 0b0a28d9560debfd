import { DecodeError } from './decode-error.ts'

/** A record as it stands in a batch: offset and timestamp are relative to the batch. */
export interface RawRecord {
  readonly offsetDelta: number
  readonly timestampDeltaMs: number
  readonly key: Uint8Array | null
  readonly value: Uint8Array | null
  readonly headers: readonly { readonly key: string; readonly value: Uint8Array | null }[]
}

/** Reads records one after another. Keys and values are views; nothing is read past the end. */
export class RecordReader {
  readonly #data: Buffer
  #at = 0

  constructor(data: Buffer) {
    this.#data = data
  }

  get isAtEnd(): boolean {
    return this.#at === this.#data.length
  }

  record(): RawRecord {
    const size = this.#varint()
    if (size < 0 || size > this.#data.length - this.#at) {
      throw new DecodeError(`A record cannot have ${size} bytes`)
    }
    const end = this.#at + size
    this.#at++ // attributes: none are defined
    const timestampDeltaMs = this.#varint()
    const offsetDelta = this.#varint()
    const key = this.#bytes()
    const value = this.#bytes()
    const headers = this.#headers(end)
    if (this.#at !== end) {
      throw new DecodeError('The length of a record does not match its contents')
    }
    return { offsetDelta, timestampDeltaMs, key, value, headers }
  }

  #headers(end: number): RawRecord['headers'] {
    const count = this.#varint()
    // A header takes at least two bytes.
    if (count < 0 || count > (end - this.#at) / 2) {
      throw new DecodeError(`A record cannot have ${count} headers`)
    }
    const headers: { key: string; value: Uint8Array | null }[] = []
    for (let i = 0; i < count; i++) {
      const key = this.#bytes()
      if (key === null) {
        throw new DecodeError('The key of a record header is null')
      }
      headers.push({ key: key.toString('utf8'), value: this.#bytes() })
    }
    return headers
  }

  #bytes(): Buffer | null {
    const size = this.#varint()
    if (size === -1) {
      return null
    }
    if (size < 0 || size > this.#data.length - this.#at) {
      throw new DecodeError(`A key or value cannot have ${size} bytes`)
    }
    this.#at += size
    return this.#data.subarray(this.#at - size, this.#at)
  }

  /** A zigzag integer of up to ten bytes; beyond 2^53 it is refused. */
  #varint(): number {
    let value = 0
    let scale = 1
    for (let i = 0; i < 10; i++) {
      const byte = this.#data[this.#at++]
      if (byte === undefined) {
        throw new DecodeError('The records end too early')
      }
      value += (byte & 0x7f) * scale
      scale *= 128
      if (byte < 0x80) {
        if (value > Number.MAX_SAFE_INTEGER) {
          break
        }
        return value % 2 === 0 ? value / 2 : -(value + 1) / 2
      }
    }
    throw new DecodeError('A variable-length integer in a record is too large')
  }
}
