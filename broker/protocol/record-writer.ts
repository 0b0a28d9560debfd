import type { RawRecord } from './record-reader.ts'

/** Writes records one after another into memory that grows. */
export class RecordWriter {
  #data = Buffer.allocUnsafe(1024)
  #at = 0

  /** What was written so far. */
  bytes(): Buffer {
    return this.#data.subarray(0, this.#at)
  }

  record(record: RawRecord) {
    const headers = record.headers.map(({ key, value }) => ({ key: Buffer.from(key), value }))
    let size =
      1 +
      varintSize(record.timestampDeltaMs) +
      varintSize(record.offsetDelta) +
      bytesSize(record.key) +
      bytesSize(record.value) +
      varintSize(headers.length)
    for (const header of headers) {
      size += bytesSize(header.key) + bytesSize(header.value)
    }
    this.#room(size + 5)
    this.#varint(size)
    this.#data[this.#at++] = 0
    this.#varint(record.timestampDeltaMs)
    this.#varint(record.offsetDelta)
    this.#bytes(record.key)
    this.#bytes(record.value)
    this.#varint(headers.length)
    for (const header of headers) {
      this.#bytes(header.key)
      this.#bytes(header.value)
    }
  }

  #bytes(bytes: Uint8Array | null) {
    this.#varint(bytes === null ? -1 : bytes.length)
    if (bytes !== null) {
      this.#data.set(bytes, this.#at)
      this.#at += bytes.length
    }
  }

  #varint(value: number) {
    let left = zigzag(value)
    while (left > 0x7f) {
      this.#data[this.#at++] = (left % 128) | 0x80
      left = Math.floor(left / 128)
    }
    this.#data[this.#at++] = left
  }

  #room(size: number) {
    if (this.#at + size > this.#data.length) {
      const larger = Buffer.allocUnsafe(Math.max(this.#data.length * 2, this.#at + size))
      this.#data.copy(larger, 0, 0, this.#at)
      this.#data = larger
    }
  }
}

function zigzag(value: number): number {
  return value >= 0 ? value * 2 : -value * 2 - 1
}

function varintSize(value: number): number {
  let size = 1
  for (let left = zigzag(value); left > 0x7f; left = Math.floor(left / 128)) {
    size++
  }
  return size
}

function bytesSize(bytes: Uint8Array | null): number {
  return bytes === null ? 1 : varintSize(bytes.length) + bytes.length
}
