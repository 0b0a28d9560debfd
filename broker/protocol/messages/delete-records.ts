import { api, array, int16, int32, int64, string, throttleTimeMs } from '../schema.ts'

/** Moves the start of partitions forward. Offset -1 stands for the high watermark. */
export const DeleteRecords = api({
  name: 'DeleteRecords',
  key: 21,
  versions: '0-2',
  flexible: '2+',
  request: {
    topics: array({
      name: string({ entity: 'topicName' }),
      partitions: array({ partitionIndex: int32(), offset: int64() }),
    }),
    timeoutMs: int32(),
  },
  response: {
    throttleTimeMs: throttleTimeMs(),
    topics: array({
      name: string({ entity: 'topicName' }),
      partitions: array({ partitionIndex: int32(), lowWatermark: int64(), errorCode: int16() }),
    }),
  },
})
