import type { ConnectionProblem, ConnectionProblemCode } from '../rules/connection-problems.ts'

/**
 * What went wrong in a handshake. `wrongName` is the name that the client asked for where the
 * certificate is not for it: then that is said rather than what its alert leaves open.
 */
export function tlsFailureOf(error: Error, wrongName: string | null = null): ConnectionProblem {
  const told = toldBy(error)
  const refused = /alert (certificate unknown|bad certificate)/.exec(told)?.[1]
  if (refused !== undefined) {
    return wrongName === null
      ? { code: 'TLS_CERTIFICATE_REFUSED', detail: `alert “${refused}”` }
      : { code: 'TLS_WRONG_HOST_NAME', detail: wrongName }
  }
  const code = meanings.find(({ told: pattern }) => pattern.test(told))?.code
  return code === undefined ? { code: 'TLS_FAILED', detail: told } : { code }
}

/** What went wrong after the handshake. */
export function tlsBreakOf(error: Error): ConnectionProblem {
  return { code: 'TLS_BROKEN', detail: toldBy(error) }
}

/** Whether it is about TLS itself, and not about the connection underneath. */
export function isTlsError(error: Error): boolean {
  return 'code' in error && /^(ERR_SSL|ERR_TLS|EPROTO)/.test(String(error.code))
}

function toldBy(error: Error): string {
  return 'reason' in error && typeof error.reason === 'string' ? error.reason : error.message
}

/** OpenSSL's words and ours. Alerts are what the client complained of (RFC 8446, 6.2). */
const meanings: readonly { readonly told: RegExp; readonly code: ConnectionProblemCode }[] = [
  { told: /alert unknown ca/, code: 'TLS_UNKNOWN_AUTHORITY' },
  { told: /alert certificate expired/, code: 'TLS_CERTIFICATE_EXPIRED' },
  { told: /unsupported protocol|version too low/, code: 'TLS_TOO_OLD' },
  {
    told: /wrong version number|http request|packet length|unexpected message|bad record type|record layer failure/,
    code: 'NOT_TLS',
  },
  { told: /no shared cipher|no suitable/, code: 'TLS_NO_CIPHER' },
]
