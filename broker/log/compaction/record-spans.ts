import { DecodeError } from '../../protocol/decode-error.ts'

/**
 * Goes over the records of a batch without making anything of them: where each begins and ends,
 * and what compaction decides by. One span is used for all of them; it holds until the next.
 * Throws a `DecodeError` at what is damaged.
 */
export class RecordSpans {
  readonly #payload: Uint8Array
  readonly #count: number
  #at = 0
  #seen = 0
  #end = 0

  /** `payload` are the records of a batch, decompressed, of which its header counts so many. */
  constructor(payload: Uint8Array, count: number) {
    this.#payload = payload
    this.#count = count
  }

  start = 0
  /** Where what follows the timestamp delta begins: the offset delta, then the rest of the record. */
  restStart = 0
  timestampDeltaMs = 0
  offsetDelta = 0
  keyStart = 0
  /** -1 for a null key. */
  keyLength = -1
  isTombstone = false

  get end(): number {
    return this.#end
  }

  /** Goes to the next record; false behind the last. */
  next(): boolean {
    this.#at = this.#end
    if (this.#seen === this.#count) {
      if (this.#at !== this.#payload.length) {
        throw new DecodeError('There are bytes after the last record of a batch')
      }
      return false
    }
    this.#seen += 1
    this.start = this.#at
    const size = this.#varint()
    if (size < 0 || size > this.#payload.length - this.#at) {
      throw new DecodeError(`A record cannot have ${size} bytes`)
    }
    this.#end = this.#at + size
    this.#at += 1 // attributes: none are defined
    this.timestampDeltaMs = this.#varint()
    this.restStart = this.#at
    this.offsetDelta = this.#varint()
    this.keyLength = this.#varint()
    this.keyStart = this.#at
    this.#at += Math.max(0, this.keyLength)
    const valueLength = this.#varint()
    this.isTombstone = valueLength === -1
    const valueEnd = this.#at + Math.max(0, valueLength)
    if (this.keyLength < -1 || valueLength < -1 || valueEnd > this.#end) {
      throw new DecodeError('The length of a record does not match its contents')
    }
    return true
  }

  #varint(): number {
    const payload = this.#payload
    let byte = payload[this.#at++]
    // Nearly every number of a record fits into one byte or two.
    if (byte !== undefined && byte < 0x80) {
      return (byte >>> 1) ^ -(byte & 1)
    }
    let value = 0
    let scale = 1
    for (let read = 0; read < 10 && byte !== undefined; read++) {
      value += (byte & 0x7f) * scale
      scale *= 128
      if (byte < 0x80 && value <= Number.MAX_SAFE_INTEGER) {
        return value % 2 === 0 ? value / 2 : -(value + 1) / 2
      }
      byte = payload[this.#at++]
    }
    throw new DecodeError('The records end within a number, or one is too large')
  }
}
