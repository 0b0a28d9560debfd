import { api, array, int8, int16, string, throttleTimeMs } from '../schema.ts'

/** Adds access rules, answered one by one. Version 3 knows users as resources. */
export const CreateAcls = api({
  name: 'CreateAcls',
  key: 30,
  versions: '1-3',
  flexible: '2+',
  request: {
    creations: array({
      resourceType: int8(),
      resourceName: string(),
      resourcePatternType: int8({ default: 3 }),
      principal: string(),
      host: string(),
      operation: int8(),
      permissionType: int8(),
    }),
  },
  response: {
    throttleTimeMs: throttleTimeMs(),
    results: array({ errorCode: int16(), errorMessage: string({ nullable: '1+' }) }),
  },
})
