import { api, array, bytes, int8, int16, int32, string, throttleTimeMs } from '../schema.ts'

/** Sets and removes SCRAM credentials of users (KIP-554). */
export const AlterUserScramCredentials = api({
  name: 'AlterUserScramCredentials',
  key: 51,
  versions: '0',
  flexible: '0+',
  request: {
    deletions: array({ name: string(), mechanism: int8() }),
    upsertions: array({
      name: string(),
      mechanism: int8(),
      iterations: int32(),
      salt: bytes(),
      saltedPassword: bytes(),
    }),
  },
  response: {
    throttleTimeMs: throttleTimeMs(),
    results: array({
      user: string(),
      errorCode: int16(),
      errorMessage: string({ nullable: '0+', default: null }),
    }),
  },
})
