/** What went wrong in a handshake, for whoever runs the broker: completes "… failed its TLS handshake: ". */
export function describeTlsFailure(error: Error): string {
  const told = 'reason' in error && typeof error.reason === 'string' ? error.reason : error.message
  const explained = explanations.find(({ told: pattern }) => pattern.test(told))
  return explained?.reason ?? told
}

/** Whether it is about TLS itself, and not about the connection underneath. */
export function isTlsError(error: Error): boolean {
  return 'code' in error && /^(ERR_SSL|ERR_TLS|EPROTO)/.test(String(error.code))
}

/** What helps a client that does not take the certificate, whichever way it says so. */
export const untrusted =
  'it does not trust the certificate, or dialled a name that is not in it: give it tls/ca.pem or tls/truststore.p12 of the data folder, and put the name into TLS_NAMES'

/**
 * OpenSSL's words and ours. Alerts are what the client complained of (RFC 8446, 6.2): OpenSSL and
 * librdkafka say `unknown ca` or `bad certificate`, Java `certificate unknown` for either fault.
 */
const explanations: readonly { readonly told: RegExp; readonly reason: string }[] = [
  { told: /alert (unknown ca|certificate unknown|bad certificate)/, reason: untrusted },
  {
    told: /alert certificate expired/,
    reason: 'it finds the certificate expired: compare the clocks of both machines',
  },
  {
    told: /unsupported protocol|version too low/,
    reason: 'it speaks only versions before TLS 1.2, which are not safe',
  },
  {
    told: /wrong version number|http request|packet length|unexpected message|bad record type|record layer failure/,
    reason: 'what it sent after a first byte of TLS was not TLS',
  },
  { told: /no shared cipher|no suitable/, reason: 'it offered no cipher that is still safe' },
]
