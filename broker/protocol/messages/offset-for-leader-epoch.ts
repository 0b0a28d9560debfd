import { api, array, int16, int32, int64, string, throttleTimeMs } from '../schema.ts'

/** Where a leader epoch ended, by which clients notice that a log was cut (KIP-320). */
export const OffsetForLeaderEpoch = api({
  name: 'OffsetForLeaderEpoch',
  key: 23,
  versions: '2-4',
  flexible: '4+',
  request: {
    replicaId: int32({ versions: '3+', default: -2, entity: 'brokerId' }),
    topics: array({
      topic: string({ entity: 'topicName' }),
      partitions: array({
        partition: int32(),
        currentLeaderEpoch: int32({ default: -1 }),
        leaderEpoch: int32(),
      }),
    }),
  },
  response: {
    throttleTimeMs: throttleTimeMs(),
    topics: array({
      topic: string({ entity: 'topicName' }),
      partitions: array({
        errorCode: int16(),
        partition: int32(),
        leaderEpoch: int32({ default: -1 }),
        endOffset: int64({ default: -1 }),
      }),
    }),
  },
})
