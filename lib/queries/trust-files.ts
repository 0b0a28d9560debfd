import 'server-only'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { tlsFiles, tlsFolder } from '../../broker/rules/tls.ts'
import { consoleSettings } from '../env.ts'

export interface TrustFile {
  readonly name: string
  readonly type: string
  readonly bytes: Uint8Array<ArrayBuffer>
}

/** The only files beside the keys that may leave the data folder. */
const types: ReadonlyMap<string, string> = new Map([
  [tlsFiles.certificate, 'application/x-pem-file'],
  [tlsFiles.trustStore, 'application/x-pkcs12'],
])

/** A file of the authority's certificate; null for any other name, and where TLS is not accepted. */
export async function readTrustFile(name: string): Promise<TrustFile | null> {
  const { dataDir, securityProtocols } = consoleSettings()
  const type = types.get(name)
  if (type === undefined || !securityProtocols.includes('SASL_SSL')) return null
  return { name, type, bytes: Uint8Array.from(await readFile(join(dataDir, tlsFolder, name))) }
}
