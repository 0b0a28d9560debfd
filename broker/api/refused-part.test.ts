import { expect, it } from 'vitest'
import { errorCode } from '../errors.ts'
import { Fetch } from '../protocol/messages/fetch.ts'
import { Metadata } from '../protocol/messages/metadata.ts'
import { OffsetCommit } from '../protocol/messages/offset-commit.ts'
import { Produce } from '../protocol/messages/produce.ts'
import { refusedPartOf } from './refused-part.ts'

function fetchAnswer(error: Parameters<typeof errorCode>[0], topic = 'rides') {
  const good = { partitionIndex: 0, errorCode: 0, highWatermark: 1, records: null }
  const bad = { ...good, partitionIndex: 1, errorCode: errorCode(error) }
  return { responses: [{ topic, partitions: [good, bad] }] }
}

it('names the topic that is not there', () => {
  expect(refusedPartOf(Fetch, fetchAnswer('UNKNOWN_TOPIC_OR_PARTITION'))).toEqual({
    code: 'UNKNOWN_TOPIC',
    detail: 'rides',
  })
  const topics = [{ errorCode: errorCode('INVALID_TOPIC_EXCEPTION'), name: 'a b', partitions: [] }]
  expect(refusedPartOf(Metadata, { brokers: [], topics })).toEqual({
    code: 'BAD_TOPIC_NAME',
    detail: 'a b',
  })
})

it('finds an error wherever the declaration has one, and says the rest in Kafka’s words', () => {
  const partitions = [{ partitionIndex: 3, errorCode: errorCode('ILLEGAL_GENERATION') }]
  expect(refusedPartOf(OffsetCommit, { topics: [{ name: 'rides', partitions }] })).toMatchObject({
    code: 'REQUEST_REFUSED',
    detail: expect.stringMatching(/^OffsetCommit with ILLEGAL_GENERATION \(/),
  })
  const responses = [
    {
      name: 'rides',
      partitionResponses: [{ index: 0, errorCode: errorCode('MESSAGE_TOO_LARGE'), baseOffset: -1 }],
    },
  ]
  expect(refusedPartOf(Produce, { responses })).toEqual({
    code: 'MESSAGE_TOO_LARGE',
    detail: 'rides',
  })
})

it('leaves out what libraries deal with by themselves, and what is no error', () => {
  expect(refusedPartOf(Fetch, fetchAnswer('NOT_LEADER_OR_FOLLOWER'))).toBeNull()
  expect(refusedPartOf(Fetch, fetchAnswer('NONE'))).toBeNull()
})
