/**
 * The bytes of a chunk's producer column and of a snapshot: a version, then one fixed-size record
 * for each batch that a producer may still send again. Big-endian.
 *
 *   version i8 = 1
 *   { producerId i64, epoch i16, firstSequence i32, lastSequence i32, baseOffset i64, appendedMs i64 }*
 */
export interface Sequenced {
  readonly producerId: number
  readonly epoch: number
  readonly firstSequence: number
  readonly lastSequence: number
  readonly baseOffset: number
  readonly appendedMs: number
}

export function encodeSequences(sequences: readonly Sequenced[]): Uint8Array {
  const bytes = Buffer.alloc(1 + sequences.length * RECORD_BYTES)
  let at = bytes.writeInt8(VERSION, 0)
  for (const sequence of sequences) {
    at = writeInt53(bytes, sequence.producerId, at)
    at = bytes.writeInt16BE(sequence.epoch, at)
    at = bytes.writeInt32BE(sequence.firstSequence, at)
    at = bytes.writeInt32BE(sequence.lastSequence, at)
    at = writeInt53(bytes, sequence.baseOffset, at)
    at = writeInt53(bytes, sequence.appendedMs, at)
  }
  return bytes
}

/** Reads what `encodeSequences` wrote; no bytes at all mean none. Null where it wrote no such thing. */
export function decodeSequences(column: Uint8Array): Sequenced[] | null {
  if (column.length === 0) {
    return []
  }
  const bytes = Buffer.from(column.buffer, column.byteOffset, column.byteLength)
  if (bytes.readInt8(0) !== VERSION || (bytes.length - 1) % RECORD_BYTES !== 0) {
    return null
  }
  const sequences: Sequenced[] = []
  for (let at = 1; at < bytes.length; at += RECORD_BYTES) {
    sequences.push({
      producerId: readInt53(bytes, at),
      epoch: bytes.readInt16BE(at + 8),
      firstSequence: bytes.readInt32BE(at + 10),
      lastSequence: bytes.readInt32BE(at + 14),
      baseOffset: readInt53(bytes, at + 18),
      appendedMs: readInt53(bytes, at + 26),
    })
  }
  return sequences
}

const VERSION = 1
const RECORD_BYTES = 34

function writeInt53(bytes: Buffer, value: number, at: number): number {
  bytes.writeInt32BE(Math.floor(value / 2 ** 32), at)
  return bytes.writeUInt32BE(value >>> 0, at + 4)
}

function readInt53(bytes: Buffer, at: number): number {
  return bytes.readInt32BE(at) * 2 ** 32 + bytes.readUInt32BE(at + 4)
}
