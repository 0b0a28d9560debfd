import { api, array, int16, string, throttleTimeMs } from '../schema.ts'

/** Leaves a classic group: one member until version 2, several from version 3 on (KIP-345). */
export const LeaveGroup = api({
  name: 'LeaveGroup',
  key: 13,
  versions: '0-5',
  flexible: '4+',
  request: {
    groupId: string({ entity: 'groupId' }),
    memberId: string({ versions: '0-2' }),
    members: array(
      {
        memberId: string(),
        groupInstanceId: string({ nullable: '3+', default: null }),
        reason: string({ versions: '5+', nullable: '5+', default: null }),
      },
      { versions: '3+' },
    ),
  },
  response: {
    throttleTimeMs: throttleTimeMs('1+'),
    errorCode: int16(),
    members: array(
      { memberId: string(), groupInstanceId: string({ nullable: '3+' }), errorCode: int16() },
      { versions: '3+' },
    ),
  },
})
