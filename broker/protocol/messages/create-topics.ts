import { api, array, bool, int8, int16, int32, string, throttleTimeMs, uuid } from '../schema.ts'

/**
 * Creates topics. From version 4 on, -1 partitions or replicas ask for the broker's default
 * (KIP-464).
 */
export const CreateTopics = api({
  name: 'CreateTopics',
  key: 19,
  versions: '2-7',
  flexible: '5+',
  request: {
    topics: array({
      name: string({ entity: 'topicName' }),
      numPartitions: int32(),
      replicationFactor: int16(),
      assignments: array({
        partitionIndex: int32(),
        brokerIds: array(int32({ entity: 'brokerId' })),
      }),
      configs: array({ name: string(), value: string({ nullable: '0+' }) }),
    }),
    timeoutMs: int32({ default: 60000 }),
    validateOnly: bool({ default: false }),
  },
  response: {
    throttleTimeMs: throttleTimeMs(),
    topics: array({
      name: string({ entity: 'topicName' }),
      topicId: uuid({ versions: '7+' }),
      errorCode: int16(),
      errorMessage: string({ nullable: '0+', default: null }),
      topicConfigErrorCode: int16({ versions: '5+', tag: 0 }),
      numPartitions: int32({ versions: '5+', default: -1 }),
      replicationFactor: int16({ versions: '5+', default: -1 }),
      configs: array(
        {
          name: string(),
          value: string({ nullable: '5+' }),
          readOnly: bool(),
          configSource: int8({ default: -1 }),
          isSensitive: bool(),
        },
        { versions: '5+', nullable: '5+' },
      ),
    }),
  },
})
