// SyncGroup (key 14), versions 0–5.
//
// Brings the leader's assignment, and is answered with this member's part of it.
// v3 adds groupInstanceId (KIP-345); v4 is flexible; v5 must repeat protocol type and name as
// JoinGroup answered them (KIP-559).
// Differs from Kafka: a consumer that the leader left out gets an assignment of nothing in a form
// that it can read, where Kafka gives it zero bytes.
import { errorCode } from '../errors.ts'
import { SyncGroup } from '../protocol/messages/sync-group.ts'
import { handler } from './handler.ts'

export const syncGroup = handler(SyncGroup, async (ctx, request) => {
  const { protocolType, protocolName } = request
  if (ctx.apiVersion >= 5 && (protocolType === null || protocolName === null)) {
    return { errorCode: errorCode('INCONSISTENT_GROUP_PROTOCOL'), assignment: new Uint8Array(0) }
  }
  const answer = await ctx.groups.sync(
    request.groupId,
    {
      memberId: request.memberId,
      instanceId: request.groupInstanceId,
      generation: request.generationId,
      protocolType,
      protocolName,
      // Copied: they outlive the frame that they came in.
      assignments: new Map(
        request.assignments.map(({ memberId, assignment }) => [
          memberId,
          new Uint8Array(assignment),
        ]),
      ),
    },
    ctx.connection.closed,
  )
  return {
    errorCode: errorCode(answer.error),
    protocolType: answer.protocolType,
    protocolName: answer.protocolName,
    assignment: answer.assignment,
  }
})
