import { api, array, bool, bytes, int16, int32, string, throttleTimeMs } from '../schema.ts'

/**
 * State and members of groups. Version 6 answers GROUP_ID_NOT_FOUND where older ones say `Dead`
 * (KIP-1043).
 */
export const DescribeGroups = api({
  name: 'DescribeGroups',
  key: 15,
  versions: '0-6',
  flexible: '5+',
  request: {
    groups: array(string({ entity: 'groupId' })),
    includeAuthorizedOperations: bool({ versions: '3+' }),
  },
  response: {
    throttleTimeMs: throttleTimeMs('1+'),
    groups: array({
      errorCode: int16(),
      errorMessage: string({ versions: '6+', nullable: '6+', default: null }),
      groupId: string({ entity: 'groupId' }),
      groupState: string(),
      protocolType: string(),
      protocolData: string(),
      members: array({
        memberId: string(),
        groupInstanceId: string({ versions: '4+', nullable: '4+', default: null }),
        clientId: string(),
        clientHost: string(),
        memberMetadata: bytes(),
        memberAssignment: bytes(),
      }),
      authorizedOperations: int32({ versions: '3+', default: -2147483648 }),
    }),
  },
})
