import { api, array, int8, int16, string, throttleTimeMs } from '../schema.ts'

/** The access rules that a filter matches. Version 3 knows users as resources. */
export const DescribeAcls = api({
  name: 'DescribeAcls',
  key: 29,
  versions: '1-3',
  flexible: '2+',
  request: {
    resourceTypeFilter: int8(),
    resourceNameFilter: string({ nullable: '1+' }),
    patternTypeFilter: int8({ default: 3 }),
    principalFilter: string({ nullable: '1+' }),
    hostFilter: string({ nullable: '1+' }),
    operation: int8(),
    permissionType: int8(),
  },
  response: {
    throttleTimeMs: throttleTimeMs(),
    errorCode: int16(),
    errorMessage: string({ nullable: '1+' }),
    resources: array({
      resourceType: int8(),
      resourceName: string(),
      patternType: int8({ default: 3 }),
      acls: array({
        principal: string(),
        host: string(),
        operation: int8(),
        permissionType: int8(),
      }),
    }),
  },
})
