import { array, bytes, int32, message, string } from '../schema.ts'

/**
 * What a consumer tells its group's leader; it travels as `metadata` of JoinGroup, behind an int16
 * version.
 */
export const ConsumerProtocolSubscription = message({
  name: 'ConsumerProtocolSubscription',
  versions: '0-3',
  flexible: 'none',
  fields: {
    topics: array(string()),
    userData: bytes({ nullable: '0+', default: null }),
    ownedPartitions: array(
      { topic: string({ entity: 'topicName' }), partitions: array(int32()) },
      { versions: '1+' },
    ),
    generationId: int32({ versions: '2+', default: -1 }),
    rackId: string({ versions: '3+', nullable: '3+', default: null }),
  },
})
