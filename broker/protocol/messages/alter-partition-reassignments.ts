import { api, array, bool, int16, int32, string, throttleTimeMs } from '../schema.ts'

/** Moves replicas between brokers; null replicas cancel a move (KIP-455). */
export const AlterPartitionReassignments = api({
  name: 'AlterPartitionReassignments',
  key: 45,
  versions: '0-1',
  flexible: '0+',
  request: {
    timeoutMs: int32({ default: 60000 }),
    allowReplicationFactorChange: bool({ versions: '1+', default: true }),
    topics: array({
      name: string({ entity: 'topicName' }),
      partitions: array({
        partitionIndex: int32(),
        replicas: array(int32({ entity: 'brokerId' }), { nullable: '0+', default: null }),
      }),
    }),
  },
  response: {
    throttleTimeMs: throttleTimeMs(),
    allowReplicationFactorChange: bool({ versions: '1+', default: true }),
    errorCode: int16(),
    errorMessage: string({ nullable: '0+', default: null }),
    responses: array({
      name: string({ entity: 'topicName' }),
      partitions: array({
        partitionIndex: int32(),
        errorCode: int16(),
        errorMessage: string({ nullable: '0+', default: null }),
      }),
    }),
  },
})
