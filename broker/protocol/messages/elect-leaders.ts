import { api, array, int8, int16, int32, string, throttleTimeMs } from '../schema.ts'

/** Has partitions choose their leader anew. Null partitions ask for all of them (KIP-460). */
export const ElectLeaders = api({
  name: 'ElectLeaders',
  key: 43,
  versions: '0-2',
  flexible: '2+',
  request: {
    electionType: int8({ versions: '1+' }),
    topicPartitions: array(
      { topic: string({ entity: 'topicName' }), partitions: array(int32()) },
      { nullable: '0+' },
    ),
    timeoutMs: int32({ default: 60000 }),
  },
  response: {
    throttleTimeMs: throttleTimeMs(),
    errorCode: int16({ versions: '1+' }),
    replicaElectionResults: array({
      topic: string({ entity: 'topicName' }),
      partitionResult: array({
        partitionId: int32(),
        errorCode: int16(),
        errorMessage: string({ nullable: '0+', default: null }),
      }),
    }),
  },
})
