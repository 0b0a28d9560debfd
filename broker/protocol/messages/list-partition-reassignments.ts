import { api, array, int16, int32, string, throttleTimeMs } from '../schema.ts'

/** The moves of replicas that are under way. Null topics ask for all of them (KIP-455). */
export const ListPartitionReassignments = api({
  name: 'ListPartitionReassignments',
  key: 46,
  versions: '0',
  flexible: '0+',
  request: {
    timeoutMs: int32({ default: 60000 }),
    topics: array(
      { name: string({ entity: 'topicName' }), partitionIndexes: array(int32()) },
      { nullable: '0+', default: null },
    ),
  },
  response: {
    throttleTimeMs: throttleTimeMs(),
    errorCode: int16(),
    errorMessage: string({ nullable: '0+', default: null }),
    topics: array({
      name: string({ entity: 'topicName' }),
      partitions: array({
        partitionIndex: int32(),
        replicas: array(int32({ entity: 'brokerId' })),
        addingReplicas: array(int32({ entity: 'brokerId' })),
        removingReplicas: array(int32({ entity: 'brokerId' })),
      }),
    }),
  },
})
