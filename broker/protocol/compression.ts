/**
 * The compressions of record batches, both ways, with a limit on what they may grow to.
 *
 * Every limit is checked before memory is taken: a batch of a megabyte can claim, or really hold,
 * gigabytes. The libraries are loaded at first use, because the broker itself never decompresses
 * what it stores and hands out.
 */
import { promisify } from 'node:util'
import { gunzip, gzip } from 'node:zlib'
import { lz4SizeBound, snappySize, zstdSizeBound } from './compressed-size.ts'
import { DecodeError } from './decode-error.ts'
import type { Compression } from './record-batch.ts'
import { asBuffer } from './wire.ts'

/**
 * Decompresses the records of a batch. Rejects with a `DecodeError` where the data is damaged or
 * would take more than `bytesMax`.
 */
export async function decompress(
  compression: Compression,
  data: Uint8Array,
  bytesMax: number,
): Promise<Uint8Array> {
  try {
    return await decompressors[compression](asBuffer(data), bytesMax)
  } catch (error) {
    if (error instanceof DecodeError) {
      throw error
    }
    const reason = error instanceof Error ? error.message : String(error)
    throw new DecodeError(`Damaged ${compression} data: ${reason}`, { cause: error })
  }
}

/** Compresses the records of a batch as Java's client does (snappy in xerial's framing). */
export function compress(compression: Compression, data: Uint8Array): Promise<Uint8Array> {
  return compressors[compression](data)
}

const decompressors: Record<
  Compression,
  (data: Buffer, bytesMax: number) => Promise<Uint8Array> | Uint8Array
> = {
  none: (data, bytesMax) => {
    within(data.length, bytesMax)
    return data
  },
  gzip: (data, bytesMax) => promisify(gunzip)(data, { maxOutputLength: bytesMax }),
  snappy: decompressSnappy,
  lz4: async (data, bytesMax) => {
    within(lz4SizeBound(data), bytesMax)
    const { decompressFrame } = await import('lz4-napi')
    return decompressFrame(data)
  },
  zstd: async (data, bytesMax) => {
    const bound = zstdSizeBound(data)
    within(bound, bytesMax)
    const zstd = await loadZstd()
    // The option is the room for what a frame grows to if its header does not say.
    return zstd.decompress(data, { defaultHeapSize: Math.max(1, bound) })
  },
}

const compressors: Record<Compression, (data: Uint8Array) => Promise<Uint8Array>> = {
  none: async (data) => data,
  gzip: (data) => promisify(gzip)(data),
  snappy: async (data) => {
    const { compress: compressRaw } = await loadSnappy()
    const chunks: Uint8Array[] = [XERIAL_HEADER]
    for (let at = 0; at < data.length; at += XERIAL_CHUNK_BYTES) {
      const chunk = await compressRaw(data.subarray(at, at + XERIAL_CHUNK_BYTES))
      const size = Buffer.alloc(4)
      size.writeInt32BE(chunk.length)
      chunks.push(size, chunk)
    }
    return Buffer.concat(chunks)
  },
  lz4: async (data) => (await import('lz4-napi')).compressFrame(data),
  zstd: async (data) => (await loadZstd()).compress(asBuffer(data)),
}

/**
 * Java's client frames snappy as the xerial library does: a header, then chunks, each behind its
 * int32 size. librdkafka sends one raw snappy block.
 */
async function decompressSnappy(data: Buffer, bytesMax: number): Promise<Uint8Array> {
  const blocks = snappyBlocks(data)
  within(
    blocks.reduce((total, block) => total + snappySize(block), 0),
    bytesMax,
  )
  const { uncompress } = await loadSnappy()
  const parts: Uint8Array[] = []
  for (const block of blocks) {
    parts.push(asBytes(await uncompress(block)))
  }
  return parts.length === 1 && parts[0] !== undefined ? parts[0] : Buffer.concat(parts)
}

function snappyBlocks(data: Buffer): Buffer[] {
  if (!data.subarray(0, XERIAL_MAGIC.length).equals(XERIAL_MAGIC)) {
    return [data]
  }
  const blocks: Buffer[] = []
  for (let at = XERIAL_HEADER.length; at < data.length; ) {
    if (data.length - at < 4) {
      throw new DecodeError('Damaged snappy data: it ends within the size of a chunk')
    }
    const size = data.readInt32BE(at)
    if (size < 0 || size > data.length - at - 4) {
      throw new DecodeError(`Damaged snappy data: a chunk cannot have ${size} bytes`)
    }
    blocks.push(data.subarray(at + 4, at + 4 + size))
    at += 4 + size
  }
  return blocks
}

const XERIAL_MAGIC = Buffer.from('82534e4150505900', 'hex')

/** The magic, then version 1 and compatible version 1. */
const XERIAL_HEADER = Buffer.concat([XERIAL_MAGIC, Buffer.from('0000000100000001', 'hex')])

const XERIAL_CHUNK_BYTES = 32 * 1024

function within(sizeBytes: number, bytesMax: number) {
  if (sizeBytes > bytesMax) {
    throw new DecodeError(
      `The records would take up to ${sizeBytes} bytes; ${bytesMax} are allowed`,
    )
  }
}

function asBytes(data: string | Uint8Array): Uint8Array {
  return typeof data === 'string' ? Buffer.from(data) : data
}

async function loadSnappy() {
  return import('snappy')
}

let zstdReady: Promise<typeof import('@bokuweb/zstd-wasm')> | undefined

function loadZstd() {
  zstdReady ??= import('@bokuweb/zstd-wasm').then(async (zstd) => {
    await zstd.init()
    return zstd
  })
  return zstdReady
}
