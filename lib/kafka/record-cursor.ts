import { DecodeError } from '../../broker/protocol/decode-error.ts'
import type { BatchHeader } from '../../broker/protocol/record-batch.ts'
import type { PartitionRecord } from './cluster-client.ts'

/**
 * Steps over the records of one batch without making anything of them: a search looks at millions
 * and wants a few. Key and value are places in `bytes`; `record()` makes the record when it is wanted.
 */
export class RecordCursor {
  /** Uncompressed; what lies outside the records belongs to other batches. */
  readonly bytes: Buffer
  /** Where the record begins and ends. */
  start = 0
  end = 0
  offset = -1
  timestampMs = -1
  /** -1 where there is no key; likewise the value. */
  keyAt = -1
  keyEnd = -1
  valueAt = -1
  valueEnd = -1

  readonly #partition: number
  readonly #batch: BatchHeader
  readonly #recordsEnd: number
  #at: number
  #headersAt = 0
  #left: number

  constructor(
    bytes: Buffer,
    range: { readonly at: number; readonly end: number },
    batch: BatchHeader,
    partition: number,
  ) {
    this.bytes = bytes
    this.#at = range.at
    this.#recordsEnd = range.end
    this.#batch = batch
    this.#partition = partition
    this.#left = batch.recordCount
  }

  /** Where the next record begins. */
  get at(): number {
    return this.#at
  }

  /** Goes to the next record; false behind the last. Throws a `DecodeError` where it is damaged. */
  next(): boolean {
    if (this.#left === 0) {
      if (this.#at === this.#recordsEnd) return false
      throw new DecodeError('There are bytes after the last record of a batch')
    }
    this.#left--
    this.start = this.#at
    const size = this.#varint()
    if (size < 0 || size > this.#recordsEnd - this.#at) {
      throw new DecodeError(`A record cannot have ${size} bytes`)
    }
    this.end = this.#at + size
    this.#at++ // attributes: none are defined
    const timestampDeltaMs = this.#varint()
    this.offset = this.#batch.baseOffset + this.#varint()
    // With LogAppendTime the broker's time stands for every record, whatever the deltas say.
    this.timestampMs =
      this.#batch.timestampType === 'LogAppendTime'
        ? this.#batch.maxTimestampMs
        : this.#batch.baseTimestampMs + timestampDeltaMs
    this.keyAt = this.#skipBytes()
    this.keyEnd = this.#at
    this.valueAt = this.#skipBytes()
    this.valueEnd = this.#at
    this.#headersAt = this.#at
    this.#skipHeaders()
    return true
  }

  get key(): Buffer | null {
    return this.keyAt < 0 ? null : this.bytes.subarray(this.keyAt, this.keyEnd)
  }

  get value(): Buffer | null {
    return this.valueAt < 0 ? null : this.bytes.subarray(this.valueAt, this.valueEnd)
  }

  headers(): { key: string; value: Buffer | null }[] {
    const next = this.#at
    this.#at = this.#headersAt
    const headers = Array.from({ length: this.#varint() }, () => {
      const keyAt = this.#skipBytes()
      const key = this.bytes.toString('utf8', keyAt, this.#at)
      const valueAt = this.#skipBytes()
      return { key, value: valueAt < 0 ? null : this.bytes.subarray(valueAt, this.#at) }
    })
    this.#at = next
    return headers
  }

  /** The record where the cursor stands; its bytes are views. */
  record(): PartitionRecord {
    const { offset, timestampMs, key, value } = this
    const { timestampType } = this.#batch
    const headers = this.headers()
    return { partition: this.#partition, offset, timestampMs, timestampType, key, value, headers }
  }

  #skipHeaders(): void {
    const count = this.#varint()
    // A header takes at least two bytes.
    if (count < 0 || count > (this.end - this.#at) / 2) {
      throw new DecodeError(`A record cannot have ${count} headers`)
    }
    for (let left = count; left > 0; left--) {
      if (this.#skipBytes() < 0) throw new DecodeError('The key of a record header is null')
      this.#skipBytes()
    }
    if (this.#at !== this.end) {
      throw new DecodeError('The length of a record does not match its contents')
    }
  }

  /** Where the bytes begin, or -1 for null; reading stands behind them afterwards. */
  #skipBytes(): number {
    const size = this.#varint()
    if (size === -1) return -1
    if (size < 0 || size > this.end - this.#at) {
      throw new DecodeError(`A key or value cannot have ${size} bytes`)
    }
    const at = this.#at
    this.#at += size
    return at
  }

  /** A zigzag integer; nearly all of them take one byte or two. */
  #varint(): number {
    const first = this.bytes[this.#at]
    if (first === undefined) throw new DecodeError('The records end too early')
    if (first < 0x80) {
      this.#at++
      return (first >>> 1) ^ -(first & 1)
    }
    return this.#longVarint()
  }

  #longVarint(): number {
    let value = 0
    let scale = 1
    for (let i = 0; i < 10; i++) {
      const byte = this.bytes[this.#at++]
      if (byte === undefined) throw new DecodeError('The records end too early')
      value += (byte & 0x7f) * scale
      scale *= 128
      if (byte < 0x80) {
        if (value > Number.MAX_SAFE_INTEGER) break
        return value % 2 === 0 ? value / 2 : -(value + 1) / 2
      }
    }
    throw new DecodeError('A variable-length integer in a record is too large')
  }
}
