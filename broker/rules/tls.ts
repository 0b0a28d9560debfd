/**
 * Where in the data folder the certificates are. Keys and what they sign stand in one file each, so
 * that no interrupted write can leave a certificate beside another's key.
 */
export const tlsFolder = 'tls'

export const tlsFiles = {
  /** The authority's key and certificate: ground state, mode 0600. */
  authority: 'authority.pem',
  /** The nodes' key and certificate, mode 0600; made again where it is absent. */
  server: 'server.pem',
  /** The authority's certificate as most clients want it. */
  certificate: 'ca.pem',
  /** The same as Java wants it: `ssl.truststore.location`, `javax.net.ssl.trustStore`. */
  trustStore: 'truststore.p12',
} as const

/** Java's own default. What is in the trust store is public: it is checked, not encrypted. */
export const trustStorePassword = 'changeit'

/** Names under which a client on this machine reaches the nodes. */
export const loopbackNames = ['localhost', '127.0.0.1', '::1'] as const

const HOST_NAME = /^(\*\.)?[a-z0-9_]([a-z0-9_-]*[a-z0-9_])?(\.[a-z0-9_]([a-z0-9_-]*[a-z0-9_])?)*$/

/** Reads `kafka.lan,192.0.2.1,*.example.com`; null where one of them can be in no certificate. */
export function parseTlsNames(text: string): readonly string[] | null {
  const names = text
    .split(',')
    .map((name) => name.trim().toLowerCase())
    .filter((name) => name !== '')
  return names.every(isTlsName) ? names : null
}

/** A host name, with a star for its first label or not, or an IP address. */
export function isTlsName(name: string): boolean {
  return name.includes(':')
    ? URL.canParse(`http://[${name}]`)
    : name.length <= 253 && HOST_NAME.test(name)
}
