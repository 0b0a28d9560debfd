import { array, bytes, int32, message, string } from '../schema.ts'

/**
 * What a group's leader assigns to a member; it travels as `assignment` of SyncGroup, behind an
 * int16 version.
 */
export const ConsumerProtocolAssignment = message({
  name: 'ConsumerProtocolAssignment',
  versions: '0-3',
  flexible: 'none',
  fields: {
    assignedPartitions: array({
      topic: string({ entity: 'topicName' }),
      partitions: array(int32()),
    }),
    userData: bytes({ nullable: '0+', default: null }),
  },
})
