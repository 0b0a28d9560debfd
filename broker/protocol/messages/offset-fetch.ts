import { api, array, bool, int16, int32, int64, string, throttleTimeMs } from '../schema.ts'

/**
 * A group's committed offsets: one group until version 7, several from version 8 on (KIP-709).
 * Null topics ask for all; the answer for a partition without a commit is offset -1 and no error.
 */
export const OffsetFetch = api({
  name: 'OffsetFetch',
  key: 9,
  versions: '1-9',
  flexible: '6+',
  request: {
    groupId: string({ versions: '1-7', entity: 'groupId' }),
    topics: array(
      { name: string({ entity: 'topicName' }), partitionIndexes: array(int32()) },
      { versions: '1-7', nullable: '2-7' },
    ),
    groups: array(
      {
        groupId: string({ entity: 'groupId' }),
        memberId: string({ versions: '9+', nullable: '9+', default: null }),
        memberEpoch: int32({ versions: '9+', default: -1 }),
        topics: array(
          { name: string({ entity: 'topicName' }), partitionIndexes: array(int32()) },
          { nullable: '8+' },
        ),
      },
      { versions: '8+' },
    ),
    requireStable: bool({ versions: '7+', default: false }),
  },
  response: {
    throttleTimeMs: throttleTimeMs('3+'),
    topics: array(
      {
        name: string({ entity: 'topicName' }),
        partitions: array({
          partitionIndex: int32(),
          committedOffset: int64(),
          committedLeaderEpoch: int32({ versions: '5-7', default: -1 }),
          metadata: string({ nullable: '0-7' }),
          errorCode: int16(),
        }),
      },
      { versions: '1-7' },
    ),
    errorCode: int16({ versions: '2-7', default: 0 }),
    groups: array(
      {
        groupId: string({ entity: 'groupId' }),
        topics: array({
          name: string({ entity: 'topicName' }),
          partitions: array({
            partitionIndex: int32(),
            committedOffset: int64(),
            committedLeaderEpoch: int32({ default: -1 }),
            metadata: string({ nullable: '8+' }),
            errorCode: int16(),
          }),
        }),
        errorCode: int16({ default: 0 }),
      },
      { versions: '8+' },
    ),
  },
})
