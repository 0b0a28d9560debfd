// OffsetDelete (key 47), version 0, never flexible.
//
// Forgets how far a group has read in some partitions (KIP-496). A consumer group may have members,
// as long as none of them is subscribed to the topic (GROUP_SUBSCRIBED_TO_TOPIC); any other kind of
// group must have none (NON_EMPTY_GROUP).
// Differs from Kafka: nothing that a client can see.
import { errorCode } from '../errors.ts'
import { OffsetDelete } from '../protocol/messages/offset-delete.ts'
import { handler } from './handler.ts'

export const offsetDelete = handler(OffsetDelete, async (ctx, request) => {
  const asked = request.topics.flatMap(({ name, partitions }) =>
    partitions.map(({ partitionIndex }) => ({ topic: name, partition: partitionIndex })),
  )
  const result = await ctx.groups.deleteOffsets(request.groupId, asked)
  if (typeof result === 'string') return { errorCode: errorCode(result), topics: [] }
  const answers = result.values()
  return {
    errorCode: errorCode('NONE'),
    topics: request.topics.map(({ name, partitions }) => ({
      name,
      partitions: partitions.map(({ partitionIndex }) => ({
        partitionIndex,
        errorCode: errorCode(answers.next().value ?? 'NONE'),
      })),
    })),
  }
})
