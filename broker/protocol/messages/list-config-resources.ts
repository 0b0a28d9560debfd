import { api, array, int8, int16, string, throttleTimeMs } from '../schema.ts'

/** The resources that have configs. Version 0 asked for client metrics only (KIP-714, KIP-1142). */
export const ListConfigResources = api({
  name: 'ListConfigResources',
  key: 74,
  versions: '0-1',
  flexible: '0+',
  request: { resourceTypes: array(int8(), { versions: '1+' }) },
  response: {
    throttleTimeMs: throttleTimeMs(),
    errorCode: int16(),
    configResources: array({
      resourceName: string(),
      resourceType: int8({ versions: '1+', default: 16 }),
    }),
  },
})
