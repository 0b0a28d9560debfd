/**
 * The broker's certificates as a store holds them: read where they are there, made where they are
 * absent, near their end, or for other names.
 *
 * Invariants
 * - The authority's key is ground state: what is damaged is refused, never replaced, because every
 *   client that trusts it would have to be told. The rest is made again from it.
 * - A renewed authority keeps its key, so a trust store that somebody took holds until its own end.
 */
import { X509Certificate } from 'node:crypto'
import { tlsFiles } from '../rules/tls.ts'
import { type CertifiedKey, derOf, formatCertifiedKey, parseCertifiedKey } from './certified-key.ts'
import { ipBytes } from './ip-bytes.ts'
import { lifetimes } from './lifetimes.ts'

export interface Certificates {
  /** PEM; what clients have to trust. */
  readonly authority: string
  readonly server: CertifiedKey
}

/** Where certificates are kept, under the names of `tlsFiles`. */
export interface CertificateStore {
  read(name: string): Buffer | null
  /** All or nothing. What is secret only its owner may read. */
  write(name: string, bytes: Buffer, options: { readonly secret: boolean }): void
}

export type CertificatesResult =
  | { readonly ok: true; readonly certificates: Certificates }
  | { readonly ok: false; readonly damaged: string }

/** Reads or makes everything. Doing it again at any time renews what is due, and nothing else. */
export async function openCertificates(
  store: CertificateStore,
  { names, nowMs }: { readonly names: readonly string[]; readonly nowMs: number },
): Promise<CertificatesResult> {
  const kept = store.read(tlsFiles.authority)
  const known = kept === null ? null : parseCertifiedKey(kept.toString('latin1'))
  if (kept !== null && known === null) {
    return { ok: false, damaged: tlsFiles.authority }
  }
  const authority = await currentAuthority(store, known, nowMs)
  await writePublicFiles(store, authority.certificate)
  const server = await currentServer(store, authority, { names, nowMs })
  return { ok: true, certificates: { authority: authority.certificate, server } }
}

async function currentAuthority(
  store: CertificateStore,
  known: CertifiedKey | null,
  nowMs: number,
): Promise<CertifiedKey> {
  if (known !== null && !isDue(known, nowMs + lifetimes.authorityRenewalMs)) {
    return known
  }
  const { issueAuthority } = await import('./issue.ts')
  const issued = await issueAuthority({ nowMs, ...(known !== null && { key: known.key }) })
  store.write(tlsFiles.authority, Buffer.from(formatCertifiedKey(issued)), { secret: true })
  return issued
}

async function writePublicFiles(store: CertificateStore, certificate: string): Promise<void> {
  const pem = Buffer.from(certificate)
  if (store.read(tlsFiles.certificate)?.equals(pem) !== true) {
    store.write(tlsFiles.certificate, pem, { secret: false })
  }
  // The certificate stands in it in clear, byte by byte.
  if (store.read(tlsFiles.trustStore)?.includes(derOf(certificate)) !== true) {
    const { encodeTrustStore } = await import('./trust-store.ts')
    store.write(tlsFiles.trustStore, await encodeTrustStore(certificate), { secret: false })
  }
}

async function currentServer(
  store: CertificateStore,
  authority: CertifiedKey,
  wanted: { readonly names: readonly string[]; readonly nowMs: number },
): Promise<CertifiedKey> {
  const known = parseCertifiedKey(store.read(tlsFiles.server)?.toString('latin1') ?? '')
  if (known !== null && isRight(known, authority, wanted)) {
    return known
  }
  const { issueServerCertificate } = await import('./issue.ts')
  const issued = await issueServerCertificate(authority, wanted)
  store.write(tlsFiles.server, Buffer.from(formatCertifiedKey(issued)), { secret: true })
  return issued
}

function isRight(
  server: CertifiedKey,
  authority: CertifiedKey,
  { names, nowMs }: { readonly names: readonly string[]; readonly nowMs: number },
): boolean {
  const [certificate, issuer] = [server, authority].map(
    (pair) => new X509Certificate(pair.certificate),
  )
  return (
    certificate !== undefined &&
    issuer !== undefined &&
    !isDue(server, nowMs + lifetimes.serverRenewalMs) &&
    certificate.verify(issuer.publicKey) &&
    names.every((name) => isNamed(certificate, name))
  )
}

function isDue({ certificate }: CertifiedKey, endMs: number): boolean {
  return Date.parse(new X509Certificate(certificate).validTo) <= endMs
}

function isNamed(certificate: X509Certificate, name: string): boolean {
  return ipBytes(name) === null
    ? (certificate.subjectAltName ?? '').split(', ').includes(`DNS:${name}`)
    : certificate.checkIP(name) !== undefined
}
