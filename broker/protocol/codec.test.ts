import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { apis } from './apis.ts'
import {
  decodeMessage,
  decodeRequest,
  encodeMessage,
  encodeRequest,
  encodeResponse,
} from './codec.ts'
import { DecodeError } from './decode-error.ts'
import { arbitraryMessage } from './message-arbitrary.ts'
import { ConsumerProtocolAssignment } from './messages/consumer-protocol-assignment.ts'
import { ConsumerProtocolSubscription } from './messages/consumer-protocol-subscription.ts'
import { Fetch } from './messages/fetch.ts'
import { FindCoordinator } from './messages/find-coordinator.ts'
import { ListOffsets } from './messages/list-offsets.ts'
import { Metadata } from './messages/metadata.ts'
import { Produce } from './messages/produce.ts'
import type { Message } from './schema.ts'

const messages: readonly Message[] = [
  ...apis.flatMap((api) => [api.request, api.response]),
  ConsumerProtocolSubscription,
  ConsumerProtocolAssignment,
]

const everyVersion = messages.flatMap((message) => {
  const { min, max } = message.versions
  return Array.from({ length: max - min + 1 }, (_, i) => ({ message, version: min + i }))
})

describe.each(everyVersion)('$message.name v$version', ({ message, version }) => {
  test('any value comes back from its bytes', () => {
    fc.assert(
      fc.property(arbitraryMessage(message, version), (value) => {
        const bytes = Buffer.concat(encodeMessage(message, version, asEncodable(value)))
        expect(decodeMessage(message, version, bytes)).toEqual(value)
      }),
      { numRuns: 30 },
    )
  })

  test('every truncation of its bytes is refused', () => {
    fc.assert(
      fc.property(arbitraryMessage(message, version), (value) => {
        const bytes = Buffer.concat(encodeMessage(message, version, asEncodable(value)))
        for (let end = 0; end < bytes.length; end += 1 + Math.floor(bytes.length / 50)) {
          expect(() => decodeMessage(message, version, bytes.subarray(0, end))).toThrow(DecodeError)
        }
      }),
      { numRuns: 5 },
    )
  })

  test('random bytes give a value or a DecodeError', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 200 }), (bytes) => {
        try {
          decodeMessage(message, version, bytes)
        } catch (error) {
          expect(error).toBeInstanceOf(DecodeError)
        }
      }),
      { numRuns: 50 },
    )
  })
})

/** The arbitrary follows the declaration, which the type cannot know. */
function asEncodable(value: unknown) {
  return value as Record<string, never>
}

test('an array that claims more elements than the frame can hold is refused before it is made', () => {
  const frame = Buffer.from('7fffffff', 'hex')
  expect(() => decodeRequest(Metadata, 1, frame)).toThrow(DecodeError)
})

test('a message may not hold more than a million elements, however small', () => {
  // FindCoordinator v4: key type, then 2^21 empty strings of one byte each.
  const count = Buffer.from([0x81, 0x80, 0x80, 0x01])
  const frame = Buffer.concat([Buffer.from([0]), count, Buffer.alloc(1 << 21, 1), Buffer.from([0])])
  expect(() => decodeRequest(FindCoordinator, 4, frame)).toThrow(/too many elements/)
})

test.each([
  ['0020000000000000', '2^53'],
  ['7fffffffffffffff', 'the largest int64'],
  ['8000000000000000', 'the smallest int64'],
])('an offset of 0x%s (%s) is refused, not rounded', (hex) => {
  const request = {
    replicaId: -1,
    topics: [{ name: 't', partitions: [{ partitionIndex: 0, timestamp: -2 }] }],
  }
  const bytes = Buffer.concat(encodeRequest(ListOffsets, 1, request))
  Buffer.from(hex, 'hex').copy(bytes, bytes.length - 8)
  expect(() => decodeRequest(ListOffsets, 1, bytes)).toThrow(/2\^53/)
})

test('a high watermark of 2^63-1 in a Fetch request means that there is none', () => {
  const partition = { partition: 0, fetchOffset: 5, partitionMaxBytes: 1 }
  const topics = [
    { topicId: 'AAAAAAAAAAAAAAAAAAAAAg', partitions: [{ ...partition, highWatermark: 7 }] },
  ]
  const bytes = Buffer.concat(encodeRequest(Fetch, 18, { maxWaitMs: 1, minBytes: 1, topics }))
  const at = bytes.indexOf(Buffer.from('0000000000000007', 'hex'))
  Buffer.from('7fffffffffffffff', 'hex').copy(bytes, at)
  const decoded = decodeRequest(Fetch, 18, bytes)
  expect(decoded.topics[0]?.partitions[0]?.highWatermark).toBe(Number.POSITIVE_INFINITY)
})

test('record buffers are handed on as they are, and decoded as a view of the frame', () => {
  const batches = [Buffer.from('first batch'), Buffer.from('second batch')]
  const partitionData = [{ index: 0, records: batches }]
  const topicData = [{ name: 'orders', partitionData }]
  const segments = encodeRequest(Produce, 9, { acks: -1, timeoutMs: 1, topicData })
  expect(segments[1]).toBe(batches[0])
  expect(segments[2]).toBe(batches[1])
  const frame = Buffer.concat(segments)
  const records = decodeRequest(Produce, 9, frame).topicData[0]?.partitionData[0]?.records
  expect(records).toEqual([Buffer.from('first batchsecond batch')])
  expect(records?.[0]?.buffer).toBe(frame.buffer)
})

test('a message larger than the slab is encoded whole', () => {
  const name = 'x'.repeat(30_000)
  const topics = Array.from({ length: 20 }, () => ({ errorCode: 0, name, partitions: [] }))
  for (const version of [1, 12]) {
    const bytes = Buffer.concat(encodeResponse(Metadata, version, { brokers: [], topics }))
    expect(decodeMessage(Metadata.response, version, bytes).topics).toHaveLength(20)
    expect(decodeMessage(Metadata.response, version, bytes).topics[19]?.name).toBe(name)
  }
})

test('segments of one message stay as they are while others are encoded', () => {
  const first = encodeResponse(Metadata, 12, {
    brokers: [{ nodeId: 1, host: 'a', port: 2 }],
    topics: [],
  })
  const before = Buffer.concat(first).toString('hex')
  for (let i = 0; i < 10_000; i++) {
    encodeResponse(Metadata, 12, { brokers: [{ nodeId: 9, host: 'zzzz', port: 9 }], topics: [] })
  }
  expect(Buffer.concat(first).toString('hex')).toBe(before)
})

test('a version that is not served is refused', () => {
  expect(() => decodeRequest(Produce, 2, Buffer.alloc(100))).toThrow(DecodeError)
})
