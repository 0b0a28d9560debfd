import { api, array, bool, float64, int16, string, throttleTimeMs } from '../schema.ts'

/** Sets and removes quotas of users, client ids and addresses (KIP-546). */
export const AlterClientQuotas = api({
  name: 'AlterClientQuotas',
  key: 49,
  versions: '0-1',
  flexible: '1+',
  request: {
    entries: array({
      entity: array({
        entityType: string(),
        entityName: string({ nullable: '0+', default: null }),
      }),
      ops: array({ key: string(), value: float64(), remove: bool() }),
    }),
    validateOnly: bool(),
  },
  response: {
    throttleTimeMs: throttleTimeMs(),
    entries: array({
      errorCode: int16(),
      errorMessage: string({ nullable: '0+', default: null }),
      entity: array({
        entityType: string(),
        entityName: string({ nullable: '0+', default: null }),
      }),
    }),
  },
})
