import { api, array, bool, int16, int32, string, throttleTimeMs } from '../schema.ts'

/** Gives topics more partitions. The answer lists every topic that was asked for. */
export const CreatePartitions = api({
  name: 'CreatePartitions',
  key: 37,
  versions: '0-3',
  flexible: '2+',
  request: {
    topics: array({
      name: string({ entity: 'topicName' }),
      count: int32(),
      assignments: array({ brokerIds: array(int32({ entity: 'brokerId' })) }, { nullable: '0+' }),
    }),
    timeoutMs: int32(),
    validateOnly: bool(),
  },
  response: {
    throttleTimeMs: throttleTimeMs(),
    results: array({
      name: string({ entity: 'topicName' }),
      errorCode: int16(),
      errorMessage: string({ nullable: '0+', default: null }),
    }),
  },
})
