/**
 * How large compressed data can become, read from its framing without decompressing it.
 * What makes no sense throws a `DecodeError`; the decompressor judges the rest.
 */
import { DecodeError } from './decode-error.ts'

/** The size that a raw snappy block says it has: a variable-length integer at its head. */
export function snappySize(block: Buffer): number {
  let size = 0
  for (let i = 0; i < 5; i++) {
    const byte = block[i]
    if (byte === undefined) {
      break
    }
    size += (byte & 0x7f) * 2 ** (7 * i)
    if (byte < 0x80) {
      return size
    }
  }
  throw new DecodeError('Damaged snappy data: it begins with no size')
}

/** An upper bound for LZ4 frames: each block at most its frame's block size, and 255 times itself. */
export function lz4SizeBound(data: Buffer): number {
  const reader = new Reader(data, 'lz4')
  let bound = 0
  while (!reader.isAtEnd) {
    if (reader.uint32() !== LZ4_MAGIC) {
      throw reader.damaged('it does not begin with a frame')
    }
    const flags = reader.uint8()
    const blockBytesMax = 2 ** (8 + 2 * ((reader.uint8() >> 4) & 7))
    // Content size, dictionary id and the header's checksum follow, as the flags say.
    reader.skip((flags & 0x08 ? 8 : 0) + (flags & 0x01 ? 4 : 0) + 1)
    for (let size = reader.uint32(); size !== 0; size = reader.uint32()) {
      const sizeBytes = size & 0x7fffffff
      reader.skip(sizeBytes + (flags & 0x10 ? 4 : 0))
      bound += size >= 0x80000000 ? sizeBytes : Math.min(blockBytesMax, sizeBytes * 255)
    }
    reader.skip(flags & 0x04 ? 4 : 0)
  }
  return bound
}

/** An upper bound for Zstandard frames: what a block says, or 128 KiB where it is compressed (RFC 8878). */
export function zstdSizeBound(data: Buffer): number {
  const reader = new Reader(data, 'zstd')
  let bound = 0
  while (!reader.isAtEnd) {
    const magic = reader.uint32()
    if (magic >= ZSTD_SKIPPABLE && magic < ZSTD_SKIPPABLE + 16) {
      reader.skip(reader.uint32())
    } else if (magic === ZSTD_MAGIC) {
      bound += zstdFrameBound(reader)
    } else {
      throw reader.damaged('it does not begin with a frame')
    }
  }
  return bound
}

function zstdFrameBound(reader: Reader): number {
  const descriptor = reader.uint8()
  const isSingleSegment = (descriptor & 0x20) !== 0
  const dictionaryIdBytes = [0, 1, 2, 4][descriptor & 3] ?? 0
  reader.skip((isSingleSegment ? 0 : 1) + dictionaryIdBytes)
  const contentSize = zstdContentSize(reader, descriptor >> 6, isSingleSegment)
  let bound = 0
  for (let isLast = false; !isLast; ) {
    const header = reader.uint8() | (reader.uint8() << 8) | (reader.uint8() << 16)
    isLast = (header & 1) === 1
    const type = (header >> 1) & 3
    const size = header >> 3
    reader.skip(type === ZSTD_BLOCK_RLE ? 1 : size)
    bound += type === ZSTD_BLOCK_COMPRESSED ? ZSTD_BLOCK_BYTES_MAX : size
  }
  reader.skip(descriptor & 0x04 ? 4 : 0)
  // The library trusts what the header says and takes as much memory.
  return contentSize ?? bound
}

function zstdContentSize(reader: Reader, flag: number, isSingleSegment: boolean) {
  switch (flag) {
    case 0:
      return isSingleSegment ? reader.uint8() : undefined
    case 1:
      return (reader.uint8() | (reader.uint8() << 8)) + 256
    case 2:
      return reader.uint32()
    default:
      return reader.uint32() + reader.uint32() * 2 ** 32
  }
}

const LZ4_MAGIC = 0x184d2204
const ZSTD_MAGIC = 0xfd2fb528
const ZSTD_SKIPPABLE = 0x184d2a50
const ZSTD_BLOCK_RLE = 1
const ZSTD_BLOCK_COMPRESSED = 2
const ZSTD_BLOCK_BYTES_MAX = 128 * 1024

/** Reads little-endian integers; refuses to go past the end. */
class Reader {
  readonly #data: Buffer
  readonly #name: string
  #at = 0

  constructor(data: Buffer, name: string) {
    this.#data = data
    this.#name = name
  }

  get isAtEnd() {
    return this.#at >= this.#data.length
  }

  uint8(): number {
    const at = this.#at
    this.skip(1)
    return this.#data.readUInt8(at)
  }

  uint32(): number {
    const at = this.#at
    this.skip(4)
    return this.#data.readUInt32LE(at)
  }

  skip(bytes: number) {
    if (bytes > this.#data.length - this.#at) {
      throw this.damaged('it ends too early')
    }
    this.#at += bytes
  }

  damaged(reason: string) {
    return new DecodeError(`Damaged ${this.#name} data: ${reason}`)
  }
}
