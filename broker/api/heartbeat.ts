// Heartbeat (key 12), versions 0–4.
//
// Keeps a classic group's member alive, and tells it by REBALANCE_IN_PROGRESS that it must join again.
// v3 adds groupInstanceId (KIP-345); v4 is flexible.
// Differs from Kafka: nothing that a client can see.
import { errorCode } from '../errors.ts'
import { Heartbeat } from '../protocol/messages/heartbeat.ts'
import { handler } from './handler.ts'

export const heartbeat = handler(Heartbeat, (ctx, request) => {
  const { groupId, memberId, groupInstanceId: instanceId, generationId: generation } = request
  return {
    errorCode: errorCode(ctx.groups.heartbeat(groupId, { memberId, instanceId, generation })),
  }
})
