import fc from 'fast-check'
import { expect, test } from 'vitest'
import { errorCode } from '../errors.ts'
import {
  assignOffset,
  BATCH_HEADER_BYTES,
  batchesIn,
  checkBatch,
  readBatchHeader,
  stampLogAppendTime,
} from './record-batch.ts'
import { decodePlainRecords, encodeBatch } from './records.ts'

const records = [{ key: Buffer.from('a'), value: Buffer.from('1') }, { value: Buffer.from('2') }]
const makeBatch = () => encodeBatch(records, { timestampMs: 1_700_000_000_000 })

/** A good batch with one change and its checksum made right again. */
function changed(change: (batch: Buffer) => void): Buffer {
  const batch = makeBatch()
  change(batch)
  const maxTimestampMs = Number(batch.readBigInt64BE(35))
  const attributes = batch.readInt16BE(21)
  // Stamping computes the checksum; what else it wrote is put back before it is computed again.
  stampLogAppendTime(batch, maxTimestampMs)
  if ((attributes & 8) === 0) {
    batch.writeInt16BE(attributes, 21)
    batch.writeUInt32BE(crcOf(batch), 17)
  }
  return batch
}

function crcOf(batch: Buffer): number {
  let crc = 0xffffffff
  for (const byte of batch.subarray(21)) {
    crc ^= byte
    for (let bit = 0; bit < 8; bit++) {
      crc = crc & 1 ? (crc >>> 1) ^ 0x82f63b78 : crc >>> 1
    }
  }
  return ~crc >>> 0
}

test('a batch as clients send it is accepted', () => {
  expect(checkBatch(makeBatch())).toMatchObject({
    at: 0,
    compression: 'none',
    timestampType: 'CreateTime',
    recordCount: 2,
    producerId: -1,
    isControl: false,
  })
})

test('a batch in the middle of a larger buffer is accepted as if it were alone', () => {
  const batch = makeBatch()
  const larger = Buffer.concat([Buffer.alloc(7, 0xff), batch, Buffer.alloc(7, 0xff)])
  expect(checkBatch(larger.subarray(7, 7 + batch.length))).toEqual(checkBatch(batch))
})

test.each([
  ['another magic', 'UNSUPPORTED_FOR_MESSAGE_FORMAT', changed((b) => b.writeInt8(1, 16))],
  ['a length beyond the bytes', 'CORRUPT_MESSAGE', changed((b) => b.writeInt32BE(b.length, 8))],
  ['a length below the header', 'CORRUPT_MESSAGE', changed((b) => b.writeInt32BE(10, 8))],
  ['a negative length', 'CORRUPT_MESSAGE', changed((b) => b.writeInt32BE(-13, 8))],
  ['a control bit', 'INVALID_RECORD', changed((b) => b.writeInt16BE(0x20, 21))],
  ['a delete horizon', 'INVALID_RECORD', changed((b) => b.writeInt16BE(0x40, 21))],
  ['compression 5', 'UNSUPPORTED_COMPRESSION_TYPE', changed((b) => b.writeInt16BE(5, 21))],
  ['another last offset delta', 'INVALID_RECORD', changed((b) => b.writeInt32BE(5, 23))],
  ['a negative count', 'CORRUPT_MESSAGE', changed((b) => b.writeInt32BE(-1, 57))],
  ['a timestamp beyond 2^53', 'INVALID_RECORD', changed((b) => b.writeBigInt64BE(1n << 60n, 27))],
  ['a producer without an epoch', 'INVALID_RECORD', changed((b) => b.writeBigInt64BE(7n, 43))],
  ['two batches', 'INVALID_RECORD', Buffer.concat([makeBatch(), makeBatch()])],
  ['bytes after the batch', 'INVALID_RECORD', Buffer.concat([makeBatch(), Buffer.alloc(1)])],
  ['half a header', 'CORRUPT_MESSAGE', makeBatch().subarray(0, 40)],
  ['no bytes at all', 'CORRUPT_MESSAGE', Buffer.alloc(0)],
] as const)('%s is refused with %s', (_what, error, bytes) => {
  expect(checkBatch(bytes)).toMatchObject({ error })
  expect(errorCode(error)).toBeGreaterThan(0)
})

test('any single flipped bit after the checksum is found', () => {
  const batch = makeBatch()
  fc.assert(
    fc.property(fc.integer({ min: 17, max: batch.length - 1 }), fc.nat(7), (at, bit) => {
      const damaged = Buffer.from(batch)
      damaged[at] = (damaged[at] ?? 0) ^ (1 << bit)
      expect(checkBatch(damaged)).toHaveProperty('error')
    }),
  )
})

test('the checksum is CRC-32C', () => {
  const batch = makeBatch()
  expect(batch.readUInt32BE(17)).toBe(crcOf(batch))
})

test('placing a batch in the log leaves its checksum valid', () => {
  const batch = makeBatch()
  assignOffset(batch, 0, 2 ** 40 + 3, 9)
  expect(checkBatch(batch)).toMatchObject({ baseOffset: 2 ** 40 + 3, partitionLeaderEpoch: 9 })
})

test('stamping the broker’s time gives it to every record and makes the checksum right', () => {
  const batch = makeBatch()
  stampLogAppendTime(batch, 1_800_000_000_123)
  const header = readBatchHeader(batch)
  expect(checkBatch(batch)).toEqual(header)
  expect(header).toMatchObject({
    timestampType: 'LogAppendTime',
    maxTimestampMs: 1_800_000_000_123,
  })
  if (!('error' in header)) {
    const times = decodePlainRecords(batch, header).map((record) => record.timestampMs)
    expect(times).toEqual([1_800_000_000_123, 1_800_000_000_123])
  }
})

test('batches one after another are found, up to one that is cut off', () => {
  const second = encodeBatch(records, { timestampMs: 5, baseOffset: 2 })
  const bytes = Buffer.concat([makeBatch(), second, makeBatch().subarray(0, BATCH_HEADER_BYTES)])
  expect([...batchesIn(bytes)].map((batch) => [batch.at, batch.baseOffset])).toEqual([
    [0, 0],
    [second.length, 2],
  ])
})
