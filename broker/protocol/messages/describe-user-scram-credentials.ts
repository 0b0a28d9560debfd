import { api, array, int8, int16, int32, string, throttleTimeMs } from '../schema.ts'

/** The SCRAM credentials of users, without their secrets; null users ask for all of them (KIP-554). */
export const DescribeUserScramCredentials = api({
  name: 'DescribeUserScramCredentials',
  key: 50,
  versions: '0',
  flexible: '0+',
  request: { users: array({ name: string() }, { nullable: '0+' }) },
  response: {
    throttleTimeMs: throttleTimeMs(),
    errorCode: int16(),
    errorMessage: string({ nullable: '0+', default: null }),
    results: array({
      user: string(),
      errorCode: int16(),
      errorMessage: string({ nullable: '0+', default: null }),
      credentialInfos: array({ mechanism: int8(), iterations: int32() }),
    }),
  },
})
