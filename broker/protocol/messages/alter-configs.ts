import { api, array, bool, int8, int16, string, throttleTimeMs } from '../schema.ts'

/**
 * Replaces the whole set of overrides of a resource; IncrementalAlterConfigs changes single ones.
 */
export const AlterConfigs = api({
  name: 'AlterConfigs',
  key: 33,
  versions: '0-2',
  flexible: '2+',
  request: {
    resources: array({
      resourceType: int8(),
      resourceName: string(),
      configs: array({ name: string(), value: string({ nullable: '0+' }) }),
    }),
    validateOnly: bool(),
  },
  response: {
    throttleTimeMs: throttleTimeMs(),
    responses: array({
      errorCode: int16(),
      errorMessage: string({ nullable: '0+', default: null }),
      resourceType: int8(),
      resourceName: string(),
    }),
  },
})
