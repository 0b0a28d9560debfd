import { api, array, bool, float64, int8, int16, string, throttleTimeMs } from '../schema.ts'

/** The quotas of users, client ids and addresses (KIP-546). */
export const DescribeClientQuotas = api({
  name: 'DescribeClientQuotas',
  key: 48,
  versions: '0-1',
  flexible: '1+',
  request: {
    components: array({
      entityType: string(),
      matchType: int8(),
      match: string({ nullable: '0+', default: null }),
    }),
    strict: bool(),
  },
  response: {
    throttleTimeMs: throttleTimeMs(),
    errorCode: int16(),
    errorMessage: string({ nullable: '0+', default: null }),
    entries: array(
      {
        entity: array({
          entityType: string(),
          entityName: string({ nullable: '0+', default: null }),
        }),
        values: array({ key: string(), value: float64() }),
      },
      { nullable: '0+' },
    ),
  },
})
