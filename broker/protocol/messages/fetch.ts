import {
  api,
  array,
  int8,
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
 * Reads record batches. Version 7 brought sessions (KIP-227), 11 reading from the nearest replica,
 * 12 tagged fields; 13 and later name topics by id only (KIP-516).
 */
export const Fetch = api({
  name: 'Fetch',
  key: 1,
  versions: '4-18',
  flexible: '12+',
  request: {
    clusterId: string({ versions: '12+', nullable: '12+', tag: 0, default: null }),
    replicaId: int32({ versions: '4-14', default: -1, entity: 'brokerId' }),
    replicaState: struct(
      {
        replicaId: int32({ default: -1, entity: 'brokerId' }),
        replicaEpoch: int64({ default: -1 }),
      },
      { versions: '15+', tag: 1 },
    ),
    maxWaitMs: int32(),
    minBytes: int32(),
    maxBytes: int32({ default: 2147483647 }),
    isolationLevel: int8({ default: 0 }),
    sessionId: int32({ versions: '7+', default: 0 }),
    sessionEpoch: int32({ versions: '7+', default: -1 }),
    topics: array({
      topic: string({ versions: '4-12', entity: 'topicName' }),
      topicId: uuid({ versions: '13+' }),
      partitions: array({
        partition: int32(),
        currentLeaderEpoch: int32({ versions: '9+', default: -1 }),
        fetchOffset: int64(),
        lastFetchedEpoch: int32({ versions: '12+', default: -1 }),
        logStartOffset: int64({ versions: '5+', default: -1 }),
        partitionMaxBytes: int32(),
        replicaDirectoryId: uuid({ versions: '17+', tag: 0 }),
        highWatermark: int64({
          versions: '18+',
          tag: 1,
          default: Number.POSITIVE_INFINITY,
          unbounded: true,
        }),
      }),
    }),
    forgottenTopicsData: array(
      {
        topic: string({ versions: '7-12', entity: 'topicName' }),
        topicId: uuid({ versions: '13+' }),
        partitions: array(int32()),
      },
      { versions: '7+' },
    ),
    rackId: string({ versions: '11+', default: '' }),
  },
  response: {
    throttleTimeMs: throttleTimeMs(),
    errorCode: int16({ versions: '7+' }),
    sessionId: int32({ versions: '7+', default: 0 }),
    responses: array({
      topic: string({ versions: '4-12', entity: 'topicName' }),
      topicId: uuid({ versions: '13+' }),
      partitions: array({
        partitionIndex: int32(),
        errorCode: int16(),
        highWatermark: int64(),
        lastStableOffset: int64({ default: -1 }),
        logStartOffset: int64({ versions: '5+', default: -1 }),
        divergingEpoch: struct(
          { epoch: int32({ default: -1 }), endOffset: int64({ default: -1 }) },
          { versions: '12+', tag: 0 },
        ),
        currentLeader: struct(
          {
            leaderId: int32({ default: -1, entity: 'brokerId' }),
            leaderEpoch: int32({ default: -1 }),
          },
          { versions: '12+', tag: 1 },
        ),
        snapshotId: struct(
          { endOffset: int64({ default: -1 }), epoch: int32({ default: -1 }) },
          { versions: '12+', tag: 2 },
        ),
        abortedTransactions: array(
          { producerId: int64({ entity: 'producerId' }), firstOffset: int64() },
          { nullable: '4+', default: null },
        ),
        preferredReadReplica: int32({ versions: '11+', default: -1, entity: 'brokerId' }),
        records: records({ nullable: '0+' }),
      }),
    }),
    nodeEndpoints: array(
      {
        nodeId: int32({ entity: 'brokerId' }),
        host: string(),
        port: int32(),
        rack: string({ nullable: '16+', default: null }),
      },
      { versions: '16+', tag: 0 },
    ),
  },
})
