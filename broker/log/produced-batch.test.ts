import { describe, expect, it } from 'vitest'
import { isRefusal } from '../errors.ts'
import { COMPRESSIONS, readBatchHeader, sealBatch } from '../protocol/record-batch.ts'
import { encodeBatch, encodeCompressedBatch } from '../protocol/records.ts'
import type { LogConfig } from './log-config.ts'
import { batchOf, granted, openLog, readAll, type TestBatch } from './testing/open-log.ts'

const NOW = 1_700_000_000_000
const DAY = 24 * 60 * 60 * 1000

async function errorOf(bytes: Uint8Array, config: Partial<LogConfig> = {}): Promise<string> {
  const { log } = await openLog(config)
  const outcome = await log.append(bytes)
  expect([log.nextOffset, log.sizeBytes]).toEqual(isRefusal(outcome) ? [0, 0] : expect.anything())
  return isRefusal(outcome) ? outcome.error : 'taken'
}

function changed(at: number, value: number, batch: TestBatch = { values: ['v'] }): Buffer {
  const bytes = batchOf(batch)
  bytes.writeUInt8(value, at)
  return bytes
}

describe('a partition refuses', () => {
  it('nothing, more than one batch, half a batch and what is no batch', async () => {
    const batch = batchOf({ values: ['v'] })
    expect(await errorOf(Buffer.alloc(0))).toBe('INVALID_RECORD')
    expect(await errorOf(Buffer.concat([batch, batch]))).toBe('INVALID_RECORD')
    expect(await errorOf(batch.subarray(0, -1))).toBe('CORRUPT_MESSAGE')
    expect(await errorOf(Buffer.alloc(5))).toBe('CORRUPT_MESSAGE')
    expect(await errorOf(Buffer.alloc(100))).toBe('UNSUPPORTED_FOR_MESSAGE_FORMAT')
  })

  it('every flipped bit that the checksum covers, and a wrong checksum', async () => {
    const size = batchOf({ values: ['v'] }).length
    const found = new Set<string>()
    for (let at = 17; at < size; at++) found.add(await errorOf(changed(at, 0xa5)))
    found.delete('UNSUPPORTED_COMPRESSION_TYPE')
    expect(found).toEqual(new Set(['CORRUPT_MESSAGE', 'INVALID_RECORD']))
    expect(await errorOf(changed(17, 0))).toBe('CORRUPT_MESSAGE')
  })

  it('control batches, transactional ones and impossible producers', async () => {
    const options = { timestampMs: NOW, producerId: 5, producerEpoch: 0, baseSequence: 0 }
    const records = [{ value: Buffer.from('v') }]
    expect(await errorOf(encodeBatch(records, { ...options, isControl: true }))).toBe(
      'INVALID_RECORD',
    )
    expect(await errorOf(encodeBatch(records, { ...options, isTransactional: true }))).toBe(
      'TRANSACTIONAL_ID_AUTHORIZATION_FAILED',
    )
    expect(await errorOf(encodeBatch(records, { ...options, baseSequence: -1 }))).toBe(
      'INVALID_RECORD',
    )
    expect(await errorOf(encodeBatch(records, { ...options, producerEpoch: -1 }))).toBe(
      'INVALID_RECORD',
    )
    expect(await errorOf(encodeBatch(records, { ...options, producerId: -2 }))).toBe(
      'INVALID_RECORD',
    )
  })

  it('a batch that is larger than max.message.bytes, and no smaller one', async () => {
    const batch = batchOf({ values: ['v'.repeat(500)] })
    expect(await errorOf(batch, { maxMessageBytes: batch.length - 1 })).toBe('MESSAGE_TOO_LARGE')
    expect(await errorOf(batch, { maxMessageBytes: batch.length })).toBe('taken')
  })

  it('timestamps outside the bounds of the topic', async () => {
    const config = { timestampBeforeMaxMs: DAY, timestampAfterMaxMs: 1000 }
    const at = (...timestampsMs: number[]) =>
      errorOf(batchOf({ values: timestampsMs.map(() => 'v'), timestampsMs }), config)
    expect(await at(NOW - DAY)).toBe('taken')
    expect(await at(NOW - DAY - 1)).toBe('INVALID_TIMESTAMP')
    expect(await at(NOW + 1000)).toBe('taken')
    expect(await at(NOW + 1001)).toBe('INVALID_TIMESTAMP')
    expect(await at(NOW, NOW + 1001, NOW)).toBe('INVALID_TIMESTAMP')
    expect(await at(-1)).toBe('taken')
  })

  it('a batch that counts more records than it has room for', async () => {
    const three = encodeBatch([{}, {}, {}], { timestampMs: NOW })
    const header = readBatchHeader(three)
    if ('error' in header) throw new Error(header.message)
    const sealed = (recordCount: number) =>
      sealBatch({ ...header, recordCount, lastOffsetDelta: recordCount - 1 }, three.subarray(61))
    expect(await errorOf(sealed(3))).toBe('taken')
    expect(await errorOf(sealed(4))).toBe('INVALID_RECORD')
    expect(await errorOf(sealed(2 ** 31 - 1))).toBe('INVALID_RECORD')
  })

  it('everything once its topic is deleted', async () => {
    const { log, logs } = await openLog()
    logs.drop([1])
    expect(await log.append(batchOf({ values: ['v'] }))).toMatchObject({
      error: 'UNKNOWN_TOPIC_OR_PARTITION',
    })
    expect(await log.read(0, { maxBytes: 1, atLeastOneBatch: true })).toMatchObject({
      error: 'UNKNOWN_TOPIC_OR_PARTITION',
    })
  })
})

describe('a partition takes', () => {
  it('every compression as it is', async () => {
    const { log } = await openLog()
    for (const [n, compression] of COMPRESSIONS.entries()) {
      const sent = await encodeCompressedBatch([{ value: Buffer.alloc(500) }], compression, {
        timestampMs: NOW,
      })
      granted(await log.append(Buffer.from(sent)))
      const { records } = granted(await log.read(n, { maxBytes: 1, atLeastOneBatch: true }))
      expect(Buffer.compare(Buffer.from(records[0] ?? []).subarray(16), sent.subarray(16))).toBe(0)
    }
  })

  it('producer timestamps with CreateTime, and answers -1 for its own', async () => {
    const { log } = await openLog()
    const batch = batchOf({ values: ['v'], timestampsMs: [NOW - 5000] })
    expect(granted(await log.append(batch))).toMatchObject({ logAppendTimeMs: -1 })
    expect(granted(await log.findMaxTimestamp())).toEqual({ offset: 0, timestampMs: NOW - 5000 })
  })

  it('its own time with LogAppendTime, even where the producer repeats the batch later', async () => {
    const { log, clock } = await openLog({
      timestampType: 'LogAppendTime',
      timestampBeforeMaxMs: 0,
    })
    const batch = { values: ['a', 'b'], timestampsMs: [5, 6], producerId: 3, baseSequence: 0 }
    clock.advance(10_000)
    const first = granted(await log.append(batchOf(batch)))
    expect(first.logAppendTimeMs).toBe(NOW + 10_000)
    clock.advance(10_000)
    const again = granted(await log.append(batchOf(batch)))
    expect(again).toMatchObject({ duplicate: true, logAppendTimeMs: NOW + 10_000 })
    const { records } = granted(await log.read(0, { maxBytes: 1, atLeastOneBatch: true }))
    const header = readBatchHeader(records[0] ?? new Uint8Array())
    expect(header).toMatchObject({ timestampType: 'LogAppendTime', maxTimestampMs: NOW + 10_000 })
    // The checksum was computed again, so what was stored would be taken from a producer too,
    // were it not for the mark that only a broker may set.
    const other = await openLog()
    const copy = Buffer.from(records[0] ?? [])
    expect(await other.log.append(copy)).toMatchObject({ error: 'INVALID_TIMESTAMP' })
    expect(await readAll(log)).toHaveLength(2)
  })
})
