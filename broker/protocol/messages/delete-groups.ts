import { api, array, int16, string, throttleTimeMs } from '../schema.ts'

/** Deletes groups without members, and their committed offsets. */
export const DeleteGroups = api({
  name: 'DeleteGroups',
  key: 42,
  versions: '0-2',
  flexible: '2+',
  request: {
    groupsNames: array(string({ entity: 'groupId' })),
  },
  response: {
    throttleTimeMs: throttleTimeMs(),
    results: array({ groupId: string({ entity: 'groupId' }), errorCode: int16() }),
  },
})
