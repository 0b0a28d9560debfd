import { api, array, int16, string } from '../schema.ts'

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
