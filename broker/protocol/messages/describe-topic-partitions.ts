import { api, array, bool, int16, int32, string, struct, throttleTimeMs, uuid } from '../schema.ts'

/**
 * Partitions of topics by name, page by page (KIP-966). A struct that may be null stands behind
 * one byte.
 */
export const DescribeTopicPartitions = api({
  name: 'DescribeTopicPartitions',
  key: 75,
  versions: '0',
  flexible: '0+',
  request: {
    topics: array({ name: string({ entity: 'topicName' }) }),
    responsePartitionLimit: int32({ default: 2000 }),
    cursor: struct(
      { topicName: string({ entity: 'topicName' }), partitionIndex: int32() },
      { nullable: '0+', default: null },
    ),
  },
  response: {
    throttleTimeMs: throttleTimeMs(),
    topics: array({
      errorCode: int16(),
      name: string({ nullable: '0+', entity: 'topicName' }),
      topicId: uuid(),
      isInternal: bool({ default: false }),
      partitions: array({
        errorCode: int16(),
        partitionIndex: int32(),
        leaderId: int32({ entity: 'brokerId' }),
        leaderEpoch: int32({ default: -1 }),
        replicaNodes: array(int32({ entity: 'brokerId' })),
        isrNodes: array(int32({ entity: 'brokerId' })),
        eligibleLeaderReplicas: array(int32({ entity: 'brokerId' }), {
          nullable: '0+',
          default: null,
        }),
        lastKnownElr: array(int32({ entity: 'brokerId' }), { nullable: '0+', default: null }),
        offlineReplicas: array(int32({ entity: 'brokerId' })),
      }),
      topicAuthorizedOperations: int32({ default: -2147483648 }),
    }),
    nextCursor: struct(
      { topicName: string({ entity: 'topicName' }), partitionIndex: int32() },
      { nullable: '0+', default: null },
    ),
  },
})
