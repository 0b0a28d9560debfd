import {
  api,
  array,
  int16,
  int32,
  int64,
  records,
  string,
  struct,
  throttleTimeMs,
  uuid,
} from '../schema.ts'

/**
 * Appends record batches. Versions 0 to 2 are advertised, because librdkafka before 2.11 derives
 * from them which compressions it may use (KAFKA-18659), but not served. From version 13 on topics
 * are named by id only.
 */
export const Produce = api({
  name: 'Produce',
  key: 0,
  versions: '3-13',
  advertise: '0-13',
  flexible: '9+',
  request: {
    transactionalId: string({ nullable: '3+', default: null, entity: 'transactionalId' }),
    acks: int16(),
    timeoutMs: int32(),
    topicData: array({
      name: string({ versions: '3-12', entity: 'topicName' }),
      topicId: uuid({ versions: '13+' }),
      partitionData: array({ index: int32(), records: records({ nullable: '0+' }) }),
    }),
  },
  response: {
    responses: array({
      name: string({ versions: '3-12', entity: 'topicName' }),
      topicId: uuid({ versions: '13+' }),
      partitionResponses: array({
        index: int32(),
        errorCode: int16(),
        baseOffset: int64(),
        logAppendTimeMs: int64({ default: -1 }),
        logStartOffset: int64({ versions: '5+', default: -1 }),
        recordErrors: array(
          {
            batchIndex: int32(),
            batchIndexErrorMessage: string({ nullable: '8+', default: null }),
          },
          { versions: '8+' },
        ),
        errorMessage: string({ versions: '8+', nullable: '8+', default: null }),
        currentLeader: struct(
          {
            leaderId: int32({ default: -1, entity: 'brokerId' }),
            leaderEpoch: int32({ default: -1 }),
          },
          { versions: '10+', tag: 0 },
        ),
      }),
    }),
    throttleTimeMs: throttleTimeMs(),
    nodeEndpoints: array(
      {
        nodeId: int32({ entity: 'brokerId' }),
        host: string(),
        port: int32(),
        rack: string({ nullable: '10+', default: null }),
      },
      { versions: '10+', tag: 0 },
    ),
  },
})
