/**
 * Makes certificates: the authority's own, and the nodes' signed by it. ECDSA on P-256, which every
 * Java since 7 and every OpenSSL in use knows, and whose keys take milliseconds to make.
 *
 * Loaded only where a certificate is made, which is at the first start and then once a year.
 */
import { createPrivateKey, createPublicKey, randomBytes, webcrypto } from 'node:crypto'
import { BitString, Integer, OctetString, type Sequence, Utf8String } from 'asn1js'
import {
  AttributeTypeAndValue,
  AuthorityKeyIdentifier,
  BasicConstraints,
  Certificate,
  Extension,
  ExtKeyUsage,
  GeneralName,
  GeneralNames,
  type RelativeDistinguishedNames,
} from 'pkijs'
import { type CertifiedKey, derOf, pemOf } from './certified-key.ts'
import { ipBytes } from './ip-bytes.ts'
import { lifetimes } from './lifetimes.ts'

const ALGORITHM = { name: 'ECDSA', namedCurve: 'P-256' } as const

/**
 * A certificate authority. Given a key it is the same authority for longer: what it signed is
 * trusted by those who have either certificate.
 */
export async function issueAuthority({
  nowMs,
  key,
}: {
  readonly nowMs: number
  readonly key?: string
}): Promise<CertifiedKey> {
  const pair = key === undefined ? await createKeyPair() : await importKeyPair(key)
  const certificate = await draft(pair.publicKey, nowMs, lifetimes.authorityMs)
  const id = await certificate.getKeyHash('SHA-1')
  // Several installations may be trusted by one client, so each has a name of its own.
  setName(certificate.subject, `Tributary authority ${Buffer.from(id).toString('hex', 0, 4)}`)
  certificate.issuer = certificate.subject
  certificate.extensions = [
    extension('2.5.29.19', new BasicConstraints({ cA: true, pathLenConstraint: 0 }), true),
    keyUsage(KEY_USAGE.signsCertificates),
    extension('2.5.29.14', new OctetString({ valueHex: id })),
  ]
  await certificate.sign(pair.privateKey, 'SHA-256')
  return certifiedKey(certificate, pair.privateKey)
}

/** A certificate for the nodes under all `names`, host names and IP addresses. */
export async function issueServerCertificate(
  authority: CertifiedKey,
  { names, nowMs }: { readonly names: readonly string[]; readonly nowMs: number },
): Promise<CertifiedKey> {
  const issuer = Certificate.fromBER(derOf(authority.certificate))
  const signer = await importKeyPair(authority.key)
  const pair = await createKeyPair()
  const certificate = await draft(pair.publicKey, nowMs, lifetimes.serverMs)
  setName(certificate.subject, names[0] ?? 'localhost')
  certificate.issuer = issuer.subject
  const keyIdentifier = new OctetString({ valueHex: await issuer.getKeyHash('SHA-1') })
  certificate.extensions = [
    extension('2.5.29.19', new BasicConstraints({ cA: false }), true),
    keyUsage(KEY_USAGE.signsHandshakes),
    extension('2.5.29.37', new ExtKeyUsage({ keyPurposes: [SERVER_AUTHENTICATION] })),
    extension('2.5.29.17', new GeneralNames({ names: names.map(generalName) })),
    extension('2.5.29.35', new AuthorityKeyIdentifier({ keyIdentifier })),
  ]
  await certificate.sign(signer.privateKey, 'SHA-256')
  return certifiedKey(certificate, pair.privateKey)
}

const SERVER_AUTHENTICATION = '1.3.6.1.5.5.7.3.1'

/** The first byte of the bit string, and how many of its bits say nothing (RFC 5280, 4.2.1.3). */
const KEY_USAGE = {
  signsHandshakes: { bits: 0b1000_0000, unused: 7 },
  signsCertificates: { bits: 0b0000_0110, unused: 1 },
} as const

function keyUsage({ bits, unused }: { readonly bits: number; readonly unused: number }): Extension {
  const value = new BitString({ valueHex: Uint8Array.of(bits), unusedBits: unused })
  return extension('2.5.29.15', value, true)
}

async function draft(
  publicKey: webcrypto.CryptoKey,
  nowMs: number,
  lifetimeMs: number,
): Promise<Certificate> {
  const certificate = new Certificate({ version: 2 })
  const serial = randomBytes(16)
  // Positive, and without a leading zero byte, as DER wants integers.
  serial[0] = ((serial[0] ?? 0) & 0x3f) | 0x40
  certificate.serialNumber = new Integer({ valueHex: serial })
  certificate.notBefore.value = new Date(nowMs - lifetimes.backdatedMs)
  certificate.notAfter.value = new Date(nowMs + lifetimeMs)
  await certificate.subjectPublicKeyInfo.importKey(publicKey)
  return certificate
}

function setName(name: RelativeDistinguishedNames, commonName: string): void {
  const value = new Utf8String({ value: commonName })
  name.typesAndValues = [new AttributeTypeAndValue({ type: COMMON_NAME, value })]
}

const COMMON_NAME = '2.5.4.3'

function generalName(name: string): GeneralName {
  const bytes = ipBytes(name)
  return bytes === null
    ? new GeneralName({ type: 2, value: name })
    : new GeneralName({ type: 7, value: new OctetString({ valueHex: bytes }) })
}

/** Something that an extension's value can be: one of asn1js's, or one of pkijs's. */
type Asn1 = { toBER(): ArrayBuffer } | { toSchema(): Sequence }

function extension(extnID: string, value: Asn1, critical = false): Extension {
  const asn1 = 'toSchema' in value ? value.toSchema() : value
  return new Extension({ extnID, critical, extnValue: asn1.toBER() })
}

interface KeyPair {
  readonly privateKey: webcrypto.CryptoKey
  readonly publicKey: webcrypto.CryptoKey
}

async function createKeyPair(): Promise<KeyPair> {
  return await webcrypto.subtle.generateKey(ALGORITHM, true, ['sign', 'verify'])
}

async function importKeyPair(pem: string): Promise<KeyPair> {
  const privateKey = createPrivateKey(pem)
  const [pkcs8, spki] = [
    privateKey.export({ format: 'der', type: 'pkcs8' }),
    createPublicKey(privateKey).export({ format: 'der', type: 'spki' }),
  ]
  const { subtle } = webcrypto
  return {
    privateKey: await subtle.importKey('pkcs8', pkcs8, ALGORITHM, true, ['sign']),
    publicKey: await subtle.importKey('spki', spki, ALGORITHM, true, ['verify']),
  }
}

async function certifiedKey(
  certificate: Certificate,
  privateKey: webcrypto.CryptoKey,
): Promise<CertifiedKey> {
  const pkcs8 = await webcrypto.subtle.exportKey('pkcs8', privateKey)
  return {
    key: pemOf('PRIVATE KEY', pkcs8),
    certificate: pemOf('CERTIFICATE', certificate.toSchema(true).toBER()),
  }
}
