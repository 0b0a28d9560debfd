import { apiKeyProblem } from '../../broker/rules/names.ts'

export interface KeyCredentials {
  readonly key: string
  readonly secret: string
}

/** RFC 7617. Null for anything that cannot be an API key: names of our own principals are none. */
export function basicCredentials(header: string | null | undefined): KeyCredentials | null {
  const [, encoded] = /^Basic +([A-Za-z0-9+/]+=*)$/i.exec(header ?? '') ?? []
  if (encoded === undefined) return null
  const [, key = '', secret = ''] =
    /^([^:]*):(.*)$/s.exec(Buffer.from(encoded, 'base64').toString('utf8')) ?? []
  return apiKeyProblem(key) !== null || secret === '' || secret.includes('\0')
    ? null
    : { key, secret }
}
