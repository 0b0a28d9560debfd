// DeleteGroups (key 42), versions 0–2.
//
// Deletes groups without members, and their committed offsets in the same commit of the store.
// v2 is flexible.
// Differs from Kafka: nothing that a client can see.
import { errorCode } from '../errors.ts'
import { DeleteGroups } from '../protocol/messages/delete-groups.ts'
import { handler } from './handler.ts'

export const deleteGroups = handler(DeleteGroups, async (ctx, request) => {
  const groupIds = [...new Set(request.groupsNames)]
  const errors = await ctx.groups.deleteGroups(groupIds)
  return {
    results: groupIds.map((groupId, index) => ({
      groupId,
      errorCode: errorCode(errors[index] ?? 'NONE'),
    })),
  }
})
