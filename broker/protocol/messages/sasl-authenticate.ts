import { api, bytes, int16, int64, string } from '../schema.ts'

/** Carries the tokens of a sign-in after SaslHandshake v1 (KIP-152). */
export const SaslAuthenticate = api({
  name: 'SaslAuthenticate',
  key: 36,
  versions: '0-2',
  flexible: '2+',
  request: {
    authBytes: bytes(),
  },
  response: {
    errorCode: int16(),
    errorMessage: string({ nullable: '0+', default: null }),
    authBytes: bytes(),
    sessionLifetimeMs: int64({ versions: '1+', default: 0 }),
  },
})
