/**
 * Record batches, format v2 (magic 2): the header that a broker reads and rewrites in place.
 *
 * Layout, big-endian: 0 baseOffset i64 · 8 batchLength i32 · 12 partitionLeaderEpoch i32 · 16 magic
 * i8 · 17 crc u32 · 21 attributes i16 · 23 lastOffsetDelta i32 · 27 baseTimestamp i64 · 35
 * maxTimestamp i64 · 43 producerId i64 · 51 producerEpoch i16 · 53 baseSequence i32 · 57 recordCount
 * i32 · 61 records. The CRC-32C covers everything from 21 on, so that base offset and leader epoch
 * can be assigned without computing it again.
 */
import { crc32c } from '@node-rs/crc32'
import { asBuffer } from './wire.ts'

export interface BatchHeader {
  /** Where the batch begins in the buffer that it was read from. */
  readonly at: number
  /** The whole batch, header included. */
  readonly sizeBytes: number
  readonly baseOffset: number
  readonly partitionLeaderEpoch: number
  readonly attributes: number
  readonly compression: Compression
  readonly timestampType: 'CreateTime' | 'LogAppendTime'
  readonly isTransactional: boolean
  /** Holds a transaction marker instead of records. */
  readonly isControl: boolean
  readonly lastOffsetDelta: number
  readonly baseTimestampMs: number
  readonly maxTimestampMs: number
  /** -1 where the producer is not idempotent. */
  readonly producerId: number
  readonly producerEpoch: number
  readonly baseSequence: number
  readonly recordCount: number
}

/** Why a batch is refused: shaped as a `Refusal` of `broker/errors.ts`. */
export interface BatchRefusal {
  readonly error:
    | 'CORRUPT_MESSAGE'
    | 'INVALID_RECORD'
    | 'UNSUPPORTED_COMPRESSION_TYPE'
    | 'UNSUPPORTED_FOR_MESSAGE_FORMAT'
  readonly message: string
}

/**
 * Checks what a producer sent as the records of one partition: exactly one batch, whole, with the
 * right checksum, as clients may send it.
 */
export function checkBatch(bytes: Uint8Array): BatchHeader | BatchRefusal {
  const batch = readBatchHeader(bytes)
  if ('error' in batch) {
    return batch
  }
  if (batch.sizeBytes !== bytes.length) {
    return refuse('INVALID_RECORD', 'A partition must be sent exactly one record batch.')
  }
  if (!hasRightChecksum(bytes, batch)) {
    return refuse('CORRUPT_MESSAGE', 'The checksum of the record batch is wrong.')
  }
  if (batch.isControl) {
    return refuse('INVALID_RECORD', 'Clients may not write control batches.')
  }
  if ((batch.attributes & DELETE_HORIZON) !== 0) {
    // Its tombstones would go before anybody could have read them (KIP-534).
    return refuse('INVALID_RECORD', 'Only compaction says until when tombstones stay.')
  }
  if (batch.recordCount < 1 || batch.lastOffsetDelta !== batch.recordCount - 1) {
    return refuse(
      'INVALID_RECORD',
      `The record batch counts ${batch.recordCount} records, but its last offset delta is ${batch.lastOffsetDelta}.`,
    )
  }
  if (batch.producerId >= 0 && (batch.producerEpoch < 0 || batch.baseSequence < 0)) {
    return refuse(
      'INVALID_RECORD',
      'An idempotent batch must have a producer epoch and a sequence.',
    )
  }
  return batch
}

/** Whether the checksum of a batch says that its bytes are those that were sent. */
export function hasRightChecksum(
  bytes: Uint8Array,
  { at, sizeBytes }: Pick<BatchHeader, 'at' | 'sizeBytes'>,
): boolean {
  const buffer = asBuffer(bytes)
  return crc32c(buffer.subarray(at + ATTRIBUTES, at + sizeBytes)) === buffer.readUInt32BE(at + CRC)
}

/**
 * Whether a batch of the log, of a format and with a size that can be, stands at `at` with its
 * checksum and its leader epoch: what `readBatchHeader` and `hasRightChecksum` say of one that was
 * checked when it was taken, for going over thousands of them.
 */
export function isWholeAt(buffer: Buffer, at: number, leaderEpoch: number): boolean {
  const left = buffer.length - at
  if (left < BATCH_HEADER_BYTES || buffer.readInt8(at + MAGIC) !== 2) {
    return false
  }
  const sizeBytes = batchSizeAt(buffer, at)
  return (
    sizeBytes >= BATCH_HEADER_BYTES &&
    sizeBytes <= left &&
    buffer.readInt32BE(at + LEADER_EPOCH) === leaderEpoch &&
    hasRightChecksum(buffer, { at, sizeBytes })
  )
}

/** Reads the header of the batch at `at`, without its checksum. The batch must be there whole. */
export function readBatchHeader(bytes: Uint8Array, at = 0): BatchHeader | BatchRefusal {
  const buffer = asBuffer(bytes)
  const left = buffer.length - at
  if (left < MAGIC + 1) {
    return refuse('CORRUPT_MESSAGE', 'The record batch ends within its header.')
  }
  const magic = buffer.readInt8(at + MAGIC)
  if (magic !== 2) {
    return refuse('UNSUPPORTED_FOR_MESSAGE_FORMAT', `Record format ${magic} is not supported.`)
  }
  const sizeBytes = LENGTH_OVERHEAD + buffer.readInt32BE(at + LENGTH)
  if (sizeBytes < BATCH_HEADER_BYTES || sizeBytes > left) {
    return refuse('CORRUPT_MESSAGE', 'The length of the record batch is wrong.')
  }
  const attributes = buffer.readInt16BE(at + ATTRIBUTES)
  const compression = COMPRESSIONS[attributes & COMPRESSION_MASK]
  if (compression === undefined) {
    return refuse(
      'UNSUPPORTED_COMPRESSION_TYPE',
      `Kafka has no compression of number ${attributes & COMPRESSION_MASK}.`,
    )
  }
  const header = {
    at,
    sizeBytes,
    baseOffset: readInt64(buffer, at + BASE_OFFSET),
    partitionLeaderEpoch: buffer.readInt32BE(at + LEADER_EPOCH),
    attributes,
    compression,
    timestampType: attributes & LOG_APPEND_TIME ? 'LogAppendTime' : 'CreateTime',
    isTransactional: (attributes & TRANSACTIONAL) !== 0,
    isControl: (attributes & CONTROL) !== 0,
    lastOffsetDelta: buffer.readInt32BE(at + LAST_OFFSET_DELTA),
    baseTimestampMs: readInt64(buffer, at + BASE_TIMESTAMP),
    maxTimestampMs: readInt64(buffer, at + MAX_TIMESTAMP),
    producerId: readInt64(buffer, at + PRODUCER_ID),
    producerEpoch: buffer.readInt16BE(at + PRODUCER_EPOCH),
    baseSequence: buffer.readInt32BE(at + BASE_SEQUENCE),
    recordCount: buffer.readInt32BE(at + RECORD_COUNT),
  } as const
  if (header.recordCount < 0 || header.lastOffsetDelta < 0) {
    return refuse('CORRUPT_MESSAGE', 'The record batch counts fewer than no records.')
  }
  // Beyond 2^53 a number cannot be held exactly; no clock and no counter gets there.
  for (const name of ['baseTimestampMs', 'maxTimestampMs', 'producerId'] as const) {
    if (!Number.isSafeInteger(header[name])) {
      return refuse('INVALID_RECORD', `The ${name} of the record batch is out of range.`)
    }
  }
  return header
}

/**
 * Reads the headers of the batches that stand one after another, as a Fetch response brings them.
 * Stops before one that is cut off at the end; throws nothing.
 */
export function* batchesIn(bytes: Uint8Array): Generator<BatchHeader> {
  for (let at = 0; at < bytes.length; ) {
    const batch = readBatchHeader(bytes, at)
    if ('error' in batch) {
      return
    }
    yield batch
    at += batch.sizeBytes
  }
}

/** The size of the batch at `at`, header included, for walking over batches that were checked once. */
export function batchSizeAt(buffer: Buffer, at: number): number {
  return LENGTH_OVERHEAD + buffer.readInt32BE(at + LENGTH)
}

/** The first offset of the batch at `at`, for walking over batches that were checked once. */
export function baseOffsetAt(buffer: Buffer, at: number): number {
  return readInt64(buffer, at + BASE_OFFSET)
}

/** One past the last offset of the batch at `at`, for walking over batches that were checked once. */
export function nextOffsetAt(buffer: Buffer, at: number): number {
  return readInt64(buffer, at + BASE_OFFSET) + buffer.readInt32BE(at + LAST_OFFSET_DELTA) + 1
}

/** The largest timestamp of the batch at `at`, for walking over batches that were checked once. */
export function maxTimestampAt(buffer: Buffer, at: number): number {
  return readInt64(buffer, at + MAX_TIMESTAMP)
}

/** Gives the batch at `at` its place in the log, in place. The checksum does not cover these fields. */
export function assignOffset(
  bytes: Uint8Array,
  at: number,
  baseOffset: number,
  partitionLeaderEpoch: number,
) {
  const buffer = asBuffer(bytes)
  writeInt64(buffer, baseOffset, at + BASE_OFFSET)
  buffer.writeInt32BE(partitionLeaderEpoch, at + LEADER_EPOCH)
}

/**
 * Stamps a batch (alone in its buffer) with the broker's time, in place, for topics with
 * `message.timestamp.type=LogAppendTime`: clients then take `timestampMs` for every record in it.
 */
export function stampLogAppendTime(batch: Uint8Array, timestampMs: number) {
  const buffer = asBuffer(batch)
  buffer.writeInt16BE(buffer.readInt16BE(ATTRIBUTES) | LOG_APPEND_TIME, ATTRIBUTES)
  writeInt64(buffer, timestampMs, MAX_TIMESTAMP)
  buffer.writeUInt32BE(crc32c(buffer.subarray(ATTRIBUTES)), CRC)
}

/** What goes into a header that we make ourselves; the size and the checksum follow from the records. */
export type NewBatchHeader = Pick<
  BatchHeader,
  | 'baseOffset'
  | 'partitionLeaderEpoch'
  | 'attributes'
  | 'lastOffsetDelta'
  | 'baseTimestampMs'
  | 'maxTimestampMs'
  | 'producerId'
  | 'producerEpoch'
  | 'baseSequence'
  | 'recordCount'
>

/** Puts a header before records that are encoded, and compressed where the attributes say so. */
export function sealBatch(header: NewBatchHeader, records: Uint8Array): Buffer {
  const buffer = Buffer.allocUnsafe(BATCH_HEADER_BYTES + records.length)
  writeInt64(buffer, header.baseOffset, BASE_OFFSET)
  buffer.writeInt32BE(buffer.length - LENGTH_OVERHEAD, LENGTH)
  buffer.writeInt32BE(header.partitionLeaderEpoch, LEADER_EPOCH)
  buffer.writeInt8(2, MAGIC)
  buffer.writeInt16BE(header.attributes, ATTRIBUTES)
  buffer.writeInt32BE(header.lastOffsetDelta, LAST_OFFSET_DELTA)
  writeInt64(buffer, header.baseTimestampMs, BASE_TIMESTAMP)
  writeInt64(buffer, header.maxTimestampMs, MAX_TIMESTAMP)
  writeInt64(buffer, header.producerId, PRODUCER_ID)
  buffer.writeInt16BE(header.producerEpoch, PRODUCER_EPOCH)
  buffer.writeInt32BE(header.baseSequence, BASE_SEQUENCE)
  buffer.writeInt32BE(header.recordCount, RECORD_COUNT)
  buffer.set(records, BATCH_HEADER_BYTES)
  buffer.writeUInt32BE(crc32c(buffer.subarray(ATTRIBUTES)), CRC)
  return buffer
}

/** Kafka's compressions; the index is the number in the attributes of a batch. */
export const COMPRESSIONS = ['none', 'gzip', 'snappy', 'lz4', 'zstd'] as const

export type Compression = (typeof COMPRESSIONS)[number]

/** The size of a header, which is also the least size of a batch. */
export const BATCH_HEADER_BYTES = 61

export const LOG_APPEND_TIME = 1 << 3
export const TRANSACTIONAL = 1 << 4
export const CONTROL = 1 << 5
/** The base timestamp says when the tombstones of the batch may go (KIP-534). */
export const DELETE_HORIZON = 1 << 6

const COMPRESSION_MASK = 7

const BASE_OFFSET = 0
const LENGTH = 8
const LEADER_EPOCH = 12
const MAGIC = 16
const CRC = 17
const ATTRIBUTES = 21
const LAST_OFFSET_DELTA = 23
const BASE_TIMESTAMP = 27
const MAX_TIMESTAMP = 35
const PRODUCER_ID = 43
const PRODUCER_EPOCH = 51
const BASE_SEQUENCE = 53
const RECORD_COUNT = 57

/** The batch length counts what follows it: everything but the base offset and itself. */
const LENGTH_OVERHEAD = 12

function readInt64(buffer: Buffer, at: number): number {
  return buffer.readInt32BE(at) * 2 ** 32 + buffer.readUInt32BE(at + 4)
}

function writeInt64(buffer: Buffer, value: number, at: number) {
  buffer.writeInt32BE(Math.floor(value / 2 ** 32), at)
  buffer.writeUInt32BE(value >>> 0, at + 4)
}

function refuse(error: BatchRefusal['error'], message: string): BatchRefusal {
  return { error, message }
}
