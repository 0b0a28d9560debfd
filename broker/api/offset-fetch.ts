// OffsetFetch (key 9), versions 1–9.
//
// Tells how far a group has read. A partition without a commit is answered with offset -1 and no
// error, and so is every partition of a group that does not exist.
// v2 takes null for "all topics"; v5 adds the leader epoch (KIP-320); v6 is flexible; v7 adds
// requireStable (KIP-447); v8 takes many groups (KIP-709); v9 adds member id and epoch (KIP-848),
// which mean nothing to a classic group.
// Differs from Kafka: requireStable changes nothing, because there are no transactions yet whose
// offsets could be pending. What is asked for twice is answered once: an offset may carry 4 KiB of
// metadata, and naming it again takes four bytes.
import type { TopicPartitions } from '../coordinator/group/offset-store.ts'
import { errorCode } from '../errors.ts'
import { OffsetFetch } from '../protocol/messages/offset-fetch.ts'
import { handler, type RequestContext } from './handler.ts'
import { firstOfEach } from './repeated.ts'

interface AskedTopic {
  readonly name: string
  readonly partitionIndexes: readonly number[]
}

export const offsetFetch = handler(OffsetFetch, (ctx, request) => {
  const { apiVersion } = ctx
  if (apiVersion >= 8) {
    const asked = firstOfEach(request.groups, ({ groupId, topics }) =>
      JSON.stringify([groupId, topics]),
    )
    const groups = asked.map(({ groupId, topics }) => ({
      groupId,
      topics: fetchTopics(ctx, groupId, topics),
    }))
    return { groups }
  }
  return { topics: fetchTopics(ctx, request.groupId, request.topics), errorCode: errorCode('NONE') }
})

function fetchTopics(ctx: RequestContext, groupId: string, topics: readonly AskedTopic[] | null) {
  return ctx.groups
    .fetchOffsets(groupId, topics === null ? null : eachOnce(topics))
    .map(({ topic, partitions }) => ({
      name: topic,
      partitions: partitions.map(({ partition, offset, leaderEpoch, metadata }) => ({
        partitionIndex: partition,
        committedOffset: offset,
        committedLeaderEpoch: leaderEpoch,
        metadata,
        errorCode: errorCode('NONE'),
      })),
    }))
}

function eachOnce(topics: readonly AskedTopic[]): TopicPartitions[] {
  const partitionsOf = new Map<string, Set<number>>()
  for (const { name, partitionIndexes } of topics) {
    const partitions = partitionsOf.get(name) ?? new Set()
    for (const partition of partitionIndexes) partitions.add(partition)
    partitionsOf.set(name, partitions)
  }
  return [...partitionsOf].map(([topic, partitions]) => ({ topic, partitions: [...partitions] }))
}
