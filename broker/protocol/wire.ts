/**
 * What the generated codec functions call for what is too long to write out at every field.
 *
 * Reading never goes past the end of the frame: every function here that moves an offset checks it.
 */
import { DecodeError } from './decode-error.ts'
import { EMPTY_BYTES } from './layout.ts'
import { readUuid, writeUuid } from './uuid-text.ts'

/** Buffer's undocumented fast paths, which take offsets and no encoding name. */
export interface FastBuffer extends Buffer {
  utf8Slice(start: number, end: number): string
  utf8Write(text: string, offset: number): number
  base64urlSlice(start: number, end: number): string
  base64urlWrite(text: string, offset: number, length: number): number
}

/** Sees any bytes as a `Buffer`, without copying. */
export function asBuffer(bytes: Uint8Array): Buffer {
  return Buffer.isBuffer(bytes)
    ? bytes
    : Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)
}

/** How many array elements one message may hold: a frame of 100 MiB could ask for a hundred million. */
const ELEMENTS_MAX = 1 << 20

/** What generated code sees as `r`. */
export const wire = {
  ELEMENTS_MAX,
  EMPTY_BYTES,
  readUuid,
  writeUuid,

  truncated(message: string): never {
    throw new DecodeError(`${message}: the frame ends too early`)
  },

  bad(reason: string): never {
    throw new DecodeError(reason)
  },

  unencodable(reason: string): never {
    throw new TypeError(reason)
  },

  text(b: FastBuffer, start: number, end: number): string {
    return start === end ? '' : b.utf8Slice(start, end)
  },

  /** Steps over a section of tagged fields of which none is known (KIP-482). */
  skipTaggedFields(b: Buffer, start: number, message: string): number {
    let at = start
    const next = () => {
      let value = 0
      for (let shift = 0; shift < 35; shift += 7) {
        const byte = b[at++]
        if (byte === undefined) {
          return wire.truncated(message)
        }
        // Multiplying instead of shifting keeps the fifth byte's bits above 2^31 positive.
        value += (byte & 0x7f) * 2 ** shift
        if (byte < 0x80) {
          return value
        }
      }
      return wire.bad(`${message}: a variable-length integer has more than 5 bytes`)
    }
    for (let left = next(); left > 0; left--) {
      next() // the tag
      const size = next()
      if (size > b.length - at) {
        return wire.truncated(message)
      }
      at += size
    }
    return at
  },

  /** Writes a string after its int16 length; the caller made room for 2 + 3 × its length. */
  writeString(b: FastBuffer, text: string, at: number): number {
    const size = writeText(b, text, at + 2)
    if (size > 0x7fff) {
      throw new TypeError(`A string of ${size} bytes does not fit Kafka's 32767`)
    }
    b[at] = size >>> 8
    b[at + 1] = size
    return at + 2 + size
  },

  /** Writes a string after its variable-length size + 1; the caller made room for 5 + 3 × its length. */
  writeCompactString(b: FastBuffer, text: string, at: number): number {
    // A string whose bytes surely fit one byte of length is written first and measured afterwards.
    if (text.length < 42) {
      const size = writeText(b, text, at + 1)
      b[at] = size + 1
      return at + 1 + size
    }
    const size = Buffer.byteLength(text)
    const start = wire.writeUvarint(b, size + 1, at)
    b.utf8Write(text, start)
    return start + size
  },

  writeUvarint(b: Buffer, value: number, start: number): number {
    let at = start
    let left = value
    while (left > 0x7f) {
      b[at++] = (left & 0x7f) | 0x80
      left >>>= 7
    }
    b[at++] = left
    return at
  },

  /**
   * Puts the size of a tagged field before its content, which was written leaving one byte for it.
   * Returns where the content ends. The caller made room for 4 more bytes.
   */
  closeTaggedField(b: Buffer, sizeAt: number, end: number): number {
    const size = end - sizeAt - 1
    if (size < 0x80) {
      b[sizeAt] = size
      return end
    }
    const extra = (size < 0x4000 ? 2 : size < 0x200000 ? 3 : size < 0x10000000 ? 4 : 5) - 1
    b.copyWithin(sizeAt + 1 + extra, sizeAt + 1, end)
    wire.writeUvarint(b, size, sizeAt)
    return end + extra
  },

  bytesOf(buffers: readonly Uint8Array[]): number {
    let total = 0
    for (const buffer of buffers) {
      total += buffer.length
    }
    return total
  },
}

/** Writes UTF-8. Short ASCII, which is nearly all of Kafka's strings, is faster without a native call. */
function writeText(b: FastBuffer, text: string, at: number): number {
  const length = text.length
  if (length < 24) {
    let i = 0
    for (; i < length; i++) {
      const code = text.charCodeAt(i)
      if (code > 0x7f) {
        break
      }
      b[at + i] = code
    }
    if (i === length) {
      return length
    }
  }
  return b.utf8Write(text, at)
}
