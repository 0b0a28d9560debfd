// DescribeGroups (key 15), versions 0–6.
//
// Shows groups with their members. What members offered and were assigned is shown while the group is
// stable; at other times it would be of two generations.
// v3 may ask for the operations that the caller is allowed; v4 adds groupInstanceId (KIP-345); v5 is
// flexible; v6 answers GROUP_ID_NOT_FOUND for an unknown group (KIP-1043), which earlier versions
// show as Dead.
// Differs from Kafka: a group asked for twice is answered once.
import type { GroupView } from '../coordinator/group/views.ts'
import { errorCode } from '../errors.ts'
import { DescribeGroups } from '../protocol/messages/describe-groups.ts'
import { authorizedOperations, OPERATIONS_NOT_REQUESTED } from '../rules/acl-operations.ts'
import { handler } from './handler.ts'

const NO_BYTES = new Uint8Array(0)

export const describeGroups = handler(DescribeGroups, (ctx, request) => ({
  groups: [...new Set(request.groups)].map((groupId) => {
    const group = ctx.groups.describe(groupId)
    const described =
      group === undefined ? unknownGroup(groupId, ctx.apiVersion) : describeGroup(group)
    const operations = request.includeAuthorizedOperations
      ? authorizedOperations('GROUP')
      : OPERATIONS_NOT_REQUESTED
    return { ...described, authorizedOperations: operations }
  }),
}))

function describeGroup(group: GroupView) {
  const isStable = group.state === 'Stable'
  return {
    errorCode: errorCode('NONE'),
    groupId: group.groupId,
    groupState: group.state,
    protocolType: group.protocolType,
    protocolData: (isStable && group.protocolName) || '',
    members: group.members.map((member) => ({
      memberId: member.memberId,
      groupInstanceId: member.instanceId,
      clientId: member.clientId,
      clientHost: member.clientHost,
      memberMetadata: isStable ? member.metadata : NO_BYTES,
      memberAssignment: isStable ? member.assignment : NO_BYTES,
    })),
  }
}

function unknownGroup(groupId: string, apiVersion: number) {
  return {
    errorCode: errorCode(apiVersion >= 6 ? 'GROUP_ID_NOT_FOUND' : 'NONE'),
    errorMessage: apiVersion >= 6 ? `Group ${groupId} not found.` : null,
    groupId,
    groupState: 'Dead',
    protocolType: '',
    protocolData: '',
    members: [],
  }
}
