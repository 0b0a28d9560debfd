import { api, array, int8, int16, string, throttleTimeMs } from '../schema.ts'

/** Deletes the access rules that each filter matches. Version 3 knows users as resources. */
export const DeleteAcls = api({
  name: 'DeleteAcls',
  key: 31,
  versions: '1-3',
  flexible: '2+',
  request: {
    filters: array({
      resourceTypeFilter: int8(),
      resourceNameFilter: string({ nullable: '1+' }),
      patternTypeFilter: int8({ default: 3 }),
      principalFilter: string({ nullable: '1+' }),
      hostFilter: string({ nullable: '1+' }),
      operation: int8(),
      permissionType: int8(),
    }),
  },
  response: {
    throttleTimeMs: throttleTimeMs(),
    filterResults: array({
      errorCode: int16(),
      errorMessage: string({ nullable: '1+' }),
      matchingAcls: array({
        errorCode: int16(),
        errorMessage: string({ nullable: '1+' }),
        resourceType: int8(),
        resourceName: string(),
        patternType: int8({ default: 3 }),
        principal: string(),
        host: string(),
        operation: int8(),
        permissionType: int8(),
      }),
    }),
  },
})
