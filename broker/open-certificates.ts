import { join } from 'node:path'
import type { Clock } from './clock.ts'
import type { BrokerOptions } from './index.ts'
import type { Log } from './network/log-lines.ts'
import { securityProtocols } from './rules/security-protocols.ts'
import { isTlsName, loopbackNames, tlsFolder } from './rules/tls.ts'
import { type CertificateSource, createCertificateSource } from './tls/certificate-source.ts'
import { folderStore, memoryStore } from './tls/certificate-stores.ts'

/**
 * The certificates of a broker. In a data folder they are read or made now, so that they are there
 * when the broker is; in memory they are made when somebody asks, which in most tests nobody does.
 */
export async function openCertificates(
  options: BrokerOptions,
  { clock, log }: { readonly clock: Clock; readonly log: Log },
): Promise<CertificateSource> {
  const { storage, securityProtocols: protocols = securityProtocols } = options
  const isOnDisk = typeof storage === 'object' && 'dataDir' in storage
  const store = isOnDisk ? folderStore(join(storage.dataDir, tlsFolder)) : memoryStore()
  const source = createCertificateSource({ store, names: namesOf(options), clock, log })
  if (isOnDisk && protocols.includes('SASL_SSL')) {
    await source.current()
  }
  return source
}

/** Every name under which this broker is known to be reached. */
function namesOf({ host, advertisedHost, tlsNames = [] }: BrokerOptions): readonly string[] {
  const listening = host === undefined || isWildcardHost(host) ? [] : [host]
  const advertised = advertisedHost === undefined ? [] : [advertisedHost]
  const names = [...loopbackNames, ...listening, ...advertised, ...tlsNames]
  // A host that clients are told may be something that no certificate can name.
  return [...new Set(names.map((name) => name.toLowerCase()))].filter(isTlsName)
}

export function isWildcardHost(host: string): boolean {
  return host === '0.0.0.0' || host === '::'
}
