import { api, array, int16, string, throttleTimeMs } from '../schema.ts'

/** All groups of the cluster, from versions 4 and 5 on by state and by type. */
export const ListGroups = api({
  name: 'ListGroups',
  key: 16,
  versions: '0-5',
  flexible: '3+',
  request: {
    statesFilter: array(string(), { versions: '4+' }),
    typesFilter: array(string(), { versions: '5+' }),
  },
  response: {
    throttleTimeMs: throttleTimeMs('1+'),
    errorCode: int16(),
    groups: array({
      groupId: string({ entity: 'groupId' }),
      protocolType: string(),
      groupState: string({ versions: '4+' }),
      groupType: string({ versions: '5+' }),
    }),
  },
})
