import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { errorCode } from '../errors.ts'
import type { KafkaClient } from '../protocol/client.ts'
import { DeleteRecords } from '../protocol/messages/delete-records.ts'
import { Produce } from '../protocol/messages/produce.ts'
import { COMPRESSIONS } from '../protocol/record-batch.ts'
import { encodeCompressedBatch, type NewRecord } from '../protocol/records.ts'
import { startTestBroker, type TestBroker } from '../testing/test-broker.ts'

/** What differs for a client where `cleanup.policy` has `compact`. */
let broker: TestBroker
let client: KafkaClient

beforeAll(async () => {
  broker = await startTestBroker({
    first: {
      topics: [
        { name: 'compacted', partitions: 1, config: { 'cleanup.policy': 'compact' } },
        { name: 'both', partitions: 1, config: { 'cleanup.policy': 'compact,delete' } },
        { name: 'plain', partitions: 1 },
      ],
    },
  })
  client = await broker.connect()
})
afterAll(() => broker.close())

const producer = { timestampMs: Date.now(), producerId: -1, producerEpoch: -1, baseSequence: -1 }

async function produce(name: string, batch: Uint8Array, version = 9) {
  const answer = await client.send(Produce, version, {
    acks: -1,
    timeoutMs: 30_000,
    topicData: [{ name, partitionData: [{ index: 0, records: [batch] }] }],
  })
  return answer.responses[0]?.partitionResponses[0]
}

function recordsOf(keys: readonly (string | null)[]): NewRecord[] {
  return keys.map((key) => ({
    key: key === null ? null : Buffer.from(key),
    value: Buffer.from('v'),
  }))
}

async function deleteRecords(name: string, offset: number) {
  const answer = await client.send(DeleteRecords, 2, {
    topics: [{ name, partitions: [{ partitionIndex: 0, offset }] }],
    timeoutMs: 1000,
  })
  return answer.topics[0]?.partitions[0]
}

describe('records without a key', () => {
  it.each(COMPRESSIONS)('are refused with their batch, and named, %s', async (compression) => {
    const records = recordsOf(['a', null, 'b', null])
    const batch = await encodeCompressedBatch(records, compression, producer)
    for (const name of ['compacted', 'both']) {
      expect(await produce(name, Buffer.from(batch))).toMatchObject({
        errorCode: errorCode('INVALID_RECORD'),
        errorMessage: '2 of 4 records have no key, which a compacted topic needs.',
        recordErrors: [
          {
            batchIndex: 1,
            batchIndexErrorMessage: 'A compacted topic takes no record without a key.',
          },
          { batchIndex: 3 },
        ],
      })
    }
    expect(await produce('plain', batch)).toMatchObject({ errorCode: 0, recordErrors: [] })
  })

  it('are refused in versions that cannot name them', async () => {
    const batch = await encodeCompressedBatch(recordsOf([null]), 'none', producer)
    const answer = await produce('compacted', batch, 3)
    expect(answer?.errorCode).toBe(errorCode('INVALID_RECORD'))
  })

  it('are listed up to a thousand of them', async () => {
    const keys = Array.from({ length: 5000 }, () => null)
    const batch = await encodeCompressedBatch(recordsOf(keys), 'gzip', producer)
    const answer = await produce('compacted', batch)
    expect(answer?.recordErrors).toHaveLength(1000)
    expect(answer?.errorMessage).toContain('5000 of 5000')
  })
})

it('what cannot be read is refused: compaction could do nothing with it', async () => {
  const batch = await encodeCompressedBatch(recordsOf(['a']), 'none', producer)
  // Says gzip and is none; the checksum covers what it says.
  const { sealBatch, readBatchHeader, BATCH_HEADER_BYTES } = await import(
    '../protocol/record-batch.ts'
  )
  const header = readBatchHeader(batch)
  if ('error' in header) throw new Error(header.message)
  const wrong = sealBatch({ ...header, attributes: 1 }, batch.subarray(BATCH_HEADER_BYTES))
  const answer = await produce('compacted', wrong)
  expect(answer?.errorCode).toBe(errorCode('INVALID_RECORD'))
  expect(answer?.errorMessage).toContain('cannot be read')
})

it('batches keep their order, though some have to be decompressed first', async () => {
  const batches = await Promise.all(
    Array.from({ length: 40 }, (_, n) =>
      encodeCompressedBatch(recordsOf([`key-${n}`]), COMPRESSIONS[n % 5] ?? 'none', {
        ...producer,
        producerId: 77,
        producerEpoch: 0,
        baseSequence: n,
      }),
    ),
  )
  const answers = await Promise.all(batches.map((batch) => produce('compacted', batch)))
  const first = answers[0]?.baseOffset ?? -1
  expect(answers.map((answer) => [answer?.errorCode, answer?.baseOffset])).toEqual(
    batches.map((_, n) => [0, first + n]),
  )
})

it('DeleteRecords is refused, unless the topic deletes as well', async () => {
  expect(await deleteRecords('compacted', 0)).toMatchObject({
    errorCode: errorCode('POLICY_VIOLATION'),
  })
  expect(await deleteRecords('both', 0)).toMatchObject({ errorCode: 0 })
})
