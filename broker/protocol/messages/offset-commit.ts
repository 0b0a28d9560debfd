import { api, array, int16, int32, int64, string, throttleTimeMs } from '../schema.ts'

/** Stores a group's offsets. Generation -1 and an empty member id commit without membership. */
export const OffsetCommit = api({
  name: 'OffsetCommit',
  key: 8,
  versions: '2-9',
  flexible: '8+',
  request: {
    groupId: string({ entity: 'groupId' }),
    generationIdOrMemberEpoch: int32({ default: -1 }),
    memberId: string(),
    groupInstanceId: string({ versions: '7+', nullable: '7+', default: null }),
    retentionTimeMs: int64({ versions: '2-4', default: -1 }),
    topics: array({
      name: string({ entity: 'topicName' }),
      partitions: array({
        partitionIndex: int32(),
        committedOffset: int64(),
        committedLeaderEpoch: int32({ versions: '6+', default: -1 }),
        committedMetadata: string({ nullable: '0+' }),
      }),
    }),
  },
  response: {
    throttleTimeMs: throttleTimeMs('3+'),
    topics: array({
      name: string({ entity: 'topicName' }),
      partitions: array({ partitionIndex: int32(), errorCode: int16() }),
    }),
  },
})
