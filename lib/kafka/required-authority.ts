import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { SecurityProtocol } from '../../broker/rules/security-protocols.ts'
import { tlsFiles, tlsFolder } from '../../broker/rules/tls.ts'

/**
 * For an address that signs in with an API key from our own processes: the broker lets internal
 * principals in by plaintext always, and keys only by what its ports accept.
 */
export function requiredAuthority({
  dataDir,
  securityProtocols,
}: {
  readonly dataDir: string
  readonly securityProtocols: readonly SecurityProtocol[]
}): { readonly authority?: string } {
  return securityProtocols.includes('SASL_PLAINTEXT')
    ? {}
    : { authority: readFileSync(join(dataDir, tlsFolder, tlsFiles.certificate), 'utf8') }
}
