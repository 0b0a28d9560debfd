import { api, array, int16, int32, int64, string, throttleTimeMs } from '../schema.ts'

/** The producers that a partition remembers (KIP-664). */
export const DescribeProducers = api({
  name: 'DescribeProducers',
  key: 61,
  versions: '0',
  flexible: '0+',
  request: {
    topics: array({ name: string({ entity: 'topicName' }), partitionIndexes: array(int32()) }),
  },
  response: {
    throttleTimeMs: throttleTimeMs(),
    topics: array({
      name: string({ entity: 'topicName' }),
      partitions: array({
        partitionIndex: int32(),
        errorCode: int16(),
        errorMessage: string({ nullable: '0+', default: null }),
        activeProducers: array({
          producerId: int64({ entity: 'producerId' }),
          producerEpoch: int32(),
          lastSequence: int32({ default: -1 }),
          lastTimestamp: int64({ default: -1 }),
          coordinatorEpoch: int32(),
          currentTxnStartOffset: int64({ default: -1 }),
        }),
      }),
    }),
  },
})
