import { api, array, int8, int16, int32, int64, string, throttleTimeMs } from '../schema.ts'

/**
 * Offsets by timestamp: -1 latest, -2 earliest, -3 the record with the largest timestamp (version
 * 7), -4 earliest kept locally (8), -5 latest in tiered storage (9).
 */
export const ListOffsets = api({
  name: 'ListOffsets',
  key: 2,
  versions: '1-10',
  flexible: '6+',
  request: {
    replicaId: int32({ entity: 'brokerId' }),
    isolationLevel: int8({ versions: '2+' }),
    topics: array({
      name: string({ entity: 'topicName' }),
      partitions: array({
        partitionIndex: int32(),
        currentLeaderEpoch: int32({ versions: '4+', default: -1 }),
        timestamp: int64(),
      }),
    }),
    timeoutMs: int32({ versions: '10+' }),
  },
  response: {
    throttleTimeMs: throttleTimeMs('2+'),
    topics: array({
      name: string({ entity: 'topicName' }),
      partitions: array({
        partitionIndex: int32(),
        errorCode: int16(),
        timestamp: int64({ default: -1 }),
        offset: int64({ default: -1 }),
        leaderEpoch: int32({ versions: '4+', default: -1 }),
      }),
    }),
  },
})
