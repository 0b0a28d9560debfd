// OffsetCommit (key 8), versions 2–9.
//
// Keeps how far a group has read. Acknowledged only when stored.
// v2–4 carry a retention time; v6 adds the leader epoch (KIP-320); v7 groupInstanceId (KIP-345);
// v8 is flexible; v9 answers GROUP_ID_NOT_FOUND for a generation of a group that is not there.
// Differs from Kafka: the retention time of v2–4 is not kept; offsets live as the broker's rules say.
import { errorCode } from '../errors.ts'
import { OffsetCommit } from '../protocol/messages/offset-commit.ts'
import { handler } from './handler.ts'

export const offsetCommit = handler(OffsetCommit, async (ctx, request) => {
  const offsets = request.topics.flatMap(({ name, partitions }) =>
    partitions.map((partition) => ({
      topic: name,
      partition: partition.partitionIndex,
      offset: partition.committedOffset,
      leaderEpoch: partition.committedLeaderEpoch,
      metadata: partition.committedMetadata ?? '',
    })),
  )
  const errors = await ctx.groups.commitOffsets(
    request.groupId,
    {
      memberId: request.memberId,
      instanceId: request.groupInstanceId,
      generation: request.generationIdOrMemberEpoch,
      ifGroupIsUnknown: ctx.apiVersion >= 9 ? 'GROUP_ID_NOT_FOUND' : 'ILLEGAL_GENERATION',
    },
    offsets,
  )
  const answers = errors.values()
  return {
    topics: request.topics.map(({ name, partitions }) => ({
      name,
      partitions: partitions.map(({ partitionIndex }) => ({
        partitionIndex,
        errorCode: errorCode(answers.next().value ?? 'NONE'),
      })),
    })),
  }
})
