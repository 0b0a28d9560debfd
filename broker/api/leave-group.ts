// LeaveGroup (key 13), versions 0–5.
//
// Takes members out of a classic group, so that the others need not wait for their sessions to end.
// v0–2 name one member, and its error is the answer's; v3 takes a list with an error for each, where
// an administrator names a static member by groupInstanceId alone (KIP-345); v4 is flexible; v5 adds
// a reason (KIP-800).
// Differs from Kafka: the reason is not kept.
import { errorCode } from '../errors.ts'
import { LeaveGroup } from '../protocol/messages/leave-group.ts'
import { handler } from './handler.ts'

export const leaveGroup = handler(LeaveGroup, (ctx, request) => {
  const isList = ctx.apiVersion >= 3
  const leaving = isList ? request.members : [{ memberId: request.memberId, groupInstanceId: null }]
  const { error, members } = ctx.groups.leave(
    request.groupId,
    leaving.map(({ memberId, groupInstanceId: instanceId }) => ({ memberId, instanceId })),
  )
  if (!isList) return { errorCode: errorCode(error === 'NONE' ? (members[0] ?? 'NONE') : error) }
  return {
    errorCode: errorCode(error),
    members: members.map((answer, index) => ({
      memberId: leaving[index]?.memberId ?? '',
      groupInstanceId: leaving[index]?.groupInstanceId ?? null,
      errorCode: errorCode(answer),
    })),
  }
})
