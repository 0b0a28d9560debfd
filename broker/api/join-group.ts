// JoinGroup (key 11), versions 0–9.
//
// Lets a client into a classic group, and is answered when the join phase ends: all members have
// come, or the longest rebalance timeout among them has passed.
// v0 has one timeout for session and rebalance; v4 asks a dynamic member to join again with the id
// that it is given (MEMBER_ID_REQUIRED, KIP-394); v5 adds groupInstanceId (KIP-345); v6 is flexible;
// v7 answers the protocol type (KIP-559); v9 may tell a leader to keep the assignment (KIP-814).
// Differs from Kafka: the first member of an empty group waits 100 ms for company, not 3 s.
import { errorCode } from '../errors.ts'
import { JoinGroup } from '../protocol/messages/join-group.ts'
import { handler } from './handler.ts'

export const joinGroup = handler(JoinGroup, async (ctx, request) => {
  const { sessionTimeoutMs, rebalanceTimeoutMs } = request
  const answer = await ctx.groups.join(
    request.groupId,
    {
      memberId: request.memberId,
      instanceId: request.groupInstanceId,
      clientId: ctx.clientId ?? '',
      clientHost: `/${ctx.connection.address}`,
      sessionTimeoutMs,
      rebalanceTimeoutMs: rebalanceTimeoutMs < 0 ? sessionTimeoutMs : rebalanceTimeoutMs,
      protocolType: request.protocolType,
      // Copied: they outlive the frame that they came in.
      protocols: request.protocols.map(({ name, metadata }) => ({
        name,
        metadata: new Uint8Array(metadata),
      })),
      requiresMemberId: ctx.apiVersion >= 4,
      canSkipAssignment: ctx.apiVersion >= 9,
    },
    ctx.connection.closed,
  )
  return {
    errorCode: errorCode(answer.error),
    generationId: answer.generation,
    protocolType: answer.protocolType,
    protocolName: answer.protocolName ?? (ctx.apiVersion >= 7 ? null : ''),
    leader: answer.leaderId,
    skipAssignment: answer.skipAssignment,
    memberId: answer.memberId,
    members: answer.members.map(({ memberId, instanceId, metadata }) => ({
      memberId,
      groupInstanceId: instanceId,
      metadata,
    })),
  }
})
