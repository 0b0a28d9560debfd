import { api, array, bool, int16, int32, string, throttleTimeMs, uuid } from '../schema.ts'

/**
 * Nodes, topics and partitions. In version 0 no topics means all; later null does, and an empty
 * list means none. Topics have ids from version 10 on, and may be asked for by id from version 12
 * on.
 */
export const Metadata = api({
  name: 'Metadata',
  key: 3,
  versions: '0-13',
  flexible: '9+',
  request: {
    topics: array(
      {
        topicId: uuid({ versions: '10+' }),
        name: string({ nullable: '10+', entity: 'topicName' }),
      },
      { nullable: '1+' },
    ),
    allowAutoTopicCreation: bool({ versions: '4+', default: true }),
    includeClusterAuthorizedOperations: bool({ versions: '8-10' }),
    includeTopicAuthorizedOperations: bool({ versions: '8+' }),
  },
  response: {
    throttleTimeMs: throttleTimeMs('3+'),
    brokers: array({
      nodeId: int32({ entity: 'brokerId' }),
      host: string(),
      port: int32(),
      rack: string({ versions: '1+', nullable: '1+', default: null }),
    }),
    clusterId: string({ versions: '2+', nullable: '2+', default: null }),
    controllerId: int32({ versions: '1+', default: -1, entity: 'brokerId' }),
    topics: array({
      errorCode: int16(),
      name: string({ nullable: '12+', entity: 'topicName' }),
      topicId: uuid({ versions: '10+' }),
      isInternal: bool({ versions: '1+', default: false }),
      partitions: array({
        errorCode: int16(),
        partitionIndex: int32(),
        leaderId: int32({ entity: 'brokerId' }),
        leaderEpoch: int32({ versions: '7+', default: -1 }),
        replicaNodes: array(int32({ entity: 'brokerId' })),
        isrNodes: array(int32({ entity: 'brokerId' })),
        offlineReplicas: array(int32({ entity: 'brokerId' }), { versions: '5+' }),
      }),
      topicAuthorizedOperations: int32({ versions: '8+', default: -2147483648 }),
    }),
    clusterAuthorizedOperations: int32({ versions: '8-10', default: -2147483648 }),
    errorCode: int16({ versions: '13+' }),
  },
})
