/** `npx vitest bench broker/protocol`: the codec alone, on the messages that matter most. */
import { bench, describe } from 'vitest'
import { decodeRequest, decodeResponse, encodeRequest, encodeResponse } from './codec.ts'
import { encodeResponseFrame } from './header.ts'
import { Fetch } from './messages/fetch.ts'
import { Metadata } from './messages/metadata.ts'
import { Produce } from './messages/produce.ts'

const uuidOf = (n: number) => Buffer.alloc(16, n + 1).toString('base64url')
const range = (n: number) => Array.from({ length: n }, (_, i) => i)

describe('Fetch v13, 20 × 10 partitions', () => {
  const request = {
    maxWaitMs: 500,
    minBytes: 1,
    topics: range(20).map((t) => ({
      topicId: uuidOf(t),
      partitions: range(10).map((partition) => ({
        partition,
        currentLeaderEpoch: 7,
        fetchOffset: 1_000_000_007 + partition,
        partitionMaxBytes: 1_048_576,
      })),
    })),
  }
  const frame = Buffer.concat(encodeRequest(Fetch, 13, request))
  bench(`decode ${frame.length} bytes`, () => {
    decodeRequest(Fetch, 13, frame)
  })
  bench('encode', () => {
    encodeRequest(Fetch, 13, request)
  })
  const response = {
    responses: range(20).map((t) => ({
      topicId: uuidOf(t),
      partitions: range(10).map((partitionIndex) => ({
        partitionIndex,
        errorCode: 0,
        highWatermark: 12_345_678_901,
        lastStableOffset: 12_345_678_901,
        logStartOffset: 0,
        records: [],
      })),
    })),
  }
  bench('encode response', () => {
    encodeResponseFrame(Fetch, 13, 1, response)
  })
})

describe('Metadata v12, 50 × 6 partitions', () => {
  const response = {
    brokers: range(3).map((nodeId) => ({ nodeId, host: 'localhost', port: 9092 + nodeId })),
    topics: range(50).map((t) => ({
      errorCode: 0,
      name: `topic-number-${t}`,
      topicId: uuidOf(t),
      partitions: range(6).map((partitionIndex) => ({
        errorCode: 0,
        partitionIndex,
        leaderId: 1,
        leaderEpoch: 0,
        replicaNodes: [1, 2, 3],
        isrNodes: [1, 2, 3],
      })),
    })),
  }
  const frame = Buffer.concat(encodeResponse(Metadata, 12, response))
  bench(`decode ${frame.length} bytes`, () => {
    decodeResponse(Metadata, 12, frame)
  })
  bench('encode', () => {
    encodeResponse(Metadata, 12, response)
  })
})

describe('Produce v9, one batch', () => {
  const batch = Buffer.alloc(16_384)
  const request = {
    acks: -1,
    timeoutMs: 30_000,
    topicData: [{ name: 'orders', partitionData: [{ index: 0, records: [batch] }] }],
  }
  const frame = Buffer.concat(encodeRequest(Produce, 9, request))
  bench('decode', () => {
    decodeRequest(Produce, 9, frame)
  })
  bench('encode', () => {
    encodeRequest(Produce, 9, request)
  })
})
