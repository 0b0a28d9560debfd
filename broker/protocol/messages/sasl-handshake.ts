import { api, array, int16, string } from '../schema.ts'

/**
 * Chooses how to sign in. After version 0 raw tokens follow, after version 1 SaslAuthenticate
 * requests.
 */
export const SaslHandshake = api({
  name: 'SaslHandshake',
  key: 17,
  versions: '0-1',
  flexible: 'none',
  request: {
    mechanism: string(),
  },
  response: {
    errorCode: int16(),
    mechanisms: array(string()),
  },
})
