import { api, array, int16, int32, string, throttleTimeMs } from '../schema.ts'

/**
 * Deletes a group's committed offsets of single partitions (KIP-496). It has no flexible version.
 */
export const OffsetDelete = api({
  name: 'OffsetDelete',
  key: 47,
  versions: '0',
  flexible: 'none',
  request: {
    groupId: string({ entity: 'groupId' }),
    topics: array({
      name: string({ entity: 'topicName' }),
      partitions: array({ partitionIndex: int32() }),
    }),
  },
  response: {
    errorCode: int16(),
    throttleTimeMs: throttleTimeMs(),
    topics: array({
      name: string({ entity: 'topicName' }),
      partitions: array({ partitionIndex: int32(), errorCode: int16() }),
    }),
  },
})
