/**
 * The records inside a batch. The broker does not look at them between produce and fetch; this is
 * for whoever must: lookups by timestamp, the console's messages, tests, and clients that produce.
 *
 * A record: varint length, int8 attributes, varint timestamp delta, varint offset delta, then key,
 * value and headers behind varint lengths (-1 for null). All varints are zigzag.
 */
import { compress, decompress } from './compression.ts'
import { DecodeError } from './decode-error.ts'
import {
  BATCH_HEADER_BYTES,
  type BatchHeader,
  COMPRESSIONS,
  CONTROL,
  type Compression,
  sealBatch,
  TRANSACTIONAL,
} from './record-batch.ts'
import { RecordReader } from './record-reader.ts'
import { RecordWriter } from './record-writer.ts'
import { asBuffer } from './wire.ts'

export interface KafkaRecord {
  readonly offset: number
  readonly timestampMs: number
  readonly key: Uint8Array | null
  readonly value: Uint8Array | null
  readonly headers: readonly RecordHeader[]
}

export interface RecordHeader {
  readonly key: string
  readonly value: Uint8Array | null
}

/** A record to be produced; its offset is its place in the batch. */
export interface NewRecord {
  readonly timestampMs?: number
  readonly key?: Uint8Array | null
  readonly value?: Uint8Array | null
  readonly headers?: readonly RecordHeader[]
}

export interface BatchOptions {
  /** For records without a timestamp of their own. */
  readonly timestampMs: number
  /** For tests and logs; a producer leaves it 0 and the broker assigns it. */
  readonly baseOffset?: number
  readonly partitionLeaderEpoch?: number
  /** Of an idempotent producer. */
  readonly producerId?: number
  readonly producerEpoch?: number
  readonly baseSequence?: number
  readonly isTransactional?: boolean
  readonly isControl?: boolean
}

/** Decompressed records of one batch may take this much, unless the caller says otherwise. */
const RECORDS_BYTES_MAX = 64 * 1024 * 1024

/**
 * The records of the batch that `header` describes in `bytes`. Keys and values of an uncompressed
 * batch are views of `bytes`. Rejects with a `DecodeError` where they are damaged or too large.
 */
export async function decodeRecords(
  bytes: Uint8Array,
  header: BatchHeader,
  bytesMax = RECORDS_BYTES_MAX,
): Promise<KafkaRecord[]> {
  return [...(await openRecords(bytes, header, bytesMax))]
}

/**
 * As `decodeRecords`, but each record is decoded when it is asked for: a few kilobytes may hold
 * millions. Going through them throws a `DecodeError` at the first that is damaged.
 */
export async function openRecords(
  bytes: Uint8Array,
  header: BatchHeader,
  bytesMax = RECORDS_BYTES_MAX,
): Promise<Iterable<KafkaRecord>> {
  const payload = payloadOf(bytes, header)
  return recordsIn(await decompress(header.compression, payload, bytesMax), header)
}

/** As `decodeRecords`, at once, for a batch that is not compressed. */
export function decodePlainRecords(bytes: Uint8Array, header: BatchHeader): KafkaRecord[] {
  if (header.compression !== 'none') {
    throw new TypeError(`The batch is compressed with ${header.compression}`)
  }
  return [...recordsIn(payloadOf(bytes, header), header)]
}

/** Makes a batch of records as a producer sends it, uncompressed. */
export function encodeBatch(records: readonly NewRecord[], options: BatchOptions): Buffer {
  const { payload, header } = prepare(records, options, 'none')
  return sealBatch(header, payload)
}

/** Makes a batch of records as a producer sends it, compressed. */
export async function encodeCompressedBatch(
  records: readonly NewRecord[],
  compression: Compression,
  options: BatchOptions,
): Promise<Buffer> {
  const { payload, header } = prepare(records, options, compression)
  return sealBatch(header, await compress(compression, payload))
}

function payloadOf(bytes: Uint8Array, header: BatchHeader): Buffer {
  return asBuffer(bytes).subarray(header.at + BATCH_HEADER_BYTES, header.at + header.sizeBytes)
}

/** Reads as many records as the header counts; what it counts must be there and nothing more. */
function* recordsIn(payload: Uint8Array, header: BatchHeader): Generator<KafkaRecord> {
  const reader = new RecordReader(asBuffer(payload))
  for (let i = 0; i < header.recordCount; i++) {
    const { offsetDelta, timestampDeltaMs, ...record } = reader.record()
    if (offsetDelta < 0 || offsetDelta > header.lastOffsetDelta) {
      throw new DecodeError(`A record lies outside its batch: its offset delta is ${offsetDelta}`)
    }
    yield {
      offset: header.baseOffset + offsetDelta,
      // With LogAppendTime the broker's time stands for every record, whatever the deltas say.
      timestampMs:
        header.timestampType === 'LogAppendTime'
          ? header.maxTimestampMs
          : header.baseTimestampMs + timestampDeltaMs,
      ...record,
    }
  }
  if (!reader.isAtEnd) {
    throw new DecodeError('There are bytes after the last record of a batch')
  }
}

function prepare(records: readonly NewRecord[], options: BatchOptions, compression: Compression) {
  const baseTimestampMs = records[0]?.timestampMs ?? options.timestampMs
  let maxTimestampMs = baseTimestampMs
  const writer = new RecordWriter()
  for (const [offsetDelta, record] of records.entries()) {
    const timestampMs = record.timestampMs ?? options.timestampMs
    maxTimestampMs = Math.max(maxTimestampMs, timestampMs)
    writer.record({
      offsetDelta,
      timestampDeltaMs: timestampMs - baseTimestampMs,
      key: record.key ?? null,
      value: record.value ?? null,
      headers: record.headers ?? [],
    })
  }
  const header = {
    baseOffset: options.baseOffset ?? 0,
    partitionLeaderEpoch: options.partitionLeaderEpoch ?? -1,
    attributes:
      COMPRESSIONS.indexOf(compression) |
      (options.isTransactional ? TRANSACTIONAL : 0) |
      (options.isControl ? CONTROL : 0),
    lastOffsetDelta: records.length - 1,
    baseTimestampMs,
    maxTimestampMs,
    producerId: options.producerId ?? -1,
    producerEpoch: options.producerEpoch ?? -1,
    baseSequence: options.baseSequence ?? -1,
    recordCount: records.length,
  }
  return { payload: writer.bytes(), header }
}
